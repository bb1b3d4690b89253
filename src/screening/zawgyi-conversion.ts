import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/**
 * Writes Zawgyi in Unicode by the rules of Google's myanmar-tools. Their own code needs time in proportion to
 * the square of the length; this takes the text in pieces that no rule reaches across, of at most 100 units.
 */
export function convertToUnicode(text: string): string {
  if (phases.length === 0)
    phases = readRules(readFileSync(require.resolve('myanmar-tools/resources/Z2U.js'), 'utf8'))
  return text
    .split(betweenPieces)
    .flatMap((piece) => piece.match(pieceOfWords) ?? [])
    .map(convertPiece)
    .join('')
}

// The package is read for its data: what 1.2.0 names as its code was left out when it was published.
const require = createRequire(import.meta.url)

/** Behind a space or a stop, before a consonant. */
const betweenPieces = /(?<=[\n \u104A\u104B])(?=[\u1000-\u1021])/

/** Up to 100 units that end with the text or a syllable, if they can: before a consonant that nothing leads in. */
const pieceOfWords = /[^]{1,100}(?:$|(?<![\u1031\u103B\u107E-\u1084])(?=[\u1000-\u1021]))|[^]{1,100}/g

interface Rule {
  /** Its place in the phase. */
  order: number
  pattern: RegExp
  replacement: string
  /** Holds only where the text begins. */
  onlyAtStart: boolean
  /** The next rule looks at what was put in, not behind it. */
  again: boolean
}

/** For each slot the rules that may begin with it. */
type Phase = Rule[][]

let phases: Phase[] = []

function convertPiece(piece: string): string {
  return /[\u1000-\u109F]/.test(piece) ? phases.reduce(applyPhase, piece) : piece
}

/** At each place every rule that fits is applied, in order; where none does, a character is passed. */
function applyPhase(text: string, phase: Phase): string {
  let done = ''
  let rest = text
  for (let atStart = true; rest !== ''; atStart = false) {
    let rule = nextRule(phase, 0, rest, atStart)
    if (rule === undefined) {
      done += rest.slice(0, 1)
      rest = rest.slice(1)
    }
    while (rule !== undefined) {
      const left = rest.replace(rule.pattern, '').length
      rest = rest.replace(rule.pattern, rule.replacement)
      const put = rule.again ? 0 : rest.length - left
      done += rest.slice(0, put)
      rest = rest.slice(put)
      rule = nextRule(phase, rule.order + 1, rest, atStart)
    }
  }
  return done
}

function nextRule(phase: Phase, from: number, rest: string, atStart: boolean): Rule | undefined {
  return phase[slotOf(rest)]?.find((rule) => {
    return rule.order >= from && (atStart || !rule.onlyAtStart) && rule.pattern.test(rest)
  })
}

/** The rules tell apart the Burmese block, ZWSP, the spaces, and all else. */
const slots = [
  ...Array.from({ length: 160 }, (_, at) => String.fromCharCode(0x1000 + at)),
  '\u200B',
  ' ',
  '.',
]

function slotOf(text: string): number {
  const unit = text.charCodeAt(0)
  if (unit >= 0x1000 && unit < 0x10a0) return unit - 0x1000
  if (unit === 0x200b) return 160
  return spaces.test(text) ? 161 : 162
}

const spaces = /^(?:\s|[\u200C-\u200D\u2060])/

function readRules(source: string): Phase[] {
  const parts = source.split(/var rules\d = /).slice(1)
  return parts.map((part) => {
    const rules = Array.from(part.matchAll(writtenRule), readRule)
    return slots.map((slot) => rules.filter(({ begins }) => begins.test(slot)))
  })
}

function readRule([, pattern, replacement, more]: string[], order: number) {
  const first = firstAtom.exec(String(pattern))?.[1]
  return {
    order,
    pattern: new RegExp(`^${pattern}`),
    // Without a first character that must be there, any may begin.
    begins: new RegExp(first ?? ''),
    replacement: String(replacement).replaceAll(escaped, (_, hex) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    onlyAtStart: String(more).includes('matchOnStart'),
    again: String(more).includes('revisit'),
  }
}

const writtenRule = /p: RegExp\('\^' \+ '(.*)'\),\s+s: '(.*)',([^}]*)\}/g
const escaped = /\\u(\w{4})/g
const firstAtom = /^\(*(\[[^\]]*\]|\\u\w{4})(?!\*)/
