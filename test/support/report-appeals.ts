import { ask, type House } from './house.ts'
import { aComment, decision, receiptOf, type TestPerson } from './people.ts'

export const written = 'The boat, you fool, was late.'
export const reported = 'It insults a reader.'
export const kept = 'It is harsh, but no insult.'
export const objection = 'Please read the second word again.'

export interface Kept {
  /** the comment, and its writer's receipt */
  id: string
  receipt: string
  report: { id: string; receipt: string }
}

/** A published comment that somebody reported, and that `resolver` kept. */
export async function aKept(
  house: House,
  site: string,
  { publisher, resolver }: { publisher: TestPerson; resolver: TestPerson },
  report: Record<string, unknown> = { kind: 'rule', rule: 'respect', explanation: reported },
): Promise<Kept> {
  const comment = await aComment(house, site, { text: written, name: 'Wren' })
  expect((await decision(house, publisher.key, comment.id, { action: 'approve' }, 1)).status).toBe(201)
  const filed = await aReport(house, site, comment.id, report)
  await keep(house, resolver, filed.id)
  return { ...comment, report: filed }
}

export async function aReport(
  house: House,
  site: string,
  comment: string,
  report: Record<string, unknown> = { kind: 'rule', rule: 'respect', explanation: reported },
): Promise<Kept['report']> {
  const { body, status } = await ask(house, 'POST', `/v1/sites/${site}/comments/${comment}/reports`, {
    body: report,
  })
  expect(status).toBe(202)
  return { id: body.id, receipt: body.receipt }
}

export async function keep(house: House, resolver: TestPerson, report: string): Promise<void> {
  const { status } = await ask(house, 'POST', `/v1/moderation/reports/${report}/resolution`, {
    key: resolver.key,
    body: { outcome: 'keep', explanation: kept },
  })
  expect(status).toBe(201)
}

/** The same, and whoever reported appeals; with the id of the appeal. */
export async function aReportersAppeal(
  house: House,
  site: string,
  people: { publisher: TestPerson; resolver: TestPerson },
  report?: Record<string, unknown>,
): Promise<Kept & { appeal: string }> {
  const it = await aKept(house, site, people, report)
  const filed = await ask(house, 'POST', '/v1/receipt/appeal', {
    key: it.report.receipt,
    body: { text: objection },
  })
  expect(filed.status).toBe(202)
  return { ...it, appeal: await appealOn(house, it.report.id) }
}

/** The id of the newest appeal about a report. */
export async function appealOn(house: House, report: string): Promise<string> {
  const { rows } = await house.db.desk.query<{ id: string }>(
    'select id from report_appeal where report_id = $1 order by position desc limit 1',
    [report],
  )
  return rows[0]?.id ?? 'no appeal'
}

/** What the report's receipt says of the appeal. */
export async function reportersAppeal(house: House, { receipt }: Kept['report']) {
  return (await receiptOf(house, receipt)).appeal
}
