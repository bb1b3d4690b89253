import type { Sql } from '../../database/client.ts'
import { violatedConstraint } from '../../database/faults.ts'
import { newSalt } from '../move-store.ts'
import type { Appealing } from '../own-appeal.ts'
import type { ReportAnswer } from './report.ts'

/** What decides whether a report is taken: what of the comment shows, and the rules under which it was sent. */
export interface ReportedComment {
  revision: number
  rules: string[]
}

/** Undefined for what does not show on this site. One query. */
export async function reportedComment(
  db: Sql,
  site: string,
  commentId: string,
): Promise<ReportedComment | undefined> {
  const { rows } = await db.query<ReportedComment>(
    `select r.seq as revision,
            array(select u.code from rule u where u.site = c.site and u.version = r.terms_version order by u.position) as rules
       from comment c
       join revision r on r.comment_id = c.id
                      and r.seq = case when c.shows_from <= moment() then c.revision else c.earlier_revision end
      where c.id = $1 and c.site = $2 and c.status = 'published'`,
    [commentId, site],
  )
  return rows[0]
}

export interface InsertedReport {
  site: string
  commentId: string
  revision: number
  receiptHash: Buffer
  kind: string
  rule: string | null
  country: string | null
  danger: boolean
  explanation: string
  law: string | null
  contact: { name: string | null; email: string | null } | null
}

/** Writes a report with its words, in one statement. Undefined if the revision no longer shows. */
export async function insertReport(
  db: Sql,
  report: InsertedReport,
): Promise<{ id: string; filedAt: Date } | undefined> {
  const { contact } = report
  try {
    const { rows } = await db.query<{ id: string; filedAt: Date }>(
      `with filed as (
       insert into report (site, comment_id, revision, receipt_hash, kind, rule, country, danger, words_hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, words_hash($9, $10, $11))
       returning id, filed_at
     ), said as (
       insert into report_text (report_id, explanation, law, salt) select id, $10, $11, $9 from filed
     ), reached as (
       insert into report_contact (report_id, name, email)
       select id, $12, $13 from filed where $12::text is not null or $13::text is not null
     )
     select id, filed_at as "filedAt" from filed`,
      [
        report.site,
        report.commentId,
        report.revision,
        report.receiptHash,
        report.kind,
        report.rule,
        report.country,
        report.danger,
        newSalt(),
        report.explanation,
        report.law,
        contact?.name ?? null,
        contact?.email ?? null,
      ],
    )
    return rows[0]
  } catch (error) {
    if (violatedConstraint(error) === 'report_of_what_shows') return undefined
    throw error
  }
}

export interface HeldReport
  extends Omit<ReportAnswer, 'receivedAt' | 'resolvedAt' | 'appealUntil' | 'appeal'>,
    Appealing {
  filedAt: Date
  resolvedAt: Date | null
}

/** The report of a receipt; undefined for a receipt that is none of a report's. */
export async function heldReport(db: Sql, receiptHash: Buffer): Promise<HeldReport | undefined> {
  const { rows } = await db.query<HeldReport>(
    `select r.id, r.site, r.comment_id as comment, r.kind, r.rule, r.country, r.danger, r.status, r.outcome,
            r.filed_at as "filedAt", r.resolved_at as "resolvedAt", a.explanation, t.explanation as reported, s.times,
            case when t.report_id is not null and kept_still_shows(r.id)
                 then jsonb_build_object(
                        'until', report_appeal_until(r.id), 'isOver', report_appeal_until(r.id) <= moment(),
                        'wasAppealed', exists (select from report_appeal p where p.report_id = r.id
                                                  and (p.status <> 'lapsed' or p.taken_back))) end as appealable,
            (select jsonb_build_object('status', p.status, 'filedAt', p.filed_at, 'outcome', p.outcome,
                                       'decidedAt', p.reviewed_at,
                                       'explanation', (select x.text from report_appeal_text x
                                                        where x.appeal_id = p.id and x.part = 'explanation'))
               from report_appeal p where p.report_id = r.id order by p.position desc limit 1) as appeal
       from report r
       join site s on s.key = r.site
       left join report_text t on t.report_id = r.id
       left join report_answer a on a.report_id = r.id
      where r.receipt_hash = $1`,
    [receiptHash],
  )
  return rows[0]
}

/** Ends an open report, or an open appeal about it, as its reader asks; nothing once that is settled. */
export async function takeReportBack(db: Sql, id: string): Promise<void> {
  await db.query(
    `update report set status = 'resolved', outcome = 'taken_back' where id = $1 and status = 'open'`,
    [id],
  )
  await db.query(
    `update report_appeal set status = 'lapsed', taken_back = true where report_id = $1 and status = 'open'`,
    [id],
  )
}

/** Removes what was written in a report and in an appeal about it, and who wrote it; that there was one stays. */
export async function eraseReport(db: Sql, id: string): Promise<void> {
  await db.query(
    `with text as (delete from report_text where report_id = $1 returning report_id),
          told as (insert into to_ledger (kind, report_id) select 'report_erased', report_id from text)
     delete from report_contact where report_id = $1`,
    [id],
  )
}

/**
 * Forgets who reported, so many days after it was resolved, and what was said, once the words of comments go too. Both
 * wait for an appeal that is open; what was said also for one that may still come, and as long after its outcome.
 */
export async function forgetReporters(db: Sql, contactDays: number): Promise<void> {
  await db.query(
    `delete from report_contact c using report r
      where r.id = c.report_id and r.status = 'resolved' and r.resolved_at < moment() - $1 * interval '1 day'
        and not exists (select from report_appeal a where a.report_id = r.id and a.status = 'open')`,
    [contactDays],
  )
  await db.query(
    `with old as (
       select r.id from report r join site s on s.key = r.site
        where r.status = 'resolved' and r.resolved_at < moment() - s.retention_days * interval '1 day'
          and (r.appeal_until is null or r.appeal_until <= moment())
          and not exists (select from report_appeal a
                           where a.report_id = r.id
                             and (a.status = 'open' or a.reviewed_at >= moment() - s.retention_days * interval '1 day'))
          and exists (select from report_text t where t.report_id = r.id)
        limit 500
     ), answers as (delete from report_answer a using old where a.report_id = old.id)
     delete from report_text t using old where t.report_id = old.id`,
  )
}
