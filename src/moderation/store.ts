import type { Move, Proposal, Status } from '../comments/status.ts'
import type { Sql } from '../database/client.ts'
import type { Precision } from '../http/times.ts'
import type { Signal } from '../screening/signal.ts'
import { articleOfComment } from '../sites/moved-article-store.ts'
import type { Limits } from '../sites/site.ts'
import type { CitedRule, Rule } from '../terms/terms.ts'

interface Words {
  name: string | null
  text: string
}

/** A comment with its newest move, as the queue and the item show it. */
export interface ModeratedRow {
  id: string
  position: string
  site: string
  article: string
  article_title: string | null
  article_url: string | null
  parent: string | null
  status: Status
  version: number
  revision: number
  name: string | null
  text: string | null
  language: string
  times: Precision
  submitted_at: Date
  visible_at: Date | null
  terms_version: number
  signals: Signal[]
  screened: boolean
  removed: Record<string, number>
  last: {
    action: Move
    proposal: Proposal | 'none'
    by: string | null
    personId: string | null
    at: string
    rules: CitedRule[]
  }
  /** whether somebody who moderates wrote it */
  staff: boolean
  /** whether somebody said that it threatens a life */
  danger: boolean
  /** the lease on it, while somebody has one */
  claim: { personId: string; by: string; until: string } | null
  /** how many wait that say the same, counted up to 100 */
  cluster: { matchHash: string; size: number } | null
}

/** What a decision hangs on, besides what is shown. */
export interface JudgedRow extends ModeratedRow {
  limits: Limits
  edits: 'full' | 'removals' | 'off'
  /** the rules under which the standing revision was edited already */
  revision_rules: string[]
  /** the revisions that have words; none once they are erased */
  revisions: number[]
  rules: (Rule & { id: string })[]
  submitted: Words | null
  proposed: Words | null
  /** whether the newest move can still be undone, and the state to which that leads */
  undoable: boolean
  /** whether the newest move is the outcome of an appeal */
  is_outcome: boolean
  /** whether the newest move was made by order of an authority */
  is_ordered: boolean
  /** the orders that name the comment, and whether they are to act against content */
  orders: { id: string; acts: boolean }[]
  before: { status: Status; revision: number } | null
  escalated_by: string | null
  /** who of the staff wrote it */
  staff_writer: string | null
  /** people who may decide on this site */
  deciders: number
}

const isClassified =
  'not exists (select from unclassified u where u.comment_id = c.id and u.seq = c.revision)'

/** What is selected of a comment `c` with `shownTables`. */
export const shownColumns = `
  c.id, c.position, c.site, a.key as article, a.title as article_title, a.url as article_url, c.parent_id as parent,
  c.status, c.seq as version, c.revision, t.name, t.text, c.language, s.times, c.submitted_at,
  c.shows_from as visible_at, r.terms_version, coalesce(n.signals, '[]') as signals, r.removed,
  (c.status not in ('pending', 'second_review') or n.comment_id is not null and ${isClassified}) as screened,
  jsonb_build_object('action', m.action, 'proposal', m.proposal, 'by', p.pseudonym, 'personId', m.person_id,
                     'at', m.decided_at, 'rules', ${citedRules('m.rules')}) as last,
  c.staff,
  exists (select from danger d where d.comment_id = c.id) as danger,
  case when wait.claimed_until > moment()
       then jsonb_build_object('personId', wait.claimed_by, 'until', wait.claimed_until,
                               'by', (select k.pseudonym from person k where k.id = wait.claimed_by)) end as claim,
  case when wait.match_hash is not null
       then jsonb_build_object('matchHash', wait.match_hash::text,
                               'size', (select count(*) from (select from waiting same
                                                               where same.site = wait.site and same.status = 'pending'
                                                                 and same.match_hash = wait.match_hash
                                                               limit 100) as few)) end as cluster`

/** What belongs to a comment `c`; `waiting` names the rows of the queue. */
export const shownTables = (waiting = 'waiting') => `
  left join ${waiting} wait on wait.comment_id = c.id
  join site s on s.key = c.site
  ${articleOfComment}
  join move m on m.comment_id = c.id and m.seq = c.seq
  left join person p on p.id = m.person_id
  join revision r on r.comment_id = c.id and r.seq = c.revision
  left join revision_text t on t.comment_id = c.id and t.seq = c.revision
  left join screening n on n.comment_id = c.id and n.seq = c.revision`

