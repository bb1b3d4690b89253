import { balanceBidi } from './bidi.ts'

/**
 * What was taken out of a text: characters by kind (lone surrogates were replaced by U+FFFD), and whole blank
 * lines. A kind of which nothing was removed is absent.
 */
export type Removed = Partial<Record<RemovedKind, number>>

type RemovedKind =
  | 'controls'
  | 'lone_surrogates'
  | 'noncharacters'
  | 'special'
  | 'tags'
  | 'bidi_controls'
  | 'bidi_overrides'
  | 'variation_selectors'
  | 'marks'
  | 'zero_width'
  | 'blank_lines'

/**
 * `raw` in NFC (UAX #15), with LF for every line break and without the characters that a reader does not
 * type or that act on the page around them. Notes in `removed` what went. Takes any string, in linear time.
 *
 * Idempotent because no step undoes what an earlier one made: what brings characters together comes before
 * what looks at neighbours. So NFC follows the bidi controls (`a` RLO acute is `á` once RLO is gone), and
 * runs of zero-width characters come last (marks taken from between them make new runs).
 */
export function clean(raw: string, removed: Removed): string {
  let text = reduce(raw, controls, 'controls', removed)
  text = text.replace(lineBreaks, '\n')
  text = text.replace(loneSurrogates, () => {
    note(removed, 'lone_surrogates', 1)
    return '\uFFFD'
  })
  text = reduce(text, noncharacters, 'noncharacters', removed)
  text = reduce(text, specials, 'special', removed)
  text = reduce(text, flagsAndTags, 'tags', removed, onlyFlags)
  text = withBalancedBidi(text, removed)
  text = reduce(text, strayVariationSelectors, 'variation_selectors', removed)
  // Before NFC, because reordering is quadratic in a run; after it, because some marks become two (U+0344).
  text = reduce(text, longMarkRuns, 'marks', removed, firstMarks)
  text = text.normalize('NFC')
  text = reduce(text, longMarkRuns, 'marks', removed, firstMarks)
  return reduce(text, zeroWidthRuns, 'zero_width', removed, shortened)
}

/** Adds `count` to what was removed of a kind. */
export function note(removed: Removed, kind: RemovedKind, count: number): void {
  if (count > 0) removed[kind] = (removed[kind] ?? 0) + count
}

// All of C0, DEL and C1 but TAB and the line breaks.
const controls = /[\0-\x08\x0E-\x1F\x7F-\x84\x86-\x9F]+/g
// UAX #14's mandatory breaks. VT is Word's soft return, FF the end of a PDF's page: without a break the words around
// them would run together.
const lineBreaks = /\r\n|[\r\v\f\x85\u2028\u2029]/g
const loneSurrogates = /\p{Surrogate}/gu
const noncharacters = /\p{Noncharacter_Code_Point}+/gu
// Deprecated formats, byte order mark, annotations, object replacement.
const specials = /[\u206A-\u206F\uFEFF\uFFF9-\uFFFC]+/g

// UTS #51: the flag of Scotland is a black flag, its CLDR code GBSCT in tags, and the cancel tag. Codes
// have three to seven letters and digits; the bound leaves no room for a hidden message.
const flagsAndTags =
  /\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,7}\u{E007F}|[\u{E0000}-\u{E007F}]+/gu

// One selector may follow a base. A second one, or one after white space or an invisible character, selects
// nothing, but can carry a hidden message.
const strayVariationSelectors = /(?<![^\s\p{Default_Ignorable_Code_Point}])\p{Variation_Selector}+/gu

// Invisible characters do not end a run: the marks on both sides of a joiner still pile up on one base.
// Looking behind keeps it linear: the search begins only where a run does.
const longMarkRuns =
  /(?<![\p{Mark}\p{Default_Ignorable_Code_Point}])[\p{Mark}\p{Default_Ignorable_Code_Point}]{31,}/gu
const mark = /\p{Mark}/u
const mostMarks = 30

const zeroWidthRuns = /[\u00AD\u061C\u180E\u200B-\u200F\u2060-\u2064]{2,}/g
// The longest run known to mean something is ZWJ ZWNJ ZWJ (joined, but no ligature: Unicode Standard, 23.2).
const longestZeroWidthRun = 8

function onlyFlags(found: string): string {
  return found.startsWith('\u{1F3F4}') ? found : ''
}

function withBalancedBidi(text: string, removed: Removed): string {
  const balanced = balanceBidi(text)
  note(removed, 'bidi_controls', balanced.controls)
  note(removed, 'bidi_overrides', balanced.overrides)
  return balanced.text
}

function firstMarks(run: string): string {
  let kept = ''
  let marks = 0
  for (const character of run) {
    const isMark = mark.test(character)
    if (isMark) marks += 1
    if (!isMark || marks <= mostMarks) kept += character
  }
  return kept
}

function shortened(run: string): string {
  let kept = ''
  let last = ''
  for (const character of run) {
    if (character !== last && kept.length < longestZeroWidthRun) kept += character
    last = character
  }
  return kept
}

function reduce(
  text: string,
  pattern: RegExp,
  kind: RemovedKind,
  removed: Removed,
  keep: (found: string) => string = nothing,
): string {
  return text.replace(pattern, (found) => {
    const kept = keep(found)
    note(removed, kind, codePoints(found) - codePoints(kept))
    return kept
  })
}

function nothing(): string {
  return ''
}

function codePoints(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    const isSecondOfPair = unit >= 0xdc00 && unit <= 0xdfff
    if (!isSecondOfPair) count += 1
  }
  return count
}
