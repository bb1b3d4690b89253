import { clean, note, type Removed } from './cleaning.ts'
import { countGraphemes } from './graphemes.ts'

export interface TextLimits {
  /** User-perceived characters (UAX #29): what a reader counts. */
  graphemes: number
  /** UTF-8 bytes, because one user-perceived character may hold thousands of code points. */
  bytes: number
}

export interface Normalized {
  /** What to store; '' when refused. */
  text: string
  removed: Removed
  refusal?: Refusal
}

export interface Refusal {
  code: 'empty' | 'too_long' | 'too_large'
  /** A sentence for the reader. */
  detail: string
}

/**
 * The text of a comment as it is stored, shown and exported: every visible character as typed, in NFC (UAX
 * #15), and nothing that acts on a page. Decodes and escapes nothing. Never throws, takes linear time, and
 * gives its own result back unchanged. Refused when nothing is visible (`empty`), over the bytes
 * (`too_large`) or over the graphemes (`too_long`).
 */
export function normalizeText(raw: string, limits: TextLimits): Normalized {
  if (cannotFit(raw, limits)) return farTooLarge('comment', limits)
  const removed: Removed = {}
  const text = limitBlankLines(clean(raw, removed), removed)
  if (!visible.test(text)) return refuse('empty', nothingToRead, removed)
  return measure(text, 'comment', limits, removed)
}

/**
 * A name as it is stored: cleaned like a text, but on one line: tabs, line breaks and runs of white space
 * become one space. A name in which nothing is visible is '' and no refusal, for names are optional.
 */
export function normalizeName(raw: string, limits: TextLimits): Normalized {
  if (cannotFit(raw, limits)) return farTooLarge('name', limits)
  const removed: Removed = {}
  const text = clean(raw, removed).replace(breaksAndRuns, ' ').trim()
  if (!visible.test(text)) return { text: '', removed }
  return measure(text, 'name', limits, removed)
}

// A single ideographic or no-break space inside a name is the reader's.
const breaksAndRuns = /\s{2,}|[\t\n]/g

const blankLinesInARow = 2

// Fillers, bidi marks, tags and variation selectors are default-ignorable. These five are blank but are not:
// Braille blank, Khitan filler, Egyptian blanks, musical null notehead.
const visible = /[^\s\p{Default_Ignorable_Code_Point}\u2800\u{16FE4}\u{13441}\u{13442}\u{1D159}]/u

const nothingToRead = 'There is nothing to read in this comment. Please write at least one visible character.'

/**
 * Trims white space only: a zero-width character at an end may be orthography (a final ZWJ shapes the
 * letter before it) and harms nothing there. A line of invisible characters is blank, as it is to the eye.
 * Trims first, so that only inner lines are noted, and last, because a line that goes may uncover one that
 * ends in spaces.
 */
function limitBlankLines(text: string, removed: Removed): string {
  const kept: string[] = []
  let blank = 0
  for (const line of text.trim().split('\n')) {
    blank = visible.test(line) ? 0 : blank + 1
    if (blank <= blankLinesInARow) kept.push(line)
    else note(removed, 'blank_lines', 1)
  }
  return kept.join('\n').trim()
}

/**
 * Tells from the length alone that a text is too large. A UTF-16 unit is at least one byte of UTF-8, and of
 * what readers send only CRLF, a form's line break, shrinks to half; so twice the limit refuses no honest
 * text.
 */
function cannotFit(raw: string, limits: TextLimits): boolean {
  return raw.length > limits.bytes * 2
}

type Noun = 'comment' | 'name'

function farTooLarge(noun: Noun, limits: TextLimits): Normalized {
  return refuse('too_large', `${allowance(noun, limits)}; this one takes more than twice as many.`, {})
}

function measure(text: string, noun: Noun, limits: TextLimits, removed: Removed): Normalized {
  const bytes = utf8Bytes(text)
  if (bytes > limits.bytes) {
    return refuse('too_large', `${allowance(noun, limits)}; this one takes ${figure(bytes)} bytes.`, removed)
  }
  // A grapheme has at least one unit, so that most texts need no counting.
  if (text.length <= limits.graphemes) return { text, removed }
  const countable = limits.graphemes * 2
  const graphemes = countGraphemes(text, countable)
  if (graphemes <= limits.graphemes) return { text, removed }
  const length = graphemes > countable ? `more than ${figure(countable)}` : figure(graphemes)
  const detail = `A ${noun} may have at most ${figure(limits.graphemes)} characters; this one has ${length}.`
  return refuse('too_long', detail, removed)
}

/** The length in UTF-8 of a well-formed text; each half of a surrogate pair takes two of its four bytes. */
function utf8Bytes(text: string): number {
  let bytes = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    const isHalfOfPair = unit >= 0xd800 && unit <= 0xdfff
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800 || isHalfOfPair) bytes += 2
    else bytes += 3
  }
  return bytes
}

function allowance(noun: Noun, limits: TextLimits): string {
  const characters = figure(limits.graphemes)
  return `A ${noun} may have at most ${characters} characters and take at most ${figure(limits.bytes)} bytes`
}

const figures = new Intl.NumberFormat('en')

function figure(count: number): string {
  return figures.format(count)
}

function refuse(code: Refusal['code'], detail: string, removed: Removed): Normalized {
  return { text: '', removed, refusal: { code, detail } }
}
