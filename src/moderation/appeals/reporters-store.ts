import type { Sql } from '../../database/client.ts'
import type { Appeal } from './appeal.ts'
import type { AnyAppealRow, AppealFilter, SettledAppeal } from './store.ts'

/** An appeal of whoever reported a comment that was kept. */
export interface ReportersAppealRow extends AnyAppealRow {
  report: NonNullable<Appeal['report']>
  /** who has no part in deciding about it */
  resolverId: string
  /** who wrote the comment, where one of the staff did */
  writerId: string | null
}

const shownColumns = `
  p.id, p.position, p.site, p.comment_id as comment, c.language, s.times, p.status, p.filed_at as "filedAt",
  (select x.text from report_appeal_text x where x.appeal_id = p.id and x.part = 'appeal') as text,
  p.version, p.resolver_id as "resolverId",
  (select w.person_id from move w where w.comment_id = p.comment_id and w.seq = 1 and w.action = 'submit') as "writerId",
  jsonb_build_object('id', f.id, 'kind', f.kind, 'rule', f.rule, 'country', f.country, 'law', said.law,
                     'danger', f.danger, 'explanation', said.explanation, 'receivedAt', f.filed_at) as report,
  jsonb_build_object('version', p.version, 'action', f.outcome, 'by', d.pseudonym, 'at', f.resolved_at,
                     'reason', told.explanation, 'rules', '[]'::jsonb) as against,
  p.outcome, r.pseudonym as by, p.reviewed_at as "decidedAt",
  (select x.text from report_appeal_text x where x.appeal_id = p.id and x.part = 'explanation') as explanation`

const shownTables = `
  join report f on f.id = p.report_id
  join comment c on c.id = p.comment_id
  join site s on s.key = p.site
  join person d on d.id = p.resolver_id
  left join report_text said on said.report_id = f.id
  left join report_answer told on told.report_id = f.id
  left join person r on r.id = p.reviewer_id`

export async function findReportersAppeal(db: Sql, id: string): Promise<ReportersAppealRow | undefined> {
  const { rows } = await db.query<ReportersAppealRow>(
    `select ${shownColumns} from report_appeal p ${shownTables} where p.id = $1`,
    [id],
  )
  return rows[0]
}

/** Appeals about reports that somebody else resolved, and comments that they did not write, in the order of their filing. */
export async function listReportersAppeals(db: Sql, filter: AppealFilter): Promise<ReportersAppealRow[]> {
  const { rows } = await db.query<ReportersAppealRow>(
    `select ${shownColumns}
       from jsonb_to_recordset($1::jsonb) as mine (site text, languages text[])
      cross join lateral (
        select a.* from report_appeal a join comment k on k.id = a.comment_id
         where a.site = mine.site and a.status = $2 and a.position > $3
           and (mine.languages is null or k.language = any (mine.languages)
                or split_part(k.language, '-', 1) = any (mine.languages))
           and a.resolver_id <> $4::uuid
           and not exists (select from move w where w.comment_id = a.comment_id and w.seq = 1 and w.action = 'submit'
                              and w.person_id = $4)
         order by a.position limit $5
      ) as p ${shownTables}
      order by p.position limit $5`,
    [JSON.stringify(filter.lanes), filter.status, filter.after, filter.reviewerId, filter.limit],
  )
  return rows
}

/** Files an appeal. PostgreSQL refuses it unless it is the first about a comment that was kept and still shows, in time. */
export async function insertReportersAppeal(
  db: Sql,
  { reportId, text, salt }: { reportId: string; text: string; salt: Buffer },
): Promise<void> {
  await db.query(
    `with filed as (
       insert into report_appeal (report_id, text_hash) values ($1, words_hash($3, $2, null)) returning id
     )
     insert into report_appeal_text (appeal_id, part, text, salt) select id, 'appeal', $2, $3 from filed`,
    [reportId, text, salt],
  )
}

/** Writes the outcome of an open appeal, after its move; false where it was settled before. */
export async function settleReportersAppeal(tx: Sql, settled: SettledAppeal): Promise<boolean> {
  const { rowCount } = await tx.query(
    `with settled as (
       update report_appeal
          set status = 'decided', outcome = $2, reviewer_id = $3, key_id = $4,
              explanation_hash = words_hash($6, $5, null), outcome_seq = case when $2 <> 'upheld' then version + 1 end
        where id = $1 and status = 'open'
       returning id
     )
     insert into report_appeal_text (appeal_id, part, text, salt) select id, 'explanation', $5, $6 from settled`,
    [settled.id, settled.outcome, settled.reviewerId, settled.keyId, settled.explanation, settled.salt],
  )
  return rowCount === 1
}