/** SQL for the rules of these ids, as they are cited. */
export function citedRules(ids: string): string {
  return `coalesce((select jsonb_agg(jsonb_build_object('code', u.code, 'title', u.title) order by u.position)
                      from rule u where u.id = any (${ids})), '[]')`
}

/** A comment with all that a decision about it hangs on. One query. */
export async function commentToJudge(db: Sql, id: string): Promise<JudgedRow | undefined> {
  const { rows } = await db.query<JudgedRow>({
    name: 'comment_to_judge',
    text: `
      select ${shownColumns}, s.edits, r.rules as revision_rules,
             jsonb_build_object('textGraphemes', s.text_graphemes, 'textBytes', s.text_bytes,
                                'nameGraphemes', s.name_graphemes) as limits,
             (select jsonb_agg(jsonb_build_object(
                       'id', u.id, 'code', u.code, 'title', u.title, 'text', u.text, 'needsSecond', u.needs_second,
                       'category', u.category, 'keywords', to_jsonb(u.keywords),
                       'permits', (select jsonb_agg(x.permit order by x.permit) from rule_permit x
                                    where x.site = u.site and x.rule_id = u.id and not x.alone)) order by u.position)
                from rule u where u.site = c.site and u.version = r.terms_version) as rules,
             coalesce((select jsonb_agg(w.seq) from revision_text w where w.comment_id = c.id), '[]') as revisions,
             (select jsonb_build_object('name', w.name, 'text', w.text)
                from move y join revision_text w on w.comment_id = y.comment_id and w.seq = y.seq
               where y.comment_id = c.id and y.action in ('submit', 'import', 'resubmit')
               order by y.seq desc limit 1) as submitted,
             (select jsonb_build_object('name', w.name, 'text', w.text) from revision_text w
               where m.action = 'escalate' and w.comment_id = c.id and w.seq = c.seq) as proposed,
             undo_until(m) > moment() as undoable,
             exists (select from appeal o where o.comment_id = c.id and o.outcome_seq = c.seq)
             or exists (select from report_appeal o where o.comment_id = c.id and o.outcome_seq = c.seq) as is_outcome,
             m.order_id is not null as is_ordered,
             coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'acts', o.kind = 'art9'))
                         from legal_order_comment g join legal_order o on o.id = g.order_id
                        where g.comment_id = c.id), '[]') as orders,
             (select jsonb_build_object('status', b.to_status, 'revision', b.revision) from move b
               where b.comment_id = c.id and b.seq = c.seq - 1) as before,
             (select e.person_id from escalation e where c.status = 'second_review' and e.comment_id = c.id
               order by e.seq desc limit 1) as escalated_by,
             case when c.staff then (select w.person_id from move w where w.comment_id = c.id and w.seq = 1 and w.action = 'submit') end
               as staff_writer,
             (select count(*)::int from person d
               where d.active
                 and (d.admin
                      or exists (select from membership k
                                  where k.person_id = d.id and k.site = c.site
                                    and (k.languages = '{}' or k.languages && array[c.language, split_part(c.language, '-', 1)])))
             ) as deciders
        from comment c ${shownTables()}
       where c.id = $1`,
    values: [id],
  })
  return rows[0]
}

export interface LoggedRow {
  id: string
  version: number
  action: string
  proposal: Proposal | 'none'
  from_status: string
  to_status: Status
  pseudonym: string | null
  decided_at: Date
  shows_from: Date | null
  rules: CitedRule[]
  order_id: string | null
  reason: string | null
  note: string | null
  /** the revision that it judged, and the one that stands after it */
  judged: number
  revision: number
  wrote: Words | null
  /** what screening noticed about what it wrote; null where that is not kept */
  signals: Signal[] | null
}

/** Every move of a comment, oldest first. */
export async function history(db: Sql, id: string): Promise<LoggedRow[]> {
  const { rows } = await db.query<LoggedRow>(
    `select m.id, m.seq as version, m.action, m.proposal, m.from_status, m.to_status, p.pseudonym, m.decided_at,
            m.shows_from, ${citedRules('m.rules')} as rules, m.order_id, w.reason, w.note,
            m.judged_revision as judged, m.revision,
            case when t.text is not null then jsonb_build_object('name', t.name, 'text', t.text) end as wrote,
            n.signals
       from move m
       left join person p on p.id = m.person_id
       left join move_text w on w.comment_id = m.comment_id and w.seq = m.seq
       left join revision_text t on t.comment_id = m.comment_id and t.seq = m.seq
       left join screening n on n.comment_id = m.comment_id and n.seq = m.seq
      where m.comment_id = $1
      order by m.seq`,
    [id],
  )
  return rows
}
