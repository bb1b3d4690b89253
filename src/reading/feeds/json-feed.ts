import { generateJsonFeed } from 'feedsmith'
import { type Feed, type FeedEntry, type FeedWords, marksOf, titleOf } from './feed.ts'

export const jsonFeedType = 'application/feed+json'

/** A feed as JSON Feed 1.1. What an entry answers stands under `_postbag`, because that format has no threads. */
export function jsonFeed({ title, language, self, home, words, entries }: Feed): string {
  const generated = generateJsonFeed({
    title,
    language,
    feed_url: self,
    ...(home !== null && { home_page_url: home }),
    items: entries.map((entry) => itemOf(entry, words)),
  })
  // An empty list is left out there, and has to be in a feed.
  return JSON.stringify(Object.assign({ items: [] }, generated))
}

function itemOf(entry: FeedEntry, words: FeedWords) {
  const { id, name, text, language, url, inReplyTo, published, updated } = entry
  const tags = marksOf(entry, words).map(({ label }) => label)
  return {
    id,
    url,
    title: titleOf(entry, words),
    content_text: text,
    language,
    date_published: published,
    date_modified: updated,
    ...(name !== null && { authors: [{ name }] }),
    ...(tags.length > 0 && { tags }),
    _postbag: { in_reply_to: inReplyTo.id },
  }
}
