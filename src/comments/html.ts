import sanitizeHtml from 'sanitize-html'
import { paragraphs, piecesOf, rel } from './linked-text.ts'

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

/** Addresses are found before anything is escaped; afterwards `&gt;` would look like a part of them. */
function lineToHtml(line: string) {
  return piecesOf(line)
    .map(({ text, isAddress }) => (isAddress ? link(text) : escapeText(text)))
    .join('')
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
