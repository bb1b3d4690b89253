import type { Proposal, Status } from '../comments/status.ts'
import type { Sql } from '../database/client.ts'
import type { Precision } from '../http/times.ts'
import { articleOfComment } from '../sites/moved-article-store.ts'
import type { CitedRule } from '../terms/terms.ts'
import { citedRules } from './store.ts'

export interface ContextRow {
  id: string
  article: string
  status: Status
  language: string
  name: string | null
  text: string | null
  submittedAt: Date
  times: Precision
  isPublic: boolean
  decision: {
    action: string
    proposal: Proposal | 'none'
    by: string
    at: string
    rules: CitedRule[]
  } | null
}

const columns = `
  c.id, a.key as article, c.status, c.language, t.name, t.text, c.submitted_at as "submittedAt", s.times,
  coalesce(c.shows_from <= moment(), false) as "isPublic",
  (select jsonb_build_object('action', m.action, 'proposal', m.proposal, 'by', p.pseudonym, 'at', m.decided_at,
                             'rules', ${citedRules('m.rules')})
     from move m join person p on p.id = m.person_id
    where m.comment_id = c.id and m.action <> 'undo'
      and not exists (select from move u where u.comment_id = m.comment_id and u.seq = m.seq + 1 and u.action = 'undo')
    order by m.seq desc limit 1) as decision`

const tables = `
  ${articleOfComment}
  join site s on s.key = c.site
  left join revision_text t on t.comment_id = c.id and t.seq = c.revision`

/** What a comment answers, from the first of its thread down. */
export async function ancestorsOf(db: Sql, id: string): Promise<ContextRow[]> {
  const { rows } = await db.query<ContextRow>(
    `select ${columns}
       from (select x.id, x.depth from comment own cross join unnest(own.ancestors) with ordinality as x (id, depth)
              where own.id = $1) as above
       join comment c on c.id = above.id ${tables}
      order by above.depth`,
    [id],
  )
  return rows
}

/** The newest text of a comment that its reader sent; undefined once it is erased, and before it is screened. */
export async function readersText(db: Sql, id: string): Promise<string | undefined> {
  const { rows } = await db.query<{ text: string }>(
    `select t.text from screening n join revision_text t on t.comment_id = n.comment_id and t.seq = n.seq
      where n.comment_id = $1 order by n.seq desc limit 1`,
    [id],
  )
  return rows[0]?.text
}

/** So many, at most, are looked at in the index, and compared. */
const most = { found: 200, compared: 50 }

/** Earlier comments of the site with a text of the same hash, the newest first, with that text. */
export async function perhapsAlike(db: Sql, id: string): Promise<(ContextRow & { compared: string })[]> {
  const { rows } = await db.query<ContextRow & { compared: string }>(
    `with own as (
       select n.site, n.match_hash, n.screened_at, c.position
         from screening n join comment c on c.id = n.comment_id
        where n.comment_id = $1 order by n.seq desc limit 1
     ), near as (
       select found.*, own.position as before
         from own cross join lateral (
           select n.comment_id, n.seq from screening n
            where (n.site, n.match_hash, n.screened_at) >= (own.site, own.match_hash, timestamptz '-infinity')
              and (n.site, n.match_hash, n.screened_at) <= (own.site, own.match_hash, own.screened_at)
            order by n.site desc, n.match_hash desc, n.screened_at desc limit ${most.found}) as found
        where found.comment_id <> $1
     )
     select ${columns}, u.text as compared
       from near
       join comment c on c.id = near.comment_id and c.position < near.before ${tables}
       join revision_text u on u.comment_id = near.comment_id and u.seq = near.seq
      order by c.position desc, near.seq desc limit ${most.compared}`,
    [id],
  )
  return rows
}
