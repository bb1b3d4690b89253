import type { Appeal } from '../../../src/moderation/appeals/appeal.ts'
import type { LoggedMove, ModeratedComment } from '../../../src/moderation/decision.ts'
import type { Report } from '../../../src/moderation/reports/report.ts'
import { acknowledge, askedMove, decide } from './desk.ts'
import { editedText } from './judging.ts'
import { type Newsroom, send, siteOf } from './newsroom.ts'
import type { Colleague } from './staff.ts'
import type { Words } from './words.ts'

/** What an editor does besides: reports, appeals, and refusals that were wrong. */
export async function workOnObjections(room: Newsroom, person: Colleague, steps: number): Promise<void> {
  for (let left = steps; left > 0; left -= 1) {
    const step = person.chance.weighed<(room: Newsroom, person: Colleague) => Promise<void>>([
      [resolveReport, 5],
      [resolveAppeal, 5],
      [restore, 2],
    ])
    await step(room, person)
  }
}

async function resolveReport(room: Newsroom, person: Colleague): Promise<void> {
  const { chance } = person
  const list = await send(room, 'reports', 'GET', '/v1/moderation/reports?limit=8', { key: person.key })
  const reports: Report[] = list.body.reports
  const report = chance.one(reports)
  if (!report) return
  const { comment } = report
  const wanted = chance.weighed([
    ['keep', 5],
    ['unpublish', 3],
    ['edit', 2],
  ])
  const text = wanted === 'edit' ? editedText(chance, comment.text, siteOf(room, comment.site).edits) : null
  const outcome = text === undefined ? 'keep' : wanted
  const acts = outcome !== 'keep' && {
    version: comment.version,
    rules: ['respect'],
    reason: 'It was reported.',
  }
  const answer = await send(
    room,
    'resolve report',
    'POST',
    `/v1/moderation/reports/${report.id}/resolution`,
    {
      key: person.key,
      body: {
        outcome,
        explanation: 'We have read it again.',
        ...acts,
        ...(typeof text === 'string' && { text }),
      },
    },
  )
  if (answer.status !== 201) return
  room.ledger.reportsSettled.push({ id: report.id, by: person.id, outcome })
  if (outcome === 'keep') return
  const asked = { action: outcome, ...(typeof text === 'string' && { text }) }
  acknowledge(room, person, askedMove(person, comment, asked), answer.body.decision)
}

async function resolveAppeal(room: Newsroom, person: Colleague): Promise<void> {
  const { chance } = person
  const list = await send(room, 'appeals', 'GET', '/v1/moderation/appeals?limit=8', { key: person.key })
  const appeals: Appeal[] = list.body.appeals
  const appeal = chance.one(appeals)
  if (!appeal) return
  for (const { against } of appeals) expect(against.by).not.toBe(person.pseudonym)
  const { moves, judged } = await readPast(room, person, appeal)
  const outcome = chance.weighed([
    ['upheld', 5],
    ['reversed', 3],
    ['partly_reversed', 3],
  ])
  if (appeal.report) return resolveReportersAppeal(room, person, appeal, outcome, judged)
  const text = editedText(chance, judged.text, siteOf(room, appeal.site).edits) ?? ''
  const partly = outcome === 'partly_reversed' && { text, rules: ['respect'] }
  const answer = await send(
    room,
    `resolve appeal ${outcome}`,
    'POST',
    `/v1/moderation/appeals/${appeal.id}/resolution`,
    { key: person.key, body: { outcome, explanation: 'Another person has read it.', ...partly } },
  )
  if (answer.status !== 200) return
  room.ledger.appealsSettled.push({ id: appeal.id, by: person.id, outcome })
  const { decision } = answer.body
  if (outcome === 'upheld') return
  const read = judged
  const restored = { by: person.id, comment: appeal.comment, action: 'restore', version: moves, read }
  if (!partly) return acknowledge(room, person, { ...restored, wrote: null }, decision)
  // The first of the two moves is acknowledged with the second.
  const edited = { ...restored, action: 'edit', version: moves + 1, wrote: { ...read, text } }
  acknowledge(room, person, edited, decision)
  room.ledger.restoredFirst.push({ ...restored, wrote: null })
}

/** The same where whoever reported a comment appeals against keeping it: it goes, or is edited. */
async function resolveReportersAppeal(
  room: Newsroom,
  person: Colleague,
  { id, site, comment, against }: Appeal,
  outcome: string,
  read: Words,
): Promise<void> {
  const text = editedText(person.chance, read.text, siteOf(room, site).edits) ?? ''
  const isEdit = outcome === 'partly_reversed'
  const acts = outcome !== 'upheld' && { rules: ['respect'], reason: 'It was reported.' }
  const answer = await send(
    room,
    `resolve appeal ${outcome}`,
    'POST',
    `/v1/moderation/appeals/${id}/resolution`,
    {
      key: person.key,
      body: { outcome, explanation: 'Another person has read it.', ...acts, ...(isEdit && { text }) },
    },
  )
  if (answer.status !== 200) return
  room.ledger.reportersAppealsSettled.push({ id, by: person.id, outcome })
  if (!acts) return
  const action = isEdit ? 'edit' : 'unpublish'
  const wrote = isEdit ? { ...read, text } : null
  const asked = { by: person.id, comment, action, version: against.version, read, wrote }
  acknowledge(room, person, asked, answer.body.decision)
}

/** How many moves a comment has, and the words that were judged by the decision that an appeal is about. */
async function readPast(
  room: Newsroom,
  person: Colleague,
  { comment, against }: Appeal,
): Promise<{ moves: number; judged: Words }> {
  const { body } = await send(room, 'read', 'GET', `/v1/moderation/comments/${comment}/history`, {
    key: person.key,
  })
  const moves: LoggedMove[] = body.moves ?? []
  // Of what was kept, the version that was kept is the one that was judged.
  const judgedVersion = against.action === 'keep' ? against.version : against.version - 1
  const before = moves.find(({ version }) => version === judgedVersion)
  const made = moves.find(({ version }) => version === before?.revision)
  return { moves: moves.length, judged: made?.wrote ?? { name: null, text: '' } }
}

/** Publishes after all what was refused, taken down, or not read in time. */
async function restore(room: Newsroom, person: Colleague): Promise<void> {
  const { chance } = person
  const { site = '' } = chance.one(person.roles) ?? {}
  const status = chance.one(['rejected', 'unpublished', 'expired'])
  const answer = await send(
    room,
    'queue',
    'GET',
    `/v1/moderation/queue?site=${site}&limit=30&status=${status}`,
    { key: person.key },
  )
  const comments: ModeratedComment[] = answer.body.comments
  const comment = chance.one(comments)
  if (comment) await decide(room, person, comment, { action: 'restore' })
}
