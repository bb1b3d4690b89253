import { isBlank, unpairedBidi } from './oracle.ts'

interface Invariant {
  /** The end of a sentence that begins with "the text" or "the name". */
  what: string
  /** What of a stored text or name breaks it. */
  breaches: (stored: string) => string[]
}

/** What is true of every text and every name that is stored. */
export const invariants: Invariant[] = [
  {
    what: 'is well-formed',
    breaches: (stored) => found(stored, /\p{Surrogate}/gu),
  },
  {
    what: 'is in NFC',
    breaches: (stored) => (stored === stored.normalize('NFC') ? [] : [stored]),
  },
  {
    what: 'has no control but TAB and LF, and no other line break',
    breaches: (stored) => found(stored, /[\0-\x08\x0B-\x1F\x7F-\x9F\u2028\u2029]/g),
  },
  {
    what: 'has no byte order mark, annotation, object replacement or deprecated format',
    breaches: (stored) => found(stored, /[\u206A-\u206F\uFEFF\uFFF9-\uFFFC]/g),
  },
  {
    what: 'has no noncharacter',
    breaches: (stored) => found(stored, /\p{Noncharacter_Code_Point}/gu),
  },
  {
    what: 'has its bidi embeddings and isolates in pairs within each line, and no override',
    breaches: (stored) => stored.split('\n').filter((line) => unpairedBidi(line) > 0),
  },
  {
    what: 'has tags only in flags',
    breaches: (stored) => found(stored.replace(flags, ''), /[\u{E0000}-\u{E007F}]/gu),
  },
  {
    what: 'has at most thirty marks in a row, though invisible characters stand between',
    breaches: (stored) =>
      found(stored.replace(/(?!\p{Mark})\p{Default_Ignorable_Code_Point}/gu, ''), /\p{Mark}{31}/gu),
  },
  {
    what: 'has at most one variation selector on a base, and none on nothing',
    breaches: (stored) => found(stored, /(^|\s|\p{Variation_Selector})\p{Variation_Selector}/gu),
  },
  {
    what: 'has no zero-width character twice in a row, and of all of them at most eight',
    breaches: (stored) =>
      found(
        stored,
        /([\u00AD\u061C\u180E\u200B-\u200F\u2060-\u2064])\1|[\u00AD\u061C\u180E\u200B-\u200F\u2060-\u2064]{9}/g,
      ),
  },
  {
    what: 'has no white space at its ends',
    breaches: (stored) => found(stored, /^\p{White_Space}|\p{White_Space}$/gu),
  },
  {
    what: 'has at most two blank lines in a row',
    breaches: (stored) => found(stored.split('\n').map(isBlank).join(' '), /true true true/g),
  },
]

const flags = /\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,7}\u{E007F}/gu

function found(text: string, pattern: RegExp): string[] {
  return text.match(pattern) ?? []
}
