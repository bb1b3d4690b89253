import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { countGraphemes } from '../../src/comments/graphemes.ts'
import { normalizeText } from '../../src/comments/text.ts'
import { everyEmoji } from './generators/emoji.ts'

const room = { graphemes: 500_000, bytes: 500_000 }

// Node's Unicode may be older than that of the data.
const version = process.versions['unicode']

describe('of Unicode’s NormalizationTest 17.0,', () => {
  const tests = normalizationTests()
  const known = tests.filter(({ columns }) => !columns.some(isNewer))

  test(`all ${tests.length} lines pass without a loss, ${tests.length - known.length} of them newer than Unicode ${version}`, () => {
    expect(tests).toHaveLength(19_965)
    const typed = new Set(tests.flatMap(({ columns }) => columns))
    expect([...typed].filter(isHarmed)).toEqual([])
  })

  test(`each canonical spelling of ${known.length} lines is stored as its NFC`, () => {
    expect(known.length).toBeGreaterThan(18_000)
    for (const { source, nfc, nfd } of known) expect([source, nfc, nfd].map(stored)).toEqual([nfc, nfc, nfc])
  })

  test('and a character that NFKC would change is stored as it is', () => {
    const changing = known.filter(({ nfc, nfkc }) => nfc !== nfkc)
    expect(changing.length).toBeGreaterThan(3000)
    expect(changing.filter(({ source, nfkc }) => stored(source) === nfkc)).toEqual([])
    expect(known.filter(({ nfkc, nfkd }) => stored(nfkc) !== nfkc || stored(nfkd) !== nfkc)).toEqual([])
  })
})

describe('of all emoji of emoji-test 17.0, in every skin tone,', () => {
  const known = everyEmoji.filter((emoji) => !isNewer(emoji))
  const unqualified = everyEmoji.map((emoji) => emoji.replaceAll('\uFE0F', ''))

  test(`each of ${everyEmoji.length} is a text, and stays as it is between letters`, () => {
    expect(new Set(everyEmoji).size).toBe(3944)
    const typed = everyEmoji.flatMap((emoji) => [
      emoji,
      `a${emoji}b`,
      `한${emoji}국`,
      `ک${emoji}ت`,
      `${emoji}${emoji}\n${emoji}`,
    ])
    expect(typed.filter((text) => !isKept(text))).toEqual([])
  })

  test('each stays as it is without the selector that some keyboards leave out', () => {
    expect(unqualified.filter((emoji, at) => emoji !== everyEmoji[at]).length).toBeGreaterThan(500)
    expect(unqualified.filter((emoji) => !isKept(`a${emoji}b`))).toEqual([])
  })

  test(`each of the ${known.length} that Unicode ${version} has counts as one character`, () => {
    expect(known.length).toBeGreaterThan(3700)
    const miscounted = known.filter(
      (emoji) => countGraphemes(emoji) !== 1 || countGraphemes(`a${emoji}b${emoji}`) !== 4,
    )
    expect(miscounted).toEqual([])
  })
})

test('of all code points of Unicode, only these are removed or become another', () => {
  const blocks = Array.from({ length: 0x1100 }, (_, block) => codePointsOf(block))
  const gone = blocks
    .filter((codes) => !pass(codes))
    .flatMap((codes) => codes.filter((code) => !pass([code])))
  expect(rangesOf(gone)).toEqual([
    '0–8',
    'B–1F',
    '7F–9F',
    '2028–202E',
    '2066–206F',
    'D800–DFFF',
    'FDD0–FDEF',
    'FEFF–FEFF',
    'FFF9–FFFC',
    'FFFE–FFFF',
    '1FFFE–1FFFF',
    '2FFFE–2FFFF',
    '3FFFE–3FFFF',
    '4FFFE–4FFFF',
    '5FFFE–5FFFF',
    '6FFFE–6FFFF',
    '7FFFE–7FFFF',
    '8FFFE–8FFFF',
    '9FFFE–9FFFF',
    'AFFFE–AFFFF',
    'BFFFE–BFFFF',
    'CFFFE–CFFFF',
    'DFFFE–E007F',
    'EFFFE–EFFFF',
    'FFFFE–FFFFF',
    '10FFFE–10FFFF',
  ])
})

interface NormalizationTest {
  columns: string[]
  source: string
  nfc: string
  nfd: string
  nfkc: string
  nfkd: string
}

/** In brackets, which compose with nothing, because some lines are white space or begin with a mark. */
function normalizationTests(): NormalizationTest[] {
  const file = join(import.meta.dirname, 'unicode/normalization-test-17.txt.gz')
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n')
  return lines.map((line) => {
    const columns = line.split(';').map((column) => `(${charactersOf(column)})`)
    const [source = '', nfc = '', nfd = '', nfkc = '', nfkd = ''] = columns
    return { columns, source, nfc, nfd, nfkc, nfkd }
  })
}

function charactersOf(column: string): string {
  return String.fromCodePoint(...column.split(' ').map((code) => Number.parseInt(code, 16)))
}

function isNewer(text: string): boolean {
  return /\p{Unassigned}/u.test(text)
}

/** True if anything is lost: more than the order and the composition of marks changes, or changes once more. */
function isHarmed(typed: string): boolean {
  const { text, removed } = normalizeText(typed, room)
  const isWhole = text.normalize('NFD') === typed.normalize('NFD') && Object.keys(removed).length === 0
  return !isWhole || stored(text) !== text
}

function isKept(typed: string): boolean {
  const { text, removed } = normalizeText(typed, room)
  return text === typed && Object.keys(removed).length === 0
}

function stored(typed: string): string {
  return normalizeText(typed, room).text
}

function codePointsOf(block: number): number[] {
  return Array.from({ length: 256 }, (_, at) => block * 256 + at)
}

/** True if nothing but NFC is done to these code points, each in brackets, on one line. */
function pass(codes: number[]): boolean {
  const typed = codes.map((code) => `(${String.fromCodePoint(code)})`).join('')
  return stored(typed) === typed.normalize('NFC')
}

function rangesOf(codes: number[]): string[] {
  const firsts = codes.filter((code, at) => codes[at - 1] !== code - 1)
  const lasts = codes.filter((code, at) => codes[at + 1] !== code + 1)
  return firsts.map((first, at) => `${hexadecimal(first)}–${hexadecimal(lasts[at] ?? first)}`)
}

function hexadecimal(code: number): string {
  return code.toString(16).toUpperCase()
}
