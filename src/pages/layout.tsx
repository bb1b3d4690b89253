import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ComponentChildren, VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'

/** The type of every page. */
export const html = 'text/html; charset=utf-8'

interface Frame {
  title: string
  language: string
  direction: 'ltr' | 'rtl'
  script?: string
  /** origins whose pages may frame it, and are told how high it is */
  framedBy?: readonly string[]
  /** further style sheets */
  styles?: readonly string[]
  /** whether search engines may list it; they keep no copy of their own, because what is withdrawn has to be gone */
  indexed?: boolean
  /** further elements of the head */
  head?: ComponentChildren
  children: ComponentChildren
}

/** A whole page as HTML: no inline script or style, nothing from anywhere else. */
export function page({
  title,
  language,
  direction,
  script,
  styles,
  framedBy = [],
  indexed,
  head,
  children,
}: Frame): string {
  return `<!doctype html>${renderToString(
    <html lang={language} dir={direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content={indexed ? 'noarchive' : 'noindex'} />
        <title>{title}</title>
        {head}
        <link rel="icon" href="/assets/postbag.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/postbag.css" />
        {styles?.map((path) => (
          <link rel="stylesheet" href={path} />
        ))}
        {script && <script type="module" src={script} />}
        {framedBy.length > 0 && (
          <>
            <meta name="postbag-origins" content={framedBy.join(' ')} />
            <script type="module" src="/assets/frame.js" />
          </>
        )}
      </head>
      <body>{children}</body>
    </html>,
  )}`
}

/** A part of a page as HTML, for a page whose parts are not all rendered at once. */
export function part(children: ComponentChildren): string {
  // Rendered text is a tree of its thousands of pieces, which are all kept as long as it is; a copy of it is not.
  return Buffer.from(renderToString(<>{children}</>)).toString()
}

// Nobody can know it, and so no text of anybody's has it.
const nothing = randomBytes(16).toString('hex')

/** Where the parts of such a page go, within it. */
export const hole = { __html: nothing }

/** A page with a hole, filled with parts one after the other: a large one is never in memory as a whole. */
export function filled(whole: string, parts: AsyncIterable<string>): Readable {
  const [head = '', foot = ''] = whole.split(nothing)
  async function* all() {
    yield head
    yield* parts
    yield foot
  }
  return Readable.from(all())
}

/** What a textarea holds: HTML takes a line break at its beginning for its own, and would swallow one that was typed. */
export function fieldText(text: string): string {
  return `\n${text}`
}

interface ErrorProps {
  heading?: string
  /** where it can be mended; null where nowhere on the page */
  field: string | null
  detail: string
  mend?: string | null
}

/** What went wrong, at the top of a page, with a link to where it can be mended. */
export function ErrorSummary({
  heading = 'There is a problem',
  field,
  detail,
  mend = null,
}: ErrorProps): VNode {
  return (
    <div class="error-summary" role="alert" tabIndex={-1}>
      <h2>{heading}</h2>
      <p>{field === null ? detail : <a href={`#${field}`}>{detail}</a>}</p>
      {mend !== null && <p>{mend}</p>}
    </div>
  )
}

/** The Content-Security-Policy of a page that `ancestors` may frame. */
export function contentPolicy(ancestors: readonly string[]): Record<string, string> {
  const framed = ancestors.length > 0 ? ancestors.join(' ') : "'none'"
  return {
    'content-security-policy': `default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors ${framed}`,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': ancestors.length > 0 ? 'cross-origin' : 'same-origin',
    'referrer-policy': 'same-origin',
  }
}
