import type { Removed } from '../../src/comments/cleaning.ts'

// What text.md says of a stored text, told anew and as plainly as can be: nothing here is shared with src.

/** True if nobody would see anything of it. */
export function isBlank(text: string): boolean {
  return visibleOf(text) === ''
}

/** How many bidi embeddings, isolates, closers and overrides of a line have no partner in it. */
export function unpairedBidi(line: string): number {
  const open: string[] = []
  let unpaired = 0
  for (const character of line) {
    if (/[\u202A\u202B\u2066-\u2068]/.test(character)) open.push(character)
    if (/[\u202D\u202E]/.test(character)) unpaired += 1
    if (character === '\u202C' && !/[\u202A\u202B]/.test(open.pop() ?? '')) unpaired += 1
    if (character === '\u2069' && !/[\u2066-\u2068]/.test(open.pop() ?? '')) unpaired += 1
  }
  return unpaired + open.length
}

/** What is left of a string when characters that are never kept are gone: halves of pairs are U+FFFD then. */
export function withoutForbidden(typed: string): string {
  return withoutControls(typed)
    .toWellFormed()
    .replace(/[\u206A-\u206F\uFEFF\uFFF9-\uFFFC]/g, '')
    .replace(noncharacters, '')
}

/** Letters, digits, punctuation, symbols and private use, decomposed so that canonical spellings are equal. */
export function basesOf(text: string): string {
  return Array.from(visibleOf(text), decomposed)
    .join('')
    .replace(/\p{Mark}/gu, '')
}

/** Marks that show, in canonical order. */
export function marksOf(text: string): string {
  return visibleOf(text)
    .normalize('NFD')
    .replace(/\P{Mark}/gu, '')
}

/** What shows, and the white space between it; decomposed. */
export function spacedOf(text: string): string {
  const lines = withoutControls(text).replace(/\r\n|[\v\f\r\u0085\u2028\u2029]/g, '\n')
  return withoutForbidden(lines)
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFD')
    .trim()
}

/** The code points but white space, after canonical decomposition: no normalisation or trimming changes their number. */
export function solidSize(text: string): number {
  let size = 0
  for (const character of text) if (!whiteSpace.test(character)) size += sizeOf(decomposed(character))
  return size
}

/**
 * How many characters of each kind must have been removed of a string that became `text`, where it can be told from
 * these two. Once marks or blank lines went, it cannot be of the kinds that may have gone with them.
 */
export function removedBetween(typed: string, text: string, { marks, blank_lines }: Removed): Removed {
  const uncontrolled = withoutControls(typed)
  const wellFormed = uncontrolled.toWellFormed()
  const fewer = (pattern: RegExp) => count(wellFormed, pattern) - count(text, pattern)
  return {
    controls: typed.length - uncontrolled.length,
    lone_surrogates: count(uncontrolled, /\p{Surrogate}/gu),
    noncharacters: fewer(noncharacters),
    special: fewer(/[\u206A-\u206F\uFEFF\uFFF9-\uFFFC]/g),
    tags: fewer(/[\u{E0000}-\u{E007F}]/gu),
    bidi_overrides: fewer(/[\u202D\u202E]/g),
    ...(blank_lines === undefined && { bidi_controls: fewer(/[\u202A-\u202C\u2066-\u2069]/g) }),
    ...(blank_lines === undefined &&
      marks === undefined && {
        variation_selectors: fewer(/\p{Variation_Selector}/gu),
        zero_width: fewer(/[\u00AD\u061C\u180E\u200B-\u200F\u2060-\u2064]/g),
      }),
  }
}

/** Without C0, DEL and C1; the line breaks among them are kept, and TAB. */
export function withoutControls(typed: string): string {
  return typed.replace(/(?![\t\n\v\f\r\u0085])\p{Cc}/gu, '')
}

const whiteSpace = /\p{White_Space}/u
const noncharacters = /\p{Noncharacter_Code_Point}/gu

function visibleOf(text: string): string {
  return text.replace(
    /\p{White_Space}|\p{Default_Ignorable_Code_Point}|[\u2800\u{16FE4}\u{13441}\u{13442}\u{1D159}]/gu,
    '',
  )
}

const decompositions = new Map<string, string>()

/** Character by character, because normalising a long run of marks takes quadratic time. */
function decomposed(character: string): string {
  const known = decompositions.get(character)
  if (known !== undefined) return known
  const parts = character.normalize('NFD')
  decompositions.set(character, parts)
  return parts
}

function sizeOf(text: string): number {
  return Array.from(text).length
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
