/** A piece of a line: words as they were typed, or an http(s) address that is to be a link to itself. */
export interface Piece {
  text: string
  isAddress: boolean
}

/** A stored text as paragraphs, which blank lines divide, each of lines. */
export function paragraphs(text: string): string[][] {
  const found: string[][] = []
  let afterBlank = true
  for (const line of text.split('\n')) {
    const blank = line.trim() === ''
    if (!blank && afterBlank) found.push([])
    if (!blank) found.at(-1)?.push(line)
    afterBlank = blank
  }
  return found
}

/** A line in pieces, which together are the line. Needs time in proportion to its length. */
export function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = []
  let written = 0
  let read = 0
  for (const { index } of line.matchAll(addressStart)) {
    if (index < read) continue
    const address = addressAt(line, index)
    read = index + address.length
    if (!isLinkable(address)) continue
    if (index > written) pieces.push({ text: line.slice(written, index), isAddress: false })
    pieces.push({ text: address, isAddress: true })
    written = read
  }
  if (written < line.length) pieces.push({ text: line.slice(written), isAddress: false })
  return pieces
}

/** What every link in a reader's text says of itself: nobody vouches for it, and it learns nothing of the page. */
export const rel = 'nofollow ugc noopener noreferrer'

const addressStart = /(?<![A-Za-z0-9])https?:\/\/(?=[\p{L}\p{N}[])/giu

/**
 * The address that begins at `start`. It takes the characters of RFC 3986 and letters of any script; but a letter of
 * another script directly behind a Latin one belongs to the sentence again: `example.com/a에서`, yet `/wiki/香港`.
 */
function addressAt(line: string, start: number) {
  let end = line.indexOf('//', start) + 2
  let segment: 'empty' | 'latin' | 'other' = 'empty'
  while (end < line.length) {
    const character = String.fromCodePoint(Number(line.codePointAt(end)))
    if (separator.test(character)) segment = 'empty'
    else if (latin.test(character)) segment = segment === 'empty' ? 'latin' : segment
    else if (letter.test(character) && segment !== 'latin') segment = 'other'
    else if (!mark.test(character)) break
    end += character.length
  }
  return withoutTrail(line.slice(start, end))
}

const separator = /^[-._~:/?#[\]@!$&'()*+,;=]/
const latin = /^[A-Za-z0-9%\p{Script=Latin}]/u
const letter = /^[\p{L}\p{N}]/u
const mark = /^\p{M}/u

/** Without the punctuation of the sentence around it, and without a bracket that was opened outside of it. */
function withoutTrail(address: string) {
  let end = address.length
  const unopened = { ')': surplus(address, '(', ')'), ']': surplus(address, '[', ']') }
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1)
    if (last === ')' || last === ']') {
      if (unopened[last] <= 0) break
      unopened[last] -= 1
    } else if (!trail.test(last)) break
  }
  return address.slice(0, end)
}

const trail = /[.,;:!?'*_~([]/

function surplus(address: string, opening: string, closing: string) {
  return address.split(closing).length - address.split(opening).length
}

/** Not what a browser cannot open, and not `https://bank.example@evil.example/`, which only looks like the former. */
function isLinkable(address: string) {
  if (!URL.canParse(address)) return false
  const { username, password } = new URL(address)
  return username === '' && password === ''
}
