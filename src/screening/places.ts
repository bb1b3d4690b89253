import type { Range } from './signal.ts'

/** Where a global pattern is found, in order. */
export function places(text: string, pattern: RegExp): Range[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** The character (code point) that ends at `index`; '' at the beginning. */
export function before(text: string, index: number) {
  return Array.from(text.slice(Math.max(0, index - 2), index)).at(-1) ?? ''
}

/** The character (code point) that begins at `index`; '' at the end. */
export function after(text: string, index: number) {
  return Array.from(text.slice(index, index + 2)).at(0) ?? ''
}
