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

/** The key of a comment's words, each on lines of its own: what stands in both at once is not found. */
export function wordsKey({ name, text }: { name: string | null; text: string }): string {
  return name === null ? searchKey(text) : `${searchKey(text)}\n${searchKey(name)}`
}

/**
 * The pattern for `search_key LIKE pattern` (with the default ESCAPE, a backslash) that finds a query as it is typed,
 * whatever it contains; undefined where a query has nothing that can be looked for, for then LIKE would find all.
 */
export function likePattern(query: string): string | undefined {
  const sought = soughtBy(query)
  return sought === '' ? undefined : `%${literally(sought)}%`
}

function literally(text: string): string {
  return text.replace(/[\\%_]/g, (special) => `\\${special}`)
}

/** What a search needs to know of a query. */
export interface SearchTerms {
  /** for LIKE: what decides */
  pattern: string
  /** a tsquery for the index of grams: what is not found by it does not match */
  grams: string
}

/** Undefined where a query has nothing that can be looked for. Takes any well-formed string. */
export function searchTerms(query: string): SearchTerms | undefined {
  const pattern = likePattern(query)
  return pattern === undefined ? undefined : { pattern, grams: gramsOf(soughtBy(query)) }
}

/**
 * What a search for a whole name needs to know: the name stands last in a key, on lines of its own. A text without a
 * name can end like one. Undefined where a name has nothing that can be looked for. Takes any well-formed string.
 */
export function nameTerms(name: string): SearchTerms | undefined {
  const key = searchKey(name)
  if (key === '') return undefined
  const end = Array.from(`\n${key}`)
  const grams = [...gramsIn(end), end.slice(-2).join('')]
  return { pattern: `%${literally(end.join(''))}`, grams: [...new Set(grams)].map(lexeme).join(' & ') }
}

/** The parts of three characters that a key with this in it has among its `grams` (see the function search_grams). */
function gramsOf(sought: string): string {
  const characters = Array.from(sought)
  if (characters.length < 3) return `${lexeme(sought)}:*`
  return [...new Set(gramsIn(characters))].map(lexeme).join(' & ')
}

function gramsIn(characters: readonly string[]): string[] {
  return characters.slice(2).map((_, at) => characters.slice(at, at + 3).join(''))
}

function lexeme(gram: string): string {
  return `'${gram.replace(/['\\]/g, '$&$&')}'`
}

function soughtBy(query: string): string {
  let exact = ''
  eachFolded(query, (folded) => {
    exact += folded
  })
  return onOneLine(exact)
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
