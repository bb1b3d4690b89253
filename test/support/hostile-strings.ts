import naughty from 'big-list-of-naughty-strings' with { type: 'json' }
import { addresses } from './hostile-strings/addresses.ts'
import { characters, unreadable } from './hostile-strings/characters.ts'
import { contexts } from './hostile-strings/contexts.ts'
import { markup } from './hostile-strings/markup.ts'

/** A list that everybody knows: https://github.com/minimaxir/big-list-of-naughty-strings, each string once. */
export const naughtyStrings: readonly string[] = [...new Set(naughty)]

/** What that list lacks, by what pages of this kind are made of. */
export const ownStrings: readonly string[] = [...markup, ...addresses, ...contexts, ...characters]

/** Those of both in which nothing can be read: no comment can be made of them. */
export const nothingToRead: ReadonlySet<string> = new Set([
  ...unreadable,
  '',
  '\u1680',
  '\u180E',
  '\u200B',
  '\u3000',
  '\uFEFF',
])

/** All of them, in lots of so many. */
export function lotsOf(size: number): { which: string; strings: string[] }[] {
  const all = [...new Set([...naughtyStrings, ...ownStrings])]
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => {
    const strings = all.slice(at * size, (at + 1) * size)
    return { which: `${at * size + 1} to ${at * size + strings.length}`, strings }
  })
}
