import { lookalikes } from './confusables-table.ts'

/**
 * What a name looks like, for comparing with what other names look like, never for showing: NFKD, without invisible
 * characters, accents and case, each character replaced by what it is taken for (UTS #39, with the changes that the
 * table tells); Latin, Cyrillic, Greek and full-width letters of one shape become one. Marks that are vowels or tones
 * of their script (Burmese, Khmer, Lao, Tibetan) are letters to those who read it, and stay. The skeleton of a
 * skeleton is itself. Takes any string, in linear time.
 */
export function skeleton(name: string): string {
  const shapes = name.replace(decomposable, (run) => run.normalize('NFKD')).replace(unseen, '')
  return shapes.replace(another, looksLike).replace(unseen, '').normalize('NFC')
}

// Two ligatures stand for sentences, which nothing else looks like: a text of them would be one six times as long.
const decomposable = /[^\uFDFA\uFDFB]+/g
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Script=Inherited}]+/gu

const looks = new Map(
  lookalikes.flatMap(([shape, characters]) =>
    Array.from(characters, (character) => [character, shape] as const),
  ),
)
const another = new RegExp(
  String.raw`[\p{Changes_When_Lowercased}${Array.from(looks.keys(), escaped).join('')}]`,
  'gu',
)

function escaped(character: string) {
  return `\\u{${Number(character.codePointAt(0)).toString(16)}}`
}

function looksLike(character: string): string {
  const small = character.toLowerCase()
  return looks.get(character) ?? looks.get(small) ?? small
}
