import type { AppealOutcome, AppealStatus } from '../../comments/comment.ts'
import type { Sql } from '../../database/client.ts'
import type { Precision } from '../../http/times.ts'
import type { Lane } from '../queue/lane.ts'
import type { Appeal } from './appeal.ts'

/** What is kept of an appeal of either kind. */
export interface AnyAppealRow {
  id: string
  position: string
  site: string
  comment: string
  language: string
  times: Precision
  status: AppealStatus
  filedAt: Date
  text: string | null
  /** of the comment, on which the outcome builds */
  version: number
  against: Appeal['against']
  outcome: AppealOutcome | null
  explanation: string | null
  by: string | null
  decidedAt: Date | null
}

/** An appeal of whoever wrote the comment. */
export interface AppealRow extends AnyAppealRow {
  report: null
  judgedRevision: number
  /** who has no part in deciding about it */
  deciderId: string
  firstPersonId: string
}

const shownColumns = `
  p.id, p.position, p.site, p.comment_id as comment, c.language, s.times, p.status, p.filed_at as "filedAt", null as report,
  (select x.text from appeal_text x where x.appeal_id = p.id and x.part = 'appeal') as text,
  p.version, m.judged_revision as "judgedRevision", p.decider_id as "deciderId", p.first_person_id as "firstPersonId",
  jsonb_build_object('version', p.seq, 'action', m.action, 'by', d.pseudonym, 'at', m.decided_at, 'reason', w.reason,
                     'rules', (select jsonb_agg(jsonb_build_object('code', u.code, 'title', u.title) order by u.position)
                                 from rule u where u.id = any (m.rules))) as against,
  p.outcome, r.pseudonym as by, p.reviewed_at as "decidedAt",
  (select x.text from appeal_text x where x.appeal_id = p.id and x.part = 'explanation') as explanation`

const shownTables = `
  join comment c on c.id = p.comment_id
  join site s on s.key = p.site
  join move m on m.comment_id = p.comment_id and m.seq = p.seq
  join person d on d.id = p.decider_id
  left join move_text w on w.comment_id = p.comment_id and w.seq = p.seq
  left join person r on r.id = p.reviewer_id`

export async function findAppeal(db: Sql, id: string): Promise<AppealRow | undefined> {
  const { rows } = await db.query<AppealRow>(
    `select ${shownColumns} from appeal p ${shownTables} where p.id = $1`,
    [id],
  )
  return rows[0]
}

/** Every appeal of whoever wrote a comment, oldest first. */
export async function appealsOn(db: Sql, commentId: string): Promise<AppealRow[]> {
  const { rows } = await db.query<AppealRow>(
    `select ${shownColumns} from appeal p ${shownTables} where p.comment_id = $1 order by p.position`,
    [commentId],
  )
  return rows
}

export interface AppealFilter {
  lanes: Lane[]
  status: AppealStatus
  /** whose own decisions are left out */
  reviewerId: string
  after: string
  limit: number
}

/** Appeals against decisions in which a person had no part, in the order of their filing. */
export async function listAppeals(db: Sql, filter: AppealFilter): Promise<AppealRow[]> {
  const { rows } = await db.query<AppealRow>(
    `select ${shownColumns}
       from jsonb_to_recordset($1::jsonb) as mine (site text, languages text[])
      cross join lateral (
        select a.* from appeal a join comment k on k.id = a.comment_id
         where a.site = mine.site and a.status = $2 and a.position > $3
           and (mine.languages is null or k.language = any (mine.languages)
                or split_part(k.language, '-', 1) = any (mine.languages))
           and $4::uuid not in (a.decider_id, a.first_person_id)
         order by a.position limit $5
      ) as p ${shownTables}
      order by p.position limit $5`,
    [JSON.stringify(filter.lanes), filter.status, filter.after, filter.reviewerId, filter.limit],
  )
  return rows
}

export interface FiledAppeal {
  commentId: string
  /** of the decision that it is about */
  seq: number
  text: string
  salt: Buffer
}

/** Files an appeal. PostgreSQL refuses it unless it is the first about a decision that stands, in time. */
export async function insertAppeal(db: Sql, { commentId, seq, text, salt }: FiledAppeal): Promise<void> {
  await db.query(
    `with filed as (
       insert into appeal (comment_id, seq, text_hash) values ($1, $2, words_hash($4, $3, null))
       returning id, comment_id
     )
     insert into appeal_text (appeal_id, part, comment_id, text, salt)
     select id, 'appeal', comment_id, $3, $4 from filed`,
    [commentId, seq, text, salt],
  )
}

export interface SettledAppeal {
  id: string
  outcome: AppealOutcome
  reviewerId: string
  keyId: string | null
  explanation: string
  salt: Buffer
}

/** Writes the outcome of an open appeal; false where it was settled before. Its moves belong to the same transaction. */
export async function settleAppeal(tx: Sql, settled: SettledAppeal): Promise<boolean> {
  const { rowCount } = await tx.query(
    `with settled as (
       update appeal
          set status = 'decided', outcome = $2, reviewer_id = $3, key_id = $4,
              explanation_hash = words_hash($6, $5, null),
              outcome_seq = version + case $2 when 'reversed' then 1 when 'partly_reversed' then 2 end
        where id = $1 and status = 'open'
       returning id, comment_id
     )
     insert into appeal_text (appeal_id, part, comment_id, text, salt)
     select id, 'explanation', comment_id, $5, $6 from settled`,
    [settled.id, settled.outcome, settled.reviewerId, settled.keyId, settled.explanation, settled.salt],
  )
  return rowCount === 1
}
