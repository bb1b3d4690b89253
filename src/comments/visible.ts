import { places } from '../screening/places.ts'

/**
 * A stretch of a text as moderators see it. One with a label is a single character that does not show what it is; its
 * `code` is such as U+200B. Joined, the `text` of all segments is the text.
 */
export type VisibleSegment = { text: string } | { text: string; label: string; code: string }

/**
 * A text in segments, in which each character that is invisible, turns the direction, is private or lost, or belongs to
 * another alphabet than most of its word has a label, in English. Emoji stay whole. Takes any string, never throws,
 * linear.
 */
export function visibleText(text: string): VisibleSegment[] {
  const segments: VisibleSegment[] = []
  let from = 0
  for (const { at, character, label } of labelled(text)) {
    if (at > from) segments.push({ text: text.slice(from, at) })
    segments.push({ text: character, label, code: codeOf(character) })
    from = at + character.length
  }
  if (from < text.length) segments.push({ text: text.slice(from) })
  return segments
}

interface Labelled {
  at: number
  character: string
  label: string
}

function labelled(text: string): Labelled[] {
  return [...unseen(text), ...strangers(text)].toSorted((one, other) => one.at - other.at)
}

function codeOf(character: string): string {
  const code = Number(character.codePointAt(0))
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

/** What does not show, but where it joins or colours an emoji. */
function unseen(text: string): Labelled[] {
  const labels = new Map<string, string>()
  const found: Labelled[] = []
  for (const { index, 0: character, 1: emoji } of text.matchAll(emojiOrUnseen)) {
    if (emoji !== undefined) continue
    const label = labels.get(character) ?? labelOf(character)
    labels.set(character, label)
    found.push({ at: index, character, label })
  }
  return found
}

const emojiElement = String.raw`\p{Extended_Pictographic}(?:[\uFE0E\uFE0F]|\p{Emoji_Modifier})?`
const wholeEmoji = [
  String.raw`\u{1F3F4}[\u{E0020}-\u{E007E}]+\u{E007F}`,
  String.raw`${emojiElement}(?:\u200D${emojiElement})*`,
  String.raw`[#*0-9]\uFE0F\u20E3`,
].join('|')
// Default-ignorable, private, halves of pairs, controls but tab and line feed, separators, annotations, object and
// character replacements, and blanks that Unicode does not count as any of these.
const unseenOne = String.raw`(?![\t\n])[\p{Default_Ignorable_Code_Point}\p{Co}\p{Cs}\p{Cc}\u2028\u2029\u2800\uFFF9-\uFFFD\u{13441}\u{13442}\u{16FE4}\u{1D159}]`
const emojiOrUnseen = new RegExp(`(${wholeEmoji})|${unseenOne}`, 'gu')

function labelOf(character: string): string {
  const code = Number(character.codePointAt(0))
  const kind = kinds.find(({ first, last }) => code >= first && code <= last)
  if (kind) return kind.label(code)
  if (/\p{Co}/u.test(character)) return 'private-use character'
  return /\p{Cc}/u.test(character) ? 'control character' : 'invisible character'
}

interface Kind {
  first: number
  last: number
  label: (code: number) => string
}

const kinds: Kind[] = [
  single(0x00ad, 'soft hyphen'),
  single(0x034f, 'combining grapheme joiner'),
  single(0x061c, 'Arabic letter mark'),
  range(0x115f, 0x1160, () => 'Hangul filler'),
  range(0x17b4, 0x17b5, () => 'Khmer inherent vowel'),
  single(0x200b, 'zero width space'),
  single(0x200c, 'zero width non-joiner'),
  single(0x200d, 'zero width joiner'),
  single(0x200e, 'left-to-right mark'),
  single(0x200f, 'right-to-left mark'),
  single(0x2028, 'line separator'),
  single(0x2029, 'paragraph separator'),
  single(0x202a, 'left-to-right embedding'),
  single(0x202b, 'right-to-left embedding'),
  single(0x202c, 'end of embedding or override'),
  single(0x202d, 'left-to-right override'),
  single(0x202e, 'right-to-left override'),
  single(0x2060, 'word joiner'),
  single(0x2066, 'left-to-right isolate'),
  single(0x2067, 'right-to-left isolate'),
  single(0x2068, 'first strong isolate'),
  single(0x2069, 'end of isolate'),
  single(0x2800, 'braille blank'),
  single(0x3164, 'Hangul filler'),
  range(0xd800, 0xdfff, () => 'half of a character'),
  range(0xfe00, 0xfe0f, (code) => `variation selector ${code - 0xfe00 + 1}`),
  single(0xfeff, 'byte order mark'),
  single(0xffa0, 'Hangul filler'),
  range(0xfff9, 0xfffb, () => 'annotation control'),
  single(0xfffc, 'place of an object'),
  single(0xfffd, 'character lost on the way'),
  range(0xe0020, 0xe007e, (code) => `tag ${String.fromCodePoint(code - 0xe0000)}`),
  single(0xe007f, 'end of tags'),
  range(0xe0100, 0xe01ef, (code) => `variation selector ${code - 0xe0100 + 17}`),
]

function single(code: number, name: string): Kind {
  return { first: code, last: code, label: () => name }
}

function range(first: number, last: number, label: (code: number) => string): Kind {
  return { first, last, label }
}

/** In a word of several alphabets, the letters of all but the one that most are of. Han, Kana and Hangul are no alphabets. */
function strangers(text: string): Labelled[] {
  const present = alphabets.filter(({ letter }) => letter.test(text))
  if (present.length < 2) return []
  return places(text, word).flatMap(({ start, end }) => {
    const letters = lettersOf(text.slice(start, end), present)
    const home = homeOf(letters, present)
    return letters
      .filter(({ alphabet }) => alphabet !== home)
      .map(({ at, character, alphabet }) => ({ at: start + at, character, label: `${alphabet} letter` }))
  })
}

const word = /[\p{L}\p{M}]+/gu

/** Those whose letters are taken for each other's. */
const alphabets = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Cherokee', 'Coptic'].map((name) => ({
  name,
  letter: new RegExp(String.raw`(?!\p{M})\p{Script=${name}}`, 'u'),
}))

interface Letter {
  at: number
  character: string
  alphabet: string
}

function lettersOf(written: string, present: typeof alphabets): Letter[] {
  const letters: Letter[] = []
  let at = 0
  for (const character of written) {
    const alphabet = present.find(({ letter }) => letter.test(character))?.name
    if (alphabet !== undefined) letters.push({ at, character, alphabet })
    at += character.length
  }
  return letters
}

/** Of alphabets with equally many letters, the first of the list. */
function homeOf(letters: Letter[], present: typeof alphabets): string | undefined {
  const counts = present.map(({ name }) => letters.filter(({ alphabet }) => alphabet === name).length)
  return present[counts.indexOf(Math.max(...counts))]?.name
}
