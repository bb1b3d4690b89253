import sanitizeHtml from 'sanitize-html'

/**
 * Foreign HTML as plain text: paragraphs and breaks become line breaks, a link keeps its address where that says more
 * than its words, a picture its description or address, a quotation its `> `. Scripts and styles go with what is in them.
 * Entities are decoded once, by the sanitizer, whose own few are all that is undone here. Takes any string, never throws.
 */
export function htmlToText(html: string): string {
  const parts = sanitizeHtml(html, reduced).split(tag)
  const lines: Line[] = [{ text: '', depth: 0 }]
  const links: { href: string; from: string }[] = []
  let depth = 0
  const write = (text: string) => {
    const [first = '', ...rest] = text.split('\n')
    const last = lines[lines.length - 1]
    if (last) last.text += first
    for (const one of rest) lines.push({ text: one, depth })
  }
  const breakLine = (blank: boolean) => {
    if (lines[lines.length - 1]?.text.trim() !== '') lines.push({ text: '', depth })
    else Object.assign(lines[lines.length - 1] ?? {}, { depth })
    const before = lines[lines.length - 2]
    if (blank && before && before.text !== '') lines.push({ text: '', depth })
  }
  for (const part of parts) {
    const [, closing, name, attributes = ''] = part.match(tagParts) ?? []
    if (name === undefined) {
      const text = decoded(part)
      for (const link of links) link.from += text
      write(text)
    } else if (name === 'br') {
      lines.push({ text: '', depth })
    } else if (name === 'img') {
      write(attributeOf(attributes, 'alt') || attributeOf(attributes, 'src'))
    } else if (name === 'a' && !closing) {
      links.push({ href: attributeOf(attributes, 'href'), from: '' })
    } else if (name === 'a') {
      const link = links.pop()
      if (link && /^https?:\/\//i.test(link.href) && !tellsOf(link.from, link.href)) write(` (${link.href})`)
    } else if (name === 'blockquote') {
      depth = Math.max(0, depth + (closing ? -1 : 1))
      breakLine(true)
    } else if (name === 'li' && !closing) {
      breakLine(false)
      write('- ')
    } else {
      breakLine(name === 'p')
    }
  }
  return lines
    .map(({ text, depth: quoted }, at) => {
      // What is blank belongs to a quotation only between two lines of it.
      const shared = Math.min(quoted, lines[at - 1]?.depth ?? 0, lines[at + 1]?.depth ?? 0)
      return '> '.repeat(text.trim() === '' ? shared : quoted) + text
    })
    .join('\n')
    .replace(/\n[ \t]*(?:\n[ \t]*){2,}/g, '\n\n')
    .trim()
}

interface Line {
  text: string
  /** how many quotations it stands in */
  depth: number
}

const blocks = ['p', 'div', 'li', 'ul', 'ol', 'pre', 'tr', 'table', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr']

const reduced: sanitizeHtml.IOptions = {
  allowedTags: [...blocks, 'br', 'a', 'img', 'blockquote'],
  allowedAttributes: { a: ['href'], img: ['src', 'alt'] },
  allowedSchemes: ['http', 'https'],
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title'],
}

// What sanitize-html writes is regular: names in lower case, values in double quotes, no bare `<`.
const tag = /(<[^>]+>)/
const tagParts = /^<(\/?)([a-z][a-z0-9]*)([^>]*)>$/

function attributeOf(attributes: string, name: string): string {
  return decoded(attributes.match(new RegExp(` ${name}="([^"]*)"`))?.[1] ?? '')
}

/** Whether the words of a link are its address; those that Disqus cut short are not. */
function tellsOf(words: string, href: string): boolean {
  return bare(words) === bare(href)
}

function bare(url: string): string {
  return url
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/$/, '')
}

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }

function decoded(text: string): string {
  return text.replace(/&(?:lt|gt|quot|amp);/g, (entity) => entities[entity] ?? entity)
}
