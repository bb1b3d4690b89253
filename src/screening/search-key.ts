import { eachFolded } from './folding.ts'

/**
 * What is stored beside a text for searching it with LIKE: the text folded (see `eachFolded`), on one line, its quotes,
 * apostrophes and dashes those of a keyboard. Where Latin or Greek letters carry marks, a second line follows with all
 * of it again without them, so that a query finds `đồng` whether it is typed with its marks or without. Takes any
 * string, in linear time; as long as the text, or twice that.
 */
export function searchKey(text: string): string {
  let exact = ''
  let bare = ''
  eachFolded(text, (folded) => {
    exact += folded
    bare += withoutMarks(folded)
  })
  return bare === exact ? onOneLine(exact) : `${onOneLine(exact)}\n${onOneLine(bare)}`
}

/**
 * The pattern for `search_key LIKE pattern` (with the default ESCAPE, a backslash) that finds a query as it is typed,
 * whatever it contains; undefined where a query has nothing that can be looked for, for then LIKE would find all.
 */
export function likePattern(query: string): string | undefined {
  let exact = ''
  eachFolded(query, (folded) => {
    exact += folded
  })
  const sought = onOneLine(exact)
  return sought === '' ? undefined : `%${sought.replace(/[\\%_]/g, (special) => `\\${special}`)}%`
}

function onOneLine(folded: string): string {
  return folded.replace(typographic, plainOf).replace(/\s+/g, ' ').trim()
}

const typographic = /[\u2018-\u201B\u2032\u02BC]|[\u201C-\u201F\u00AB\u00BB\u2033]|[\u2010-\u2015\u2212]/g

function plainOf(mark: string): string {
  if (/[\u2018-\u201B\u2032\u02BC]/.test(mark)) return "'"
  return /[\u2010-\u2015\u2212]/.test(mark) ? '-' : '"'
}

/** The letters that readers type without their marks; marks of other scripts are vowels and consonants. */
function withoutMarks(folded: string): string {
  if (folded < '\u00DF' && folded.length === 1) return folded
  if (!marked.test(folded)) return folded
  const letters = folded.normalize('NFD').replace(marks, '$1').normalize('NFC')
  return letters.replace(barred, (letter) => String(bars.get(letter)))
}

const marked =
  /[\u00DF-\u024F\u0250-\u02AF\u0370-\u03FF\u1E00-\u1FFF]|[\p{Script=Latin}\p{Script=Greek}]\p{M}/u
const marks = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu

// Letters with a bar are of one piece to Unicode.
const bars = new Map([
  ['đ', 'd'],
  ['ħ', 'h'],
  ['ł', 'l'],
  ['ø', 'o'],
  ['ŧ', 't'],
])
const barred = /[đħłøŧ]/g
