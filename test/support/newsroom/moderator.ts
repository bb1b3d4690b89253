import type { ClusterDecisionMade } from '../../../src/moderation/clusters/cluster.ts'
import type { ModeratedComment } from '../../../src/moderation/decision.ts'
import { acknowledge, decide, decideMany, decideUnheard, take, wordsOf } from './desk.ts'
import { verdict } from './judging.ts'
import type { AcknowledgedMove } from './ledger.ts'
import { type Newsroom, send, siteOf } from './newsroom.ts'
import { type Colleague, isEditor, readsLanguage } from './staff.ts'

/** Works at the desk until so many decisions were tried. */
export async function workAtTheDesk(room: Newsroom, person: Colleague, decisions: number): Promise<void> {
  const { chance } = person
  for (let left = decisions, steps = decisions * 4; left > 0 && steps > 0; steps -= 1) {
    const step = chance.weighed<Step>([
      [readNext, 60],
      [decideBatch, 5],
      [browse, 9],
      [undo, 6],
      [skip, 5],
      [giveBack, 4],
      [renew, 3],
      [leaveNote, 2],
      [crash, 3],
    ])
    left -= await step(room, person)
  }
}

/** One thing that somebody does; how many decisions it was, or 1 where there was nothing to do. */
type Step = (room: Newsroom, person: Colleague) => Promise<number>

async function readNext(room: Newsroom, person: Colleague): Promise<number> {
  const { chance } = person
  const comment = [...person.holds.values()][0]
  if (!comment) return (await claim(room, person, 1 + chance.below(8))) ? 0 : 1
  if (comment.cluster && chance.happens(0.7)) return decideFlood(room, person, comment, comment.cluster.key)
  const claims = chance.happens(0.5) ? { next: 1 + chance.below(3), ...somewhere(person) } : {}
  const asked = verdict(chance, comment, siteOf(room, comment.site))
  await decide(room, person, comment, asked, claims)
  if (asked.action === 'escalate' && chance.happens(0.4)) await insist(room, person)
  return 1
}

/** Claims some comments; whether there were any. */
async function claim(room: Newsroom, person: Colleague, limit: number): Promise<boolean> {
  const { nextFrom = {} } = somewhere(person)
  const answer = await send(room, 'claim', 'POST', '/v1/moderation/claims', {
    key: person.key,
    body: { ...nextFrom, limit },
  })
  if (answer.status !== 200) return false
  const comments: ModeratedComment[] = answer.body.comments
  take(room, person, comments)
  return comments.length > 0
}

/** Where somebody wants their next comments from: mostly from wherever they may. */
function somewhere({ chance, roles }: Colleague): { nextFrom?: Record<string, unknown> } {
  const at = chance.one(roles)
  if (!at || chance.happens(0.7)) return {}
  const language = chance.one(at.languages)
  return { nextFrom: { site: at.site, ...(language !== undefined && { languages: [language] }) } }
}

async function decideBatch(room: Newsroom, person: Colleague): Promise<number> {
  const { chance } = person
  if (person.holds.size < 20 && (await claim(room, person, 10))) await claim(room, person, 10)
  const batch = [...person.holds.values()].slice(0, 20).map((comment) => ({
    comment,
    asked: verdict(chance, comment, siteOf(room, comment.site)),
  }))
  if (batch.length === 0) return 1
  await decideMany(room, person, batch, chance.happens(0.5) ? { next: 5 } : {})
  return batch.length
}

/** Looks through the queue and decides about something in it, whoever else is reading it. */
async function browse(room: Newsroom, person: Colleague): Promise<number> {
  const { chance } = person
  const { site = '' } = chance.one(person.roles) ?? {}
  const status = chance.happens(0.3) ? '&status=published' : ''
  const answer = await send(
    room,
    'queue',
    'GET',
    `/v1/moderation/queue?site=${site}&limit=${1 + chance.below(25)}${status}`,
    { key: person.key },
  )
  const comments: ModeratedComment[] = answer.body.comments
  for (const { site: at, language } of comments) expect(readsLanguage(person, at, language)).toBe(true)
  const comment = chance.one(comments)
  if (comment) await decide(room, person, comment, verdict(chance, comment, siteOf(room, site)))
  return 1
}

/** Takes back one of the newest decisions: their own, or as an editor anybody's. */
async function undo(room: Newsroom, person: Colleague): Promise<number> {
  const { chance } = person
  const mine = chance.happens(0.7)
  const move = chance.one((mine ? person.decided : room.ledger.moves).slice(-8))
  if (!move) return 1
  const answer = await send(room, 'undo', 'POST', `/v1/moderation/comments/${move.comment}/decisions`, {
    key: person.key,
    headers: { 'if-match': `"${move.made}"` },
    body: { action: 'undo' },
  })
  if (answer.status === 201) acknowledge(room, person, undoing(person, move), answer.body)
  return 1
}

