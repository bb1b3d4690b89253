import { type Arbitrary, array, constantFrom, oneof, option, stringMatching, tuple } from 'fast-check'
import { everyEmoji } from './emoji.ts'
import type { Language } from './languages.ts'

/**
 * What a reader of this language may type: sentences with its punctuation, numerals, quotations and emoji, on one line
 * or several, in the spellings that keyboards and systems make of the same letters.
 */
export function honestText(language: Language): Arbitrary<string> {
  const more = array(tuple(betweenSentences, sentenceOf(language)), { maxLength: 3 })
  return tuple(ends, sentenceOf(language), more, ends, spellings).map(
    ([start, first, others, end, spelled]) => spelled(start + first + others.flat().join('') + end),
  )
}

export function honestName(language: Language): Arbitrary<string> {
  const emoji = option(constantFrom(...everyEmoji), { nil: '', freq: 9 })
  return tuple(constantFrom(...language.names), emoji, spellings).map(([name, sign, spelled]) =>
    spelled(name + sign),
  )
}

/** An honest text as it must be kept: LF for CRLF, in NFC, without white space at its ends. */
export function asKept(typed: string): string {
  return typed.replaceAll('\r\n', '\n').normalize('NFC').trim()
}

const ends = constantFrom('', '', '', ' ', '\n', '\r\n', ' \n')

const betweenSentences = constantFrom(
  ' ',
  ' ',
  '\n',
  '\r\n',
  '\n\n',
  '\r\n\r\n\r\n',
  '\n\n\n',
  '  ',
  '\n\u3000\u3000',
  '\n  - ',
  '\n> ',
)

/** As written, as Windows, Android and Linux send it, as macOS does, and as Vietnamese keyboards of Windows do. */
const spellings = constantFrom(
  (text: string) => text,
  (text: string) => text.normalize('NFC'),
  (text: string) => text.normalize('NFD'),
  withTonesApart,
)

function withTonesApart(text: string): string {
  return text.normalize('NFC').replace(/\p{Script=Latin}/gu, (letter) => {
    const parts = letter.normalize('NFD')
    const tone = /[\u0300\u0301\u0303\u0309\u0323]/.exec(parts)?.[0]
    return tone === undefined ? letter : parts.replace(tone, '').normalize('NFC') + tone
  })
}

/** What readers of every language put into their sentences. */
const everywhere = [
  'https://example.org/?a=1&copy=2#x',
  '<a@b.org>',
  'COVID-19',
  '100%',
  '@jane_doe',
  '#news',
  'AT&T',
  'null',
  '\\o/',
  '^_^',
]

function sentenceOf(language: Language): Arbitrary<string> {
  const clause = clauseOf(language)
  const clauses = tuple(
    clause,
    array(tuple(constantFrom(...language.betweenClauses), clause), { maxLength: 2 }),
  )
  const composed = clauses.map(([first, others]) => first + others.flat().join(''))
  const quoted = tuple(constantFrom(...language.quotes), composed).map(
    ([[opening, closing], said]) => opening + said + closing,
  )
  const said = oneof(
    { weight: 6, arbitrary: composed },
    { weight: 2, arbitrary: quoted },
    { weight: 1, arbitrary: constantFrom(...language.special) },
  )
  return tuple(said, constantFrom(...language.sentenceEnds), signs).map((parts) => parts.join(''))
}

function clauseOf(language: Language): Arbitrary<string> {
  const word = oneof(
    { weight: 12, arbitrary: constantFrom(...language.words) },
    { weight: 2, arbitrary: stringMatching(new RegExp(`^[${language.digits}]{1,4}$`)) },
    { weight: 1, arbitrary: constantFrom(...everywhere) },
  )
  return array(tuple(word, constantFrom(...language.betweenWords)), { minLength: 1, maxLength: 6 }).map(
    (pairs) => pairs.flat().slice(0, -1).join(''),
  )
}

/** Emoji after a sentence, one or some, often the same again. */
const signs = option(
  tuple(constantFrom('', ' '), constantFrom(...everyEmoji), constantFrom(1, 1, 2, 3)).map(
    ([space, emoji, times]) => space + emoji.repeat(times),
  ),
  { nil: '', freq: 3 },
)
