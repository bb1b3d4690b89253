import { newSalt } from '../../comments/move-store.ts'
import type { Sql } from '../../database/client.ts'
import { type ModeratedRow, shownColumns, shownTables } from '../store.ts'
import type { Report } from './report.ts'

export interface ReportRow extends Omit<Report, 'receivedAt' | 'resolvedAt' | 'comment'> {
  position: string
  filedAt: Date
  resolvedAt: Date | null
  comment: ModeratedRow
}

interface JoinedRow extends Omit<ReportRow, 'comment'> {
  commentId: string
}

const columns = `
  f.id, f.position, f.site, f.comment_id as "commentId", f.kind, f.rule, f.country, f.danger, f.status, f.outcome,
  f.filed_at as "filedAt", f.resolved_at as "resolvedAt", said.explanation, said.law,
  (select k.pseudonym from person k where k.id = f.person_id) as by,
  (select a.explanation from report_answer a where a.report_id = f.id) as answer,
  (select jsonb_build_object('id', p.id, 'status', p.status, 'outcome', p.outcome) from report_appeal p
    where p.report_id = f.id order by p.position desc limit 1) as appeal,
  (select jsonb_build_object('name', k.name, 'email', k.email) from report_contact k where k.report_id = f.id) as contact,
  jsonb_build_object('revision', f.revision, 'name', stood.name, 'text', stood.text) as reported`

const tables = `
  left join report_text said on said.report_id = f.id
  left join revision_text stood on stood.comment_id = f.comment_id and stood.seq = f.revision`

export interface ReportFilter {
  sites: string[]
  status: 'open' | 'resolved'
  after: { danger: boolean; position: string } | null
  limit: number
}

/** Reports of a status: those that tell of danger first, then the oldest. */
export async function listReports(
  db: Sql,
  { sites, status, after, limit }: ReportFilter,
): Promise<ReportRow[]> {
  const { rows } = await db.query<JoinedRow>(
    `select ${columns}
       from (select found.*
               from unnest($1::text[]) as mine (site)
              cross join lateral (
                select * from report r
                 where r.site = mine.site and r.status = $2
                   and ($3::boolean is null or r.danger < $3 or r.danger = $3 and r.position > $4)
                 order by r.danger desc, r.position limit $5) as found
              order by found.danger desc, found.position limit $5) as f ${tables}
      order by f.danger desc, f.position`,
    [sites, status, after?.danger ?? null, after?.position ?? null, limit],
  )
  return withComments(db, rows)
}

export async function findReport(db: Sql, id: string): Promise<ReportRow | undefined> {
  const { rows } = await db.query<JoinedRow>(`select ${columns} from report f ${tables} where f.id = $1`, [
    id,
  ])
  return (await withComments(db, rows))[0]
}

async function withComments(db: Sql, reports: JoinedRow[]): Promise<ReportRow[]> {
  const { rows } = await db.query<ModeratedRow>(
    `select ${shownColumns} from comment c ${shownTables()} where c.id = any ($1)`,
    [reports.map(({ commentId }) => commentId)],
  )
  const comments = new Map(rows.map((row) => [row.id, row]))
  return reports.flatMap(({ commentId, ...report }) => {
    const comment = comments.get(commentId)
    return comment ? [{ ...report, comment }] : []
  })
}

/** Resolves a report that is open, within a transaction, with the move by which it is (null: the comment stays). */
export async function resolveReport(
  tx: Sql,
  id: string,
  {
    outcome,
    personId,
    seq,
    explanation,
  }: {
    outcome: 'keep' | 'unpublish' | 'edit'
    personId: string
    seq: number | null
    explanation: string
  },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `with resolved as (
       update report set status = 'resolved', outcome = $2, person_id = $3, outcome_seq = $4,
                         answer_hash = words_hash($6, $5, null)
        where id = $1 and status = 'open' returning id
     )
     insert into report_answer (report_id, explanation, salt) select id, $5, $6 from resolved`,
    [id, outcome, personId, seq, explanation, newSalt()],
  )
  return rowCount === 1
}
