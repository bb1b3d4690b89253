import type { Database, Sql } from '../../database/client.ts'
import { Problem } from '../../http/problems.ts'
import { coarse } from '../../http/times.ts'
import { liesWithin } from '../../sites/article.ts'
import { articlePath, commentPath, type FeedForm, feedPath } from '../addresses.ts'
import type { Shown } from '../shown.ts'
import { type Feed, type FeedEntry, type FeedWords, mostEntries, urnOf } from './feed.ts'
import {
  type ArticleOfFeed,
  type FeedSite,
  findFeedArticle,
  findFeedSite,
  type NewestRow,
  newestOfArticle,
  newestOfSite,
} from './store.ts'

export interface FeedSources {
  db: Database
  /** the primary or a replica */
  reader: Sql
  baseUrl: string
  /** the feeds' own words, in a language (BCP 47) or in the one that comes next to it */
  wordsIn: (language: string) => FeedWords
}

/** What becomes due on a site shows in its feed so many milliseconds later at the latest. */
const siteFeedLasts = 10_000

/** The newest comments of a site. Throws `site_not_found`. */
export async function siteFeed(
  { db, reader, baseUrl, wordsIn }: FeedSources,
  siteKey: string,
  form: FeedForm,
): Promise<Shown<Feed>> {
  const site = await feedSite(db, siteKey)
  const rows = await newestOfSite(reader, siteKey, mostEntries)
  const self = `${baseUrl}${feedPath(siteKey, null, form)}`
  const words = wordsIn(site.language)
  const title = `${words.comments} · ${site.name}`
  const about = {
    id: `${baseUrl}${feedPath(siteKey, null, 'atom')}`,
    title,
    language: site.language,
    self,
    words,
  }
  return {
    answer: feedOf({ ...about, home: null }, rows, site, baseUrl),
    site: siteKey,
    articles: [],
    everyArticle: true,
    about: [],
    lacks: false,
    changesIn: siteFeedLasts,
  }
}

/** The newest comments of an article, replies among them. Throws `site_not_found`, `article_not_found`. */
export async function articleFeed(
  { db, reader, baseUrl, wordsIn }: FeedSources,
  siteKey: string,
  key: string,
  form: FeedForm,
): Promise<Shown<Feed>> {
  const site = await feedSite(db, siteKey)
  const found = await findFeedArticle(reader, siteKey, key)
  if (!found && !(site.automaticArticles && liesWithin(key, site.origins))) {
    throw new Problem('article_not_found')
  }
  // Before its first comment an article that a submission would make has an empty feed, as it has an empty list.
  const article = found ?? { key, title: null, url: null, language: site.language }
  const parts = found?.parts ?? []
  const rows = found ? await newestOfArticle(reader, siteKey, parts, mostEntries) : []
  const self = `${baseUrl}${feedPath(siteKey, article.key, form)}`
  const words = wordsIn(article.language)
  const about = {
    id: found ? urnOf(found.id) : `${baseUrl}${feedPath(siteKey, key, 'atom')}`,
    title: `${words.comments} · ${article.title ?? article.key} · ${site.name}`,
    language: article.language,
    self,
    words,
    home: `${baseUrl}${articlePath(siteKey, article.key)}`,
  }
  return {
    answer: feedOf(about, rows, site, baseUrl),
    site: siteKey,
    articles: parts,
    about: [key],
    lacks: found === undefined,
    changesIn: found?.changesIn ?? null,
  }
}

/** A site that has to be there. */
export async function feedSite(db: Database, key: string): Promise<FeedSite> {
  const site = await findFeedSite(db.desk, key)
  if (!site) throw new Problem('site_not_found')
  return site
}

function feedOf(
  about: Omit<Feed, 'updated' | 'entries'>,
  rows: NewestRow[],
  site: FeedSite,
  baseUrl: string,
): Feed {
  const entries = rows.map((row) => entryOf(row, site, baseUrl))
  const newest = entries.map(({ updated }) => updated).toSorted()
  return { ...about, updated: newest.at(-1) ?? coarse(site.createdAt, site.times), entries }
}

function entryOf(row: NewestRow, { key: site, times }: FeedSite, baseUrl: string): FeedEntry {
  const { id, parent_id, name, text, language, article, first_shown_at, changed_at, edited, staff } = row
  return {
    id: urnOf(id),
    name,
    text,
    language,
    article: { title: article.title ?? article.key, language: article.language },
    url: `${baseUrl}${commentPath(site, article.key, id)}`,
    inReplyTo:
      parent_id === null
        ? articleItself(site, article, baseUrl)
        : { id: urnOf(parent_id), url: `${baseUrl}${commentPath(site, article.key, parent_id)}` },
    published: coarse(first_shown_at, times),
    updated: coarse(changed_at, times),
    edited,
    staff,
  }
}

/** The publisher's page where its address is known, for others to find under the same name; else ours. */
function articleItself(site: string, { key, url }: ArticleOfFeed, baseUrl: string): FeedEntry['inReplyTo'] {
  const known = [url, key].find(
    (address) => address !== null && /^https?:\/\//.test(address) && URL.canParse(address),
  )
  const address = known ? new URL(known).href : `${baseUrl}${articlePath(site, key)}`
  return { id: address, url: address }
}
