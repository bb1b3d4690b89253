import { generateAtomFeed } from 'feedsmith'
import { xmlText } from '../../comments/renderers.ts'
import { type Feed, type FeedEntry, type FeedWords, marksOf, titleOf } from './feed.ts'
import { type StandIns, standIns } from './stand-ins.ts'

export const atomType = 'application/atom+xml; charset=utf-8'

/** A feed as Atom (RFC 4287), in which each entry says what it answers (RFC 4685). */
export function atomFeed(feed: Feed): string {
  const { id, title, language, self, home, updated, entries } = feed
  const standing = standIns()
  const document = generateAtomFeed<true>(
    {
      id: standing.of(id),
      title: { type: 'text', value: standing.of(title) },
      updated: new Date(updated),
      links: [
        { rel: 'self', href: standing.of(self), type: 'application/atom+xml' },
        ...(home === null ? [] : [{ rel: 'alternate', href: standing.of(home), type: 'text/html' }]),
      ],
      xml: { lang: language },
      entries: entries.map((entry) => atomEntry(entry, feed.words, standing)),
    },
    { strict: true },
  )
  return standing.replacedIn(document, xmlText)
}

function atomEntry(entry: FeedEntry, words: FeedWords, standing: StandIns) {
  const { id, name, text, language, article, url, inReplyTo, published, updated } = entry
  const marks = marksOf(entry, words)
  return {
    id: standing.of(id),
    title: { type: 'text', value: standing.of(titleOf(entry, words)), xml: { lang: article.language } },
    authors: [{ name: standing.of(name ?? words.unnamed) }],
    published: new Date(published),
    updated: new Date(updated),
    links: [{ rel: 'alternate', href: standing.of(url), type: 'text/html' }],
    content: { type: 'text', value: standing.of(text), xml: { lang: language } },
    thr: {
      inReplyTos: [{ ref: standing.of(inReplyTo.id), href: standing.of(inReplyTo.url), type: 'text/html' }],
    },
    ...(marks.length > 0 && {
      categories: marks.map(({ term, label }) => ({ term, label: standing.of(label) })),
    }),
  }
}
