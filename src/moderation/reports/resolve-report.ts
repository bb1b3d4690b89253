import { demand } from '../../access/auth.ts'
import type { Caller } from '../../access/roles.ts'
import type { Database, Sql } from '../../database/client.ts'
import { Problem } from '../../http/problems.ts'
import { coarse } from '../../http/times.ts'
import { decide } from '../decide.ts'
import { Decision, type DecisionMade } from '../decision.ts'
import { moderated } from '../moderated.ts'
import type { Report, Resolution, ResolutionMade } from './report.ts'
import { findReport, type ReportRow, resolveReport } from './store.ts'

/** A report, if the caller may see it. */
export async function readReport(db: Database, caller: Caller, id: string): Promise<Report> {
  return shown(await found(db, caller, id))
}

/**
 * Resolves a report: the comment stays, or a decision about it is made in the same transaction. Of two who resolve one
 * at once, one wins.
 */
export async function resolve(
  db: Database,
  caller: Caller,
  id: string,
  resolution: Resolution,
): Promise<ResolutionMade> {
  const report = await found(db, caller, id)
  const { person } = caller
  if (!person) throw new Problem('forbidden', 'Only a person resolves a report.')
  if (report.status !== 'open') throw settled()
  const settle = async (tx: Sql, seq: number | null) => {
    const { outcome, explanation } = resolution
    if (!(await resolveReport(tx, id, { outcome, personId: person.id, seq, explanation }))) throw settled()
  }
  const decision = await act(db, caller, report, resolution, settle)
  return { report: await readReport(db, caller, id), decision }
}

async function act(
  db: Database,
  caller: Caller,
  { comment }: ReportRow,
  { outcome, explanation: _explanation, version, ...words }: Resolution,
  settle: (tx: Sql, seq: number | null) => Promise<void>,
): Promise<Omit<DecisionMade, 'next'> | null> {
  if (outcome === 'keep') {
    refuseStray(words)
    await settle(db.desk, null)
    return null
  }
  if (version === undefined) throw new Problem('precondition_required', 'Name the `version` that you judged.')
  const asked = Decision.parse({ action: outcome, ...words })
  const { next: _next, ...decision } = await decide(db, caller, comment.id, version, asked, {
    // Before the move, after which PostgreSQL would take the report for one that ended with the comment.
    before: (tx) => settle(tx, version + 1),
  })
  return decision
}

/** To keep a comment changes nothing about it; a field that would is refused. */
function refuseStray({
  rules,
  ...words
}: Pick<Resolution, 'text' | 'name' | 'rules' | 'reason' | 'note'>): void {
  const field =
    rules.length > 0 ? 'rules' : Object.entries(words).find(([, value]) => value !== undefined)?.[0]
  if (field === undefined) return
  const detail = 'To keep a comment changes nothing about it.'
  throw new Problem('invalid_request', detail, {
    errors: [{ pointer: `#/${field}`, code: 'unexpected', detail }],
  })
}

async function found(db: Database, caller: Caller, id: string): Promise<ReportRow> {
  const report = await findReport(db.desk, id)
  if (!report) throw new Problem('report_not_found')
  demand(caller, 'resolve_reports', report.site)
  return report
}

function settled(): Problem {
  return new Problem('report_settled')
}

/** A row as moderators see it. */
export function shown({ filedAt, resolvedAt, position: _position, comment, ...report }: ReportRow): Report {
  return {
    ...report,
    receivedAt: coarse(filedAt, comment.times),
    resolvedAt: resolvedAt?.toISOString() ?? null,
    comment: moderated(comment),
  }
}