function undoing({ id }: Colleague, { comment, made, read }: AcknowledgedMove) {
  return { by: id, comment, action: 'undo', version: made, read, wrote: null }
}

/** Wants to settle alone what another person is to settle. */
async function insist(room: Newsroom, person: Colleague): Promise<void> {
  const escalated = person.decided.findLast(({ action }) => action === 'escalate')
  if (!escalated) return
  const { comment, made, read } = escalated
  const answer = await send(room, 'insist', 'POST', `/v1/moderation/comments/${comment}/decisions`, {
    key: person.key,
    headers: { 'if-match': `"${made}"` },
    body: { action: 'approve' },
  })
  const asked = { by: person.id, comment, action: 'approve', version: made, read, wrote: null }
  if (answer.status === 201) acknowledge(room, person, asked, answer.body)
}

async function skip(room: Newsroom, person: Colleague): Promise<number> {
  const comment = person.chance.one([...person.holds.values()])
  if (!comment) return 1
  const from = room.now()
  await send(room, 'skip', 'POST', `/v1/moderation/comments/${comment.id}/skip`, { key: person.key })
  room.ledger.givenBack.push({ person: person.id, comment: comment.id, from, to: room.now() })
  person.holds.delete(comment.id)
  return 0
}

async function giveBack(room: Newsroom, person: Colleague): Promise<number> {
  const { chance } = person
  const comment = chance.happens(0.3) ? undefined : chance.one([...person.holds.values()])
  const from = room.now()
  await send(room, 'give back', 'DELETE', `/v1/moderation/claims${comment ? `/${comment.id}` : ''}`, {
    key: person.key,
  })
  room.ledger.givenBack.push({ person: person.id, comment: comment?.id ?? null, from, to: room.now() })
  if (comment) person.holds.delete(comment.id)
  else person.holds.clear()
  return 1
}

/** Whatever lapsed is not theirs any more; the screen shows what still is. */
async function renew(room: Newsroom, person: Colleague): Promise<number> {
  const answer = await send(room, 'renew', 'POST', '/v1/moderation/claims/renewal', { key: person.key })
  person.holds.clear()
  take(room, person, answer.body.comments)
  expect(person.holds.size).toBeLessThanOrEqual(20)
  return 1
}

async function leaveNote(room: Newsroom, person: Colleague): Promise<number> {
  const comment = [...person.holds.values()].at(-1)
  if (!comment) return 1
  await send(room, 'note', 'POST', `/v1/moderation/comments/${comment.id}/notes`, {
    key: person.key,
    body: { text: 'Who knows more about the boats?' },
  })
  return 0
}

/** The client is gone, and with it all that was on the screen: claims lapse, an answer may stay unheard. */
async function crash(room: Newsroom, person: Colleague): Promise<number> {
  const { chance } = person
  const comment = [...person.holds.values()].at(-1)
  person.holds.clear()
  if (!comment || chance.happens(0.3)) return 1
  await decideUnheard(room, person, comment, verdict(chance, comment, siteOf(room, comment.site)))
  return 1
}

/** Decides about a flood in one go, and sometimes thinks better of it. */
async function decideFlood(
  room: Newsroom,
  person: Colleague,
  comment: ModeratedComment,
  key: string,
): Promise<number> {
  const { chance } = person
  const action = chance.happens(0.3) ? 'approve' : 'reject'
  const path = `/v1/moderation/clusters/${key}/decisions`
  const answer = await send(room, 'decide flood', 'POST', path, {
    key: person.key,
    body: { action, sample: comment.id, ...(action === 'reject' && { rules: ['promotion'] }) },
  })
  person.holds.delete(comment.id)
  if (answer.status !== 202) return 1
  const made: ClusterDecisionMade = answer.body
  const noted = { id: made.id, key, by: person.id, action, read: wordsOf(comment), undoers: [] }
  room.ledger.clusters.push(noted)
  if (chance.happens(0.25)) await undoFlood(room, person, made.id, comment.site)
  return Math.max(1, made.done)
}

async function undoFlood(room: Newsroom, person: Colleague, newest: string, site: string): Promise<void> {
  const { clusters } = room.ledger
  const other = isEditor(person, site) ? person.chance.one(clusters.slice(-3)) : undefined
  const cluster = other ?? clusters.find(({ id }) => id === newest)
  if (!cluster) return
  const answer = await send(
    room,
    'undo flood',
    'POST',
    `/v1/moderation/clusters/${cluster.key}/decisions/${cluster.id}/undo`,
    { key: person.key },
  )
  const undone: Partial<ClusterDecisionMade> = answer.body
  if (undone.undoneAt) cluster.undoers.push(person.id)
}
