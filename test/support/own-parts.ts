const word = /^[a-z][\w-]*$/
const words = /^[a-z -]*$/
const anything = /^[^]*$/
const nothing = /^$/
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const idOf = new RegExp(`^(?:${uuid}|[a-z][a-z0-9_-]*|(?:rule|reason|text|name)-${uuid})$`)
const path = String.raw`/(?!/)[\w%.~!*'()/?=&-]*(?:#[\w-]+)?`
const address = new RegExp(
  String.raw`^(?:#[\w-]+|\?cursor=[\w.~-]+#comments|\?(?:(?:cursor|reply)=[\w.~%-]+&)*lang=[\w-]+|${path}|https?://[^]+)$`,
  'i',
)

/** Attributes that any of our elements may have. */
const everywhere: Record<string, RegExp> = {
  id: idOf,
  class: words,
  dir: /^(?:auto|ltr|rtl)$/,
  lang: /^[A-Za-z0-9-]+$/,
  role: /^alert$/,
  tabindex: /^-1$/,
  'aria-labelledby': idOf,
  'aria-describedby': /^[a-z -]+$/,
  'aria-invalid': /^true$/,
  'aria-live': /^polite$/,
  'aria-hidden': /^true$/,
}

/** The elements that our templates make, with the attributes that only they have. */
const ours: Record<string, Record<string, RegExp>> = {
  html: {},
  head: {},
  meta: {
    charset: /^utf-8$/,
    name: /^(?:viewport|color-scheme|robots|postbag-origins)$/,
    property: /^(?:og:(?:type|title|description|url|site_name)|article:published_time)$/,
    content: anything,
  },
  // Where pages of the publisher's may frame it, and nowhere else; a script with a source, as the survey calls it.
  program: { type: /^module$/, src: /^\/assets\/frame\.js$/ },
  // A script element that no browser runs, as the survey calls it.
  'ld+json': { type: /^application\/ld\+json$/ },
  title: {},
  link: {
    rel: /^(?:icon|stylesheet|canonical|alternate)$/,
    href: new RegExp(`^(?:/assets/postbag\\.\\w+|${path}|https?://[^]+)$`),
    type: /^(?:image\/svg\+xml|application\/atom\+xml|application\/feed\+json)$/,
    title: /^[^<>"]+ \((?:Atom|JSON Feed)\)$/,
  },
  body: {},
  header: {},
  footer: {},
  nav: { 'aria-label': /^[^<>"]+$/ },
  ul: {},
  main: {},
  article: {},
  section: {},
  div: {},
  h1: {},
  h2: {},
  h3: {},
  p: {},
  br: {},
  ol: {},
  li: {},
  a: {
    href: address,
    hreflang: /^[A-Za-z-]+$/,
    rel: /^nofollow(?: ugc noopener noreferrer)?$/,
    'aria-current': /^true$/,
  },
  bdi: {},
  code: { translate: /^no$/ },
  strong: {},
  span: {},
  ins: {},
  del: {},
  mark: { title: /^(?:U\+[0-9A-F]{4,6}|\d+: [^]+)$/ },
  sup: {},
  time: { datetime: /^[\dTZ:.-]+$/ },
  form: { method: /^post$/, action: new RegExp(`^${path}$`), novalidate: nothing },
  label: { for: idOf },
  textarea: { name: word, rows: /^\d+$/, required: nothing },
  input: {
    type: /^(?:hidden|password)$/,
    name: word,
    value: anything,
    autocomplete: words,
    autocapitalize: /^characters$/,
    spellcheck: /^false$/,
    translate: /^no$/,
    required: nothing,
  },
  select: { name: word },
  option: { value: /^[a-z0-9_]*$/ },
  button: { type: /^submit$/, name: /^action$/, value: /^[a-z:-]+$/ },
  details: { open: nothing },
  summary: {},
}

/** What a text becomes: paragraphs, lines and links, and nothing else. */
const ofTexts = /^(?:p|p dir=auto|br|a|a href=https?:\/\/[^]+|a rel=nofollow ugc noopener noreferrer)$/i

/** What of a page's parts no template of ours makes. */
export function foreignParts(parts: readonly string[]): string[] {
  return parts.filter((part) => !isOurs(part))
}

/** What of the parts of published comments no text may become. */
export function foreignInTexts(parts: readonly string[]): string[] {
  return parts.filter((part) => !ofTexts.test(part))
}

function isOurs(part: string): boolean {
  const [, element = '', attribute, value = ''] = /^(\S+)(?: ([^=]+)=([^]*))?$/.exec(part) ?? []
  if (!Object.hasOwn(ours, element)) return false
  if (attribute === undefined) return true
  const own = ours[element] ?? {}
  const form = Object.hasOwn(own, attribute)
    ? own[attribute]
    : Object.hasOwn(everywhere, attribute)
      ? everywhere[attribute]
      : undefined
  return form?.test(value) ?? false
}
