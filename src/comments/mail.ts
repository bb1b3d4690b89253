/**
 * A text as the body of a plain-text mail, or a part of one: `Content-Type: text/plain; charset=utf-8; format=flowed;
 * delsp=yes` (RFC 3676). No line is wider than 78 columns unless a word is. One that would be is broken softly: a mail
 * program joins it again, and without a space where there was none (Chinese, Khmer). White space at the ends of lines
 * goes. Line ends are CRLF; controls but tab are left out, so that no text ends a mail or begins a header.
 * Takes any string, never throws, in linear time.
 */
export function mailText(text: string): string {
  const lines = text.toWellFormed().split(lineEnd)
  return lines.map((line) => flowed(line.replace(controls, '').trimEnd())).join('\r\n')
}

/**
 * A text (a name, an article's title) as a part of a mail's header, before that is encoded (RFC 2047): on one line,
 * because behind a line end the next header would begin, and without controls.
 */
export function mailHeader(text: string): string {
  return text.toWellFormed().replace(lineEnds, ' ').replace(controls, '').trim()
}

const lineEnd = /\r\n|[\n\v\f\r\x85\u2028\u2029]/
const lineEnds = /[\t\n\v\f\r\x85\u2028\u2029]+/g
const controls = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]+/g

/** One space behind a line makes its end a soft one, and another before it (stuffing) is taken away again. */
const mostColumns = 76

function flowed(line: string): string {
  const broken: string[] = []
  let current = nothing
  for (const piece of unbreakable(line)) {
    const longer = joined(current, piece)
    const fits = longer.columns <= mostColumns && longer.codePoints <= mostCodePoints
    if (!fits && current.text !== '') broken.push(current.text)
    current = fits ? longer : piece
  }
  return [...broken, current.text].map(stuffed).join(' \r\n')
}

function stuffed(line: string): string {
  return /^(?: |>|From )/.test(line) ? ` ${line}` : line
}

interface Piece {
  text: string
  columns: number
  codePoints: number
}

const nothing: Piece = { text: '', columns: 0, codePoints: 0 }

// In UTF-8 at most 960 bytes, and a mail's line may have 998 (RFC 5322), whether it shows or not.
const mostCodePoints = 240

/** A line in pieces between which it may be broken. A word that no mail could hold is broken all the same. */
function unbreakable(line: string): Piece[] {
  const pieces: Piece[] = []
  let piece = nothing
  let last = ''
  for (const character of line) {
    if (mayBreak(last, character) || piece.codePoints === mostCodePoints) {
      pieces.push(piece)
      piece = nothing
    }
    piece = joined(piece, { text: character, columns: columnsOf(character), codePoints: 1 })
    last = character
  }
  return [...pieces, piece]
}

function joined(one: Piece, other: Piece): Piece {
  return {
    text: one.text + other.text,
    columns: one.columns + other.columns,
    codePoints: one.codePoints + other.codePoints,
  }
}

function mayBreak(last: string, next: string): boolean {
  if (last === ' ' || last === '\u200B' || last === '\u0F0B') return !noStart.test(next)
  if (last < '\u0E00' || next < '\u0E00') return false
  return unspaced.test(last) && unspaced.test(next) && !noStart.test(next) && !noEnd.test(last)
}

const unspaced =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u
// What no line should begin with (spaces, marks, closing punctuation, vowels that follow), and what none should end with.
const noStart = /[ \p{M}\p{Default_Ignorable_Code_Point}\p{P}\u0E2F-\u0E33\u0E46\u0EAF-\u0EB3\u0EC6]/u
const noEnd = /[\p{Ps}\p{Pi}\u0E40-\u0E44\u0EC0-\u0EC4\u1039\u17D2]/u

function columnsOf(character: string): 0 | 1 | 2 {
  if (character < '\u0300') return 1
  if (shapeless.test(character)) return 0
  return wide.test(character) ? 2 : 1
}

const shapeless = /[\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}]/u
const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u
