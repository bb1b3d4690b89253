import { mailHeader, mailText } from '../../src/comments/mail.ts'
import { htmlAttribute, logText, terminalText, xmlText } from '../../src/comments/renderers.ts'
import { visibleText } from '../../src/comments/visible.ts'
import { csvField } from '../../src/http/csv.ts'
import { matchHash, matchKey } from '../../src/screening/match-key.ts'
import { compilePhrases, type Phrase } from '../../src/screening/phrases.ts'
import { likePattern, searchKey } from '../../src/screening/search-key.ts'
import { nearlySame, simhash } from '../../src/screening/simhash.ts'
import { heaviest } from '../support/heaviest.ts'
import { quickest } from '../support/quickest.ts'

// Prints the milliseconds of the slowest texts of 64 KiB for each function: npx tsx test/screening/measure-speed.ts

const phrases: Phrase[] = Array.from({ length: 10_000 }, (_, index) => ({
  phrase: index < 100 ? `${'a'.repeat(index + 1)}*` : `${String.fromCodePoint(0x4e00 + index)} word${index}*`,
  severity: 'notice',
}))
const findPhrases = compilePhrases(phrases)

const functions: Record<string, (text: string) => unknown> = {
  matchKey,
  'matchKey, matchHash': (text) => matchHash(matchKey(text)),
  'simhash of a key': simhash,
  'nearlySame of two keys': (text) => nearlySame(text, `${text}a`),
  'find 10,000 phrases': (text) => findPhrases(text),
  searchKey,
  likePattern,
  htmlAttribute,
  xmlText,
  csvField,
  mailText,
  mailHeader,
  terminalText,
  logText,
  visibleText,
}

print(`make 10,000 phrases ready: ${quickest(5, () => compilePhrases(phrases)).toFixed(1)} ms`)
for (const [name, work] of Object.entries(functions)) {
  const times = heaviest.map(([what, text]) => ({ what, time: quickest(5, () => work(text)) }))
  const slowest = times.toSorted((one, other) => other.time - one.time).slice(0, 3)
  print(`${name}: ${slowest.map(({ what, time }) => `${time.toFixed(1)} ms (${what})`).join(', ')}`)
}

function print(line: string) {
  process.stdout.write(`${line}\n`)
}
