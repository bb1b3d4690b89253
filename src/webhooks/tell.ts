import type { Sql } from '../database/client.ts'
import { coarse } from '../http/times.ts'
import { feedPath } from '../reading/addresses.ts'
import { articleTag, siteTag } from '../reading/page.ts'
import type { TakenDelivery } from './queue-store.ts'
import { webhookRow } from './store.ts'
import { toldArticle, toldEvent } from './told-store.ts'

/** What is to be told. */
type Telling = Pick<
  TakenDelivery,
  'type' | 'eventId' | 'site' | 'articleId' | 'aboutId' | 'happenedAt' | 'merged'
> & {
  webhook: Pick<TakenDelivery['webhook'], 'id' | 'moderation'>
}

/**
 * The body of a message, of what stands in the database now: words that were erased or taken down since are in no message,
 * however late it is sent. Undefined for what was undone before anybody could see it.
 */
export async function tell(db: Sql, telling: Telling, baseUrl: string): Promise<string | undefined> {
  const { type, happenedAt } = telling
  const told = await dataOf(db, telling, baseUrl)
  if (!told) return undefined
  return JSON.stringify({ type, timestamp: told.timestamp ?? happenedAt.toISOString(), data: told.data })
}

interface Told {
  /** where it is told less exactly than it is known */
  timestamp?: string
  data: object
}

async function dataOf(db: Sql, telling: Telling, baseUrl: string): Promise<Told | undefined> {
  if (telling.eventId !== null) return ofEvent(db, telling, telling.eventId)
  if (telling.articleId !== null) return ofArticle(db, telling, telling.articleId, baseUrl)
  if (telling.type === 'site.changed' && telling.site !== null) {
    return { data: { site: telling.site, tags: [siteTag(telling.site)] } }
  }
  if (telling.type === 'webhook.disabled' && telling.aboutId !== null) return ofWebhook(db, telling.aboutId)
  return { data: { webhook: telling.webhook.id } }
}

async function ofEvent(
  db: Sql,
  { happenedAt, webhook }: Telling,
  eventId: string,
): Promise<Told | undefined> {
  const found = await toldEvent(db, eventId, webhook.moderation)
  if (!found || found.isVoid) return undefined
  const { times, comment, shownAt, decision, report, appeal } = found
  const { article, ...rest } = comment
  return {
    timestamp: coarse(happenedAt, times),
    data: {
      comment: {
        ...present({ ...rest, publishedAt: shownAt && coarse(new Date(shownAt), times) }),
        article: present(article),
      },
      ...(decision && { decision: present(decision) }),
      ...(report && { report: present(report) }),
      ...(appeal && { appeal: present(appeal) }),
    },
  }
}

async function ofArticle(
  db: Sql,
  { aboutId, happenedAt, merged }: Telling,
  articleId: string,
  baseUrl: string,
): Promise<Told | undefined> {
  const found = await toldArticle(db, articleId, aboutId, happenedAt)
  // What others were to tell of the article is told with it, whatever became of its own cause.
  if (!found || (found.isVoid && merged === 0)) return undefined
  const { site, key, otherKeys, times } = found
  const inPath = `/v1/sites/${site}/articles/${encodeURIComponent(key)}/comments`
  const inQuery = `/v1/sites/${site}/comments?article=${encodeURIComponent(key)}`
  const paths = [inPath, inQuery, feedPath(site, key, 'atom'), feedPath(site, key, 'json')]
  return {
    timestamp: coarse(happenedAt, times),
    data: {
      site,
      article: key,
      tags: [key, ...otherKeys].map((one) => articleTag(site, one)),
      urls: paths.map((path) => `${baseUrl}${path}`),
    },
  }
}

async function ofWebhook(db: Sql, id: string): Promise<Told | undefined> {
  const found = await webhookRow(db, id)
  if (!found?.disabledBecause) return undefined
  return { data: { webhook: { id, url: found.url, reason: found.disabledBecause } } }
}

/** Without what is null. */
function present(parts: object): object {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== null))
}
