import type { Difference } from '../comments/difference.ts'
import { coarse } from '../http/times.ts'
import { toUnicode } from '../screening/zawgyi.ts'
import { clusterKey } from './clusters/cluster.ts'
import type { Converted, LoggedMove, ModeratedComment } from './decision.ts'
import type { LoggedRow, ModeratedRow } from './store.ts'

/** A row as moderators see it; when the reader wrote is as coarse as the site says. */
export function moderated(row: ModeratedRow): ModeratedComment {
  const { last } = row
  return {
    id: row.id,
    site: row.site,
    article: row.article,
    articleTitle: row.article_title,
    articleUrl: row.article_url,
    parent: row.parent,
    status: row.status,
    version: row.version,
    revision: row.revision,
    name: row.name,
    text: row.text,
    language: row.language,
    submittedAt: coarse(row.submitted_at, row.times),
    visibleAt: row.visible_at?.toISOString() ?? null,
    termsVersion: row.terms_version,
    signals: row.signals,
    screened: row.screened,
    removed: row.removed,
    last: {
      action: last.action,
      by: last.by,
      at: last.by === null ? coarse(new Date(last.at), row.times) : new Date(last.at).toISOString(),
      rules: last.rules,
      ...(last.proposal !== 'none' && { proposal: last.proposal }),
    },
    ...(row.staff && { staff: true as const }),
    ...(row.danger && { danger: true as const }),
    ...(row.cluster &&
      row.cluster.size > 1 && {
        cluster: {
          key: clusterKey({ site: row.site, matchHash: BigInt(row.cluster.matchHash) }),
          size: row.cluster.size,
        },
      }),
    ...(row.claim && { claim: { by: row.claim.by, until: new Date(row.claim.until).toISOString() } }),
  }
}

/** What a text in an encoding that many devices show wrongly says, for a moderator's eyes; null for any other text. */
export function converted({ text, signals }: Pick<ModeratedComment, 'text' | 'signals'>): Converted | null {
  const isZawgyi = signals.some(({ code }) => code === 'zawgyi')
  return text !== null && isZawgyi ? { encoding: 'zawgyi', text: toUnicode(text) } : null
}

/** A row of the log as moderators see it. */
export function logged(
  row: LoggedRow,
  times: ModeratedRow['times'],
  difference: Difference | null,
): LoggedMove {
  return {
    id: row.id,
    version: row.version,
    action: row.action,
    ...(row.proposal !== 'none' && { proposal: row.proposal }),
    from: row.from_status,
    to: row.to_status,
    by: row.pseudonym,
    at: row.pseudonym === null ? coarse(row.decided_at, times) : row.decided_at.toISOString(),
    visibleAt: row.shows_from?.toISOString() ?? null,
    rules: row.rules,
    ...(row.order_id !== null && { order: row.order_id }),
    reason: row.reason,
    note: row.note,
    revision: row.revision,
    wrote: row.wrote,
    difference,
    signals: row.signals,
  }
}
