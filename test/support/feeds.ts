import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'

/** An element as the parser gives it: what it holds by name, attributes with an `@`, its text as `#text`. */
const Link = z.looseObject({
  '@href': z.url(),
  '@rel': z.string().optional(),
  '@type': z.string().optional(),
})
const Text = z.union([
  z.string().transform((text) => ({ '#text': text, '@type': 'text' })),
  z.looseObject({
    '#text': z.string().default(''),
    '@type': z.enum(['text', 'html', 'xhtml']).default('text'),
  }),
])
const DateConstruct = z.iso.datetime({ offset: true })
/** An absolute IRI. */
const Iri = z.string().regex(/^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i)
/** White space between elements. */
const gaps = z.string().regex(/^\s*$/).optional()
const once = <T extends z.ZodType>(one: T) => z.tuple([one]).transform(([only]) => only)

const Entry = z.strictObject({
  '#text': gaps,
  id: once(Iri),
  title: once(Text),
  updated: once(DateConstruct),
  published: z.tuple([DateConstruct]).optional(),
  author: z.array(z.strictObject({ '#text': gaps, name: once(z.string().min(1)) })).min(1),
  link: z.array(Link).default([]),
  content: z.tuple([Text]).optional(),
  category: z
    .array(z.looseObject({ '@term': z.string().min(1), '@label': z.string().optional() }))
    .default([]),
  'thr:in-reply-to': z
    .array(z.strictObject({ '@ref': Iri, '@href': z.url().optional(), '@type': z.string().optional() }))
    .default([]),
})
const FeedElement = z.strictObject({
  '#text': gaps,
  '@xmlns': z.literal('http://www.w3.org/2005/Atom'),
  '@xmlns:thr': z.literal('http://purl.org/syndication/thread/1.0').optional(),
  '@xml:lang': z.string(),
  id: once(Iri),
  title: once(Text),
  updated: once(DateConstruct),
  link: z.array(Link).default([]),
  entry: z.array(Entry).default([]),
})
export type AtomFeed = z.infer<typeof FeedElement>

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  // Character references are written out here, one by one, as a reader of XML would.
  processEntities: false,
  tagValueProcessor: (_name, value) => unreferenced(value),
  attributeValueProcessor: (_name, value) => unreferenced(value),
  isArray: (_name, path, _isLeaf, isAttribute) => !isAttribute && path !== 'feed',
})

/** What the document says, if it is well-formed and an Atom feed by RFC 4287 (§4.1, §4.2.7.1) and RFC 4685 (§3). */
export function readAtom(document: string): AtomFeed {
  expectWellFormed(document)
  const feed = FeedElement.parse(parser.parse(document).feed)
  // At most one alternate of a type, and exactly one address of its own.
  for (const { link } of [feed, ...feed.entry]) {
    const alternates = link
      .filter((one) => (one['@rel'] ?? 'alternate') === 'alternate')
      .map((one) => one['@type'])
    expect(alternates).toEqual([...new Set(alternates)])
  }
  expect(feed.link.filter((one) => one['@rel'] === 'self')).toHaveLength(1)
  for (const { link, content } of feed.entry) {
    expect(content !== undefined || link.some((one) => one['@rel'] === 'alternate')).toBe(true)
  }
  if (feed.entry.some((one) => one['thr:in-reply-to'].length > 0)) expect(feed['@xmlns:thr']).toBeDefined()
  const ids = feed.entry.map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)])
  return feed
}

/** No character that XML 1.0 forbids (§2.2), no reference to one, and as its grammar has it. */
export function expectWellFormed(document: string): void {
  expect(document.isWellFormed()).toBe(true)
  expect(document.match(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u)).toBeNull()
  const references = [...document.matchAll(/&(#?\w*);?/g)].map(([reference]) => reference)
  expect(
    references.filter((one) => !/^&(?:amp|lt|gt|quot|apos|#(?:9|10|13|3[2-9]|[4-9]\d|1\d\d));$/.test(one)),
  ).toEqual([])
  expect(XMLValidator.validate(document)).toBe(true)
}

/** A text of XML with its references resolved. */
export function unreferenced(value: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return value.replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) =>
    code === undefined ? (named[String(name)] ?? '') : String.fromCodePoint(Number(code)),
  )
}

/** A JSON Feed 1.1 (jsonfeed.org), strictly: nothing but what it knows, and one extension of ours. */
const JsonItem = z.strictObject({
  id: z.string().min(1),
  url: z.url(),
  title: z.string(),
  content_text: z.string(),
  language: z.string(),
  date_published: DateConstruct,
  date_modified: DateConstruct,
  authors: z
    .array(z.strictObject({ name: z.string() }))
    .min(1)
    .optional(),
  tags: z.array(z.string()).optional(),
  _postbag: z.strictObject({ in_reply_to: z.string() }),
})
const JsonFeed = z.strictObject({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: z.string().min(1),
  language: z.string(),
  feed_url: z.url(),
  home_page_url: z.url().optional(),
  items: z.array(JsonItem),
})

export function readJsonFeed(document: string): z.infer<typeof JsonFeed> {
  const feed = JsonFeed.parse(JSON.parse(document))
  const ids = feed.items.map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)])
  return feed
}
