import type { VNode } from 'preact'
import { feedPath } from '../reading/addresses.ts'
import type { Voice } from './voice.ts'

/** Where a page's own address is, and where programs find the comments of its article. */
export function HeadLinks({
  site,
  article,
  canonical,
  voice,
}: {
  site: string
  article: string
  canonical: string
  voice: Voice
}): VNode {
  return (
    <>
      <link rel="canonical" href={canonical} />
      <link
        rel="alternate"
        type="application/atom+xml"
        title={`${voice.say('feed.title')} (Atom)`}
        href={feedPath(site, article, 'atom')}
      />
      <link
        rel="alternate"
        type="application/feed+json"
        title={`${voice.say('feed.title')} (JSON Feed)`}
        href={feedPath(site, article, 'json')}
      />
    </>
  )
}

/** What search engines read: data, which no browser runs, and which a Content-Security-Policy does not keep out. */
export function StructuredData({ json }: { json: string }): VNode {
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />
}

/** What others show of a page to which somebody links (ogp.me). */
export function OpenGraph({ properties }: { properties: Record<string, string> }): VNode {
  return (
    <>
      {Object.entries(properties).map(([property, content]) => (
        <meta property={property} content={content} />
      ))}
    </>
  )
}
