import { eachOf, missing } from './checks-public.ts'
import type { Inquiry } from './inquiry.ts'
import type { Settled } from './ledger.ts'
import { moveLasts } from './life.ts'
import { send } from './newsroom.ts'

interface ReportRow {
  id: string
  comment: string
  revision: number
  filedAt: number
  outcome: string | null
  person: string | null
  version: number | null
}

/** Every report was filed once about what showed, settled once at most, and its reader is told what became of it. */
export async function checkReports({ room, record, lives }: Inquiry): Promise<string[]> {
  const { rows } = await room.house.owner.query<ReportRow>(
    `select id, comment_id as comment, revision, (extract(epoch from filed_at) * 1000)::float8 as "filedAt", outcome,
            person_id as person, outcome_seq as version
       from report`,
  )
  const { reports, reportsSettled } = room.ledger
  const faults = [
    ...missing(
      reports.map(({ id, comment }) => `${id} ${comment}`),
      rows.map(({ id, comment }) => `${id} ${comment}`),
      'the reports',
    ),
    ...settledOnce(reportsSettled, rows),
  ]
  for (const { id, comment, revision, filedAt, outcome, person, version } of rows) {
    const life = lives.get(comment)
    const showed = life?.shown.some(
      (one) => one.revision === revision && one.from <= filedAt && filedAt <= one.until + moveLasts,
    )
    if (!showed) faults.push(`${id} is about what did not show`)
    if (outcome === null && life?.stand.status !== 'published')
      faults.push(`${id} is open about what is gone`)
    const move = version === null ? undefined : record.comments.get(comment)?.moves[version - 1]
    const acts = outcome === 'edit' || outcome === 'unpublish'
    if (acts && (move?.action !== outcome || (person !== null && move.person !== person)))
      faults.push(`${id} ended with ${outcome}, the comment with ${move?.action}`)
    if (outcome === 'gone' && (move?.from !== 'published' || move.to === 'published'))
      faults.push(`${id} ended with ${move?.action}, which leaves it there`)
  }
  const outcomes = new Map(rows.map(({ id, outcome }) => [id, outcome]))
  await eachOf(reports, async ({ id, receipt, takenBack }) => {
    const { body } = await send(room, 'receipt', 'GET', '/v1/receipt', { key: receipt })
    const outcome = outcomes.get(id) ?? null
    if (body.id !== id || body.outcome !== outcome)
      faults.push(`${id} ended with ${outcome}, told is ${body.outcome}`)
    if (takenBack && outcome === null) faults.push(`${id} was taken back and is open`)
  })
  return faults
}

interface AppealRow {
  id: string
  comment: string
  seq: number
  version: number
  status: string
  outcome: string | null
  person: string | null
  decider: string
  first: string
}

/** Every appeal was filed once, is open only while nothing else happened, and was decided once, by somebody else. */
export async function checkAppeals({ room, record }: Inquiry): Promise<string[]> {
  const { rows } = await room.house.owner.query<AppealRow>(
    `select id, comment_id as comment, seq, version, status, outcome, reviewer_id as person, decider_id as decider,
            first_person_id as first
       from appeal`,
  )
  const faults = [
    ...missing(
      inOrder(room.ledger.appeals.map(({ comment }) => comment)),
      inOrder(rows.map(({ comment }) => comment)),
      'the appeals',
    ),
    ...settledOnce(room.ledger.appealsSettled, rows),
  ]
  for (const { id, comment, seq, version, status, outcome, person, decider, first } of rows) {
    const { moves = [], erased } = record.comments.get(comment) ?? {}
    const against = moves[seq - 1]
    if (
      !against ||
      against.person !== decider ||
      !['edit', 'reject', 'return', 'unpublish'].includes(against.action)
    )
      faults.push(`${id} is against a ${against?.action} of somebody else`)
    if (status === 'open' && (moves.length !== version || erased))
      faults.push(`${id} is open, and more happened`)
    if (status === 'lapsed' && moves.length === version && !erased)
      faults.push(`${id} lapsed, and nothing happened`)
    if (person === decider || (person !== null && person === first))
      faults.push(`${id}: ${person} judged themselves`)
    const carriedOut = moves.slice(version, version + 2).filter((move) => move.person === person)
    const expected = { upheld: [], reversed: ['restore'], partly_reversed: ['restore', 'edit'] }
    const wanted =
      outcome === 'reversed' || outcome === 'partly_reversed' ? expected[outcome] : expected.upheld
    const actions = carriedOut.slice(0, wanted.length).map(({ action }) => action)
    if (actions.join(' ') !== wanted.join(' '))
      faults.push(`${id} is ${outcome}, done was ${actions.join(', ')}`)
  }
  return faults
}

interface ReportersAppealRow {
  id: string
  report: string
  comment: string
  resolver: string
  kept: boolean
  version: number
  status: string
  takenBack: boolean
  outcome: string | null
  person: string | null
}

/** The same of appeals of reporters, which are against keeping a comment; what they reverse goes, or is edited. */
export async function checkReportersAppeals({ room, record }: Inquiry): Promise<string[]> {
  const { rows } = await room.house.owner.query<ReportersAppealRow>(
    `select a.id, a.report_id as report, a.comment_id as comment, a.resolver_id as resolver,
            r.outcome = 'keep' and r.person_id = a.resolver_id as kept, a.version, a.status,
            a.taken_back as "takenBack", a.outcome, a.reviewer_id as person
       from report_appeal a join report r on r.id = a.report_id`,
  )
  const { reportersAppeals, reportersAppealsSettled } = room.ledger
  const faults = [
    ...missing(
      inOrder(reportersAppeals.map(({ report, comment }) => `${report} ${comment}`)),
      inOrder(rows.map(({ report, comment }) => `${report} ${comment}`)),
      'the appeals of reporters',
    ),
    ...settledOnce(reportersAppealsSettled, rows),
  ]
  const answered = new Set<string>()
  for (const { id, report, comment, resolver, kept, version, status, takenBack, outcome, person } of rows) {
    const moves = record.comments.get(comment)?.moves ?? []
    if (!kept) faults.push(`${id} is about what was not kept`)
    if (person === resolver) faults.push(`${id}: ${person} judged themselves`)
    if (status === 'open' && moves.length !== version) faults.push(`${id} is open, and more happened`)
    if (status === 'lapsed' && moves.length === version && !takenBack)
      faults.push(`${id} lapsed, and nothing happened`)
    if (status !== 'lapsed' && answered.has(report)) faults.push(`${report} was appealed about twice`)
    if (status !== 'lapsed') answered.add(report)
    const wanted = outcome === 'reversed' ? 'unpublish' : outcome === 'partly_reversed' ? 'edit' : null
    const next = moves[version]
    if (wanted !== null && (next?.action !== wanted || next.person !== person))
      faults.push(`${id} is ${outcome}, done was ${next?.action}`)
  }
  return faults
}

/** What was acknowledged as settled is, by that person and once; and whatever a person settled was acknowledged. */
function settledOnce(
  settled: readonly Settled[],
  rows: readonly { id: string; outcome: string | null; person: string | null }[],
): string[] {
  return missing(
    settled.map(({ id, by, outcome }) => `${id} ${outcome} ${by}`),
    rows.flatMap(({ id, outcome, person }) => (person === null ? [] : [`${id} ${outcome} ${person}`])),
    'what was settled',
  )
}

/** Numbers what is there several times, so that its count matters. */
function inOrder(ids: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return ids.map((id) => {
    const number = (seen.get(id) ?? 0) + 1
    seen.set(id, number)
    return `${id} ${number}`
  })
}
