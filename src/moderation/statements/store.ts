import type { Sql } from '../../database/client.ts'
import type { Precision } from '../../http/times.ts'
import type { StatementFacts } from './transparency.ts'

export interface StatementRow extends StatementFacts {
  comment: string
  version: number
  decidedAt: Date
  appealUntil: Date | null
  annulled: boolean
  reason: string | null
  times: Precision
}

const isUndone = `exists (select from move u where u.comment_id = n.comment_id and u.seq = n.seq + 1 and u.action = 'undo')`

const columns = `
  n.id, n.site, n.comment_id as comment, n.seq as version, n.action, n.decided_at as "decidedAt",
  n.applies_from as "appliesFrom", n.appeal_until as "appealUntil", n.content_language as "contentLanguage",
  case when m.order_id is not null then 'order'
       else coalesce((select case r.kind when 'law' then 'notice' else 'other_notification' end from report r
                       where r.comment_id = n.comment_id
                         and (r.outcome_seq = n.seq and r.person_id is not null
                              or exists (select from report_appeal a where a.report_id = r.id and a.outcome_seq = n.seq))
                       order by r.kind limit 1), n.source) end as source,
  n.automated_detection as "automatedDetection", s.times, ${isUndone} as annulled,
  judged.terms_version as "termsVersion",
  (select sent.decided_at from move sent
    where sent.comment_id = n.comment_id and sent.action in ('submit', 'import', 'resubmit') and sent.seq <= m.judged_revision
    order by sent.seq desc limit 1) as "sentAt",
  coalesce((select jsonb_agg(jsonb_build_object('code', u.code, 'title', u.title, 'text', u.text,
                                                'category', u.category, 'keywords', to_jsonb(u.keywords))
                             order by u.id <> m.lead_rule_id, u.position)
              from rule u where u.id = any (m.rules)), '[]') as rules,
  case when o.id is not null
       then jsonb_build_object('readerMayBeTold', o.reader_may_be_told, 'country', o.country, 'authority', o.authority,
                               'legalBasis', o.legal_basis, 'reference', o.reference, 'summary', o.public_summary)
       end as "order",
  (select w.reason from move_text w where w.comment_id = n.comment_id and w.seq = n.seq) as reason`

const tables = `
  join move m on m.comment_id = n.comment_id and m.seq = n.seq
  join site s on s.key = n.site
  join revision judged on judged.comment_id = n.comment_id and judged.seq = m.judged_revision
  left join legal_order o on o.id = m.order_id`

/** A comment's newest statement, or the one of a version. */
export async function statementOf(
  db: Sql,
  commentId: string,
  version: number | null,
): Promise<StatementRow | undefined> {
  const { rows } = await db.query<StatementRow>(
    `select ${columns} from statement n ${tables}
      where n.comment_id = $1 and ($2::int is null or n.seq = $2)
      order by n.seq desc limit 1`,
    [commentId, version],
  )
  return rows[0]
}

/**
 * The newest statement of which a comment's reader knows: that of an edit once it shows, and none of an order that forbids
 * to tell.
 */
export async function toldStatementOf(db: Sql, commentId: string): Promise<StatementRow | undefined> {
  const { rows } = await db.query<StatementRow>(
    `select ${columns} from statement n ${tables}
      where n.comment_id = $1 and (n.action <> 'edit' or n.applies_from <= moment() and not ${isUndone})
        and (m.order_id is null or o.reader_may_be_told)
      order by n.seq desc limit 1`,
    [commentId],
  )
  return rows[0]
}

export interface StatementFilter {
  site: string
  from: string | null
  to: string | null
  after: StatementPlace | null
  limit: number
  /** without what was undone, and what still can be */
  isFinalOnly: boolean
}

export interface StatementPlace {
  decidedAt: string
  id: string
}

/** A site's statements in the order of their decisions. */
export async function listStatements(db: Sql, filter: StatementFilter): Promise<StatementRow[]> {
  const { rows } = await db.query<StatementRow>(
    `select ${columns} from statement n ${tables}
      where n.site = $1
        and ($2::date is null or n.decided_at >= $2::date::timestamp at time zone 'UTC')
        and ($3::date is null or n.decided_at < ($3::date + 1)::timestamp at time zone 'UTC')
        and ($4::timestamptz is null or (n.decided_at, n.id) > ($4, $5::uuid))
        and (not $6 or undo_until(m) <= moment() and not ${isUndone})
      order by n.decided_at, n.id limit $7`,
    [
      filter.site,
      filter.from,
      filter.to,
      filter.after?.decidedAt ?? null,
      filter.after?.id ?? null,
      filter.isFinalOnly,
      filter.limit,
    ],
  )
  return rows
}
