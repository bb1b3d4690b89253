import { xmlText } from '../../comments/renderers.ts'
import { coarse, type Precision } from '../../http/times.ts'
import { liesWithin } from '../../sites/article.ts'
import { articlePath } from '../addresses.ts'
import type { ListedArticle } from './sitemap-store.ts'
import type { FeedSite } from './store.ts'

export const sitemapType = 'application/xml; charset=utf-8'

/**
 * Articles in a part. The protocol allows 50,000 addresses and 50 MB; this many addresses of the greatest length have room
 * in that, and in the memory from which they are sent.
 */
export const articlesInPart = 5_000

/** The protocol allows less than 2,048 characters. */
const longestAddress = 2_047

/** A part of a sitemap (sitemaps.org, 0.9). An article whose address is too long for it is left out. */
export function sitemapOf(addresses: readonly SitemapAddress[]): string {
  const urls = addresses
    .filter(({ at }) => at.length <= longestAddress)
    .map(({ at, changed }) => `<url><loc>${xmlText(at)}</loc><lastmod>${changed}</lastmod></url>`)
  return document('urlset', urls)
}

/** The index of a sitemap's parts. */
export function sitemapIndexOf(addresses: readonly string[]): string {
  const parts = addresses.map((at) => `<sitemap><loc>${xmlText(at)}</loc></sitemap>`)
  return document('sitemapindex', parts)
}

export interface SitemapAddress {
  at: string
  /** ISO 8601 */
  changed: string
}

/** Where an article's comments are read: at the publisher's own page, where that is known, else at ours. */
export function sitemapAddress(
  { key, url, changedAt }: ListedArticle,
  site: Pick<FeedSite, 'key' | 'origins'> & { times: Precision },
  baseUrl: string,
): SitemapAddress {
  const own = publishersPage({ key, url }, site.origins)
  return { at: own ?? `${baseUrl}${articlePath(site.key, key)}`, changed: coarse(changedAt, site.times) }
}

/** The address of an article on one of the site's own origins, as a browser writes it; null where none is known. */
export function publishersPage(
  { key, url }: Pick<ListedArticle, 'key' | 'url'>,
  origins: readonly string[],
): string | null {
  const own = [url, key].find((address) => address !== null && liesWithin(address, origins))
  return own ? new URL(own).href : null
}

function document(root: string, parts: readonly string[]): string {
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`
  return `${head}\n${parts.map((part) => `${part}\n`).join('')}</${root}>\n`
}
