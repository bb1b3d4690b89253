import { openCursor, sealCursor } from '../../http/paging.ts'
import { Problem } from '../../http/problems.ts'
import type { Shown } from '../shown.ts'
import { type FeedSources, feedSite } from './read-feed.ts'
import { sitemapAddress, sitemapIndexOf, sitemapOf } from './sitemap.ts'
import { listedArticles, type PartBegin, sitemapParts } from './sitemap-store.ts'
import type { FeedSite } from './store.ts'

export interface SitemapSources extends Omit<FeedSources, 'wordsIn'> {
  cursorKey: Buffer
  /** articles in a part */
  each: number
}

/** What becomes due on a site shows in its sitemap so many milliseconds later at the latest, a new part so many later. */
const sitemapLasts = 60_000
const indexLasts = 600_000

/**
 * The articles of a site that show comments; of a site with more than a part of them, an index of the parts, or the part
 * that `cursor` names. Throws `site_not_found`, `invalid_cursor`, and `not_found` where there is no such article, because
 * the protocol knows no empty sitemap.
 */
export async function readSitemap(
  sources: SitemapSources,
  siteKey: string,
  cursor: string | undefined,
): Promise<Shown<string>> {
  const { db, reader, cursorKey, each } = sources
  const site = await feedSite(db, siteKey)
  const list = `sitemap ${siteKey}`
  if (cursor !== undefined) return partOf(sources, site, beginIn(openCursor(cursorKey, list, cursor)))
  const [first, ...others] = await sitemapParts(reader, siteKey, each)
  if (!first) throw noneYet()
  if (others.length === 0) return partOf(sources, site, first)
  const cursors = [first, ...others].map(({ madeAt, id }) => sealCursor(cursorKey, list, [madeAt, id]))
  const addresses = cursors.map((one) => `${sources.baseUrl}/${siteKey}/sitemap.xml?cursor=${one}`)
  // It names no article, and to make it all of them are gone through: no change has it made anew.
  return {
    answer: sitemapIndexOf(addresses),
    site: siteKey,
    articles: [],
    about: [],
    lacks: false,
    changesIn: indexLasts,
  }
}

async function partOf(
  { reader, baseUrl, each }: SitemapSources,
  site: FeedSite,
  begin: PartBegin,
): Promise<Shown<string>> {
  const articles = await listedArticles(reader, site.key, begin, each)
  if (articles.length === 0) throw noneYet()
  const addresses = articles.map((article) => sitemapAddress(article, site, baseUrl))
  return {
    answer: sitemapOf(addresses),
    site: site.key,
    articles: [],
    everyArticle: true,
    about: [],
    lacks: false,
    changesIn: sitemapLasts,
  }
}

function beginIn([madeAt = '', id = '']: string[]): PartBegin {
  return { madeAt, id }
}

function noneYet(): Problem {
  return new Problem('not_found', 'No article here shows a comment.')
}
