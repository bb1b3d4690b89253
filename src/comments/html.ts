import sanitizeHtml from 'sanitize-html'

const locked = Symbol('passed the second lock')

/** HTML that may be written into a page as it is. Nothing but `lock` can make it. */
export interface SafeHtml {
  readonly html: string
  readonly [locked]: true
}

/**
 * A stored text as HTML: a `<p dir="auto">` for what stands between blank lines, `<br />` between its lines, http(s)
 * addresses as links, everything else escaped. Under `white-space: pre-wrap` it looks as it was typed.
 * Takes any string, never throws, and needs time in proportion to its length.
 */
export function textToHtml(text: string): SafeHtml {
  return lock(unlockedHtml(text))
}

/** The first lock: escaping. Exported so that a test can prove that the second lock changes nothing in its result. */
export function unlockedHtml(text: string): string {
  return paragraphs(text)
    .map((lines) => `<p dir="auto">${lines.map(lineToHtml).join('<br />')}</p>`)
    .join('')
}

/** The second lock: sanitize-html, which allows exactly what the first one writes. */
export function lock(html: string): SafeHtml {
  return { html: sanitizeHtml(html, allowed), [locked]: true }
}

const rel = 'nofollow ugc noopener noreferrer'

const allowed: sanitizeHtml.IOptions = {
  allowedTags: ['p', 'br', 'a'],
  allowedAttributes: {
    p: [{ name: 'dir', values: ['auto'] }],
    a: ['href', { name: 'rel', values: [rel] }],
  },
  allowedSchemes: ['http', 'https'],
  allowProtocolRelative: false,
  // sanitize-html leaves quotes in text bare.
  textFilter: escapeQuotes,
}

function paragraphs(text: string): string[][] {
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

/** Addresses are found before anything is escaped; afterwards `&gt;` would look like a part of them. */
function lineToHtml(line: string) {
  let html = ''
  let written = 0
  let read = 0
  for (const { index } of line.matchAll(addressStart)) {
    if (index < read) continue
    const address = addressAt(line, index)
    read = index + address.length
    if (!isLinkable(address)) continue
    html += escapeText(line.slice(written, index)) + link(address)
    written = read
  }
  return html + escapeText(line.slice(written))
}

function link(address: string) {
  return `<a href="${escapeAttribute(address)}" rel="${rel}">${escapeText(address)}</a>`
}

function escapeText(text: string) {
  return escapeQuotes(escapeMarkup(text))
}

function escapeMarkup(text: string) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function escapeQuotes(text: string) {
  return text.replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}

/** For a value between double quotes. */
function escapeAttribute(value: string) {
  return escapeMarkup(value).replaceAll('"', '&quot;')
}

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
