import type { DecisionMade, ModeratedComment } from '../../../src/moderation/decision.ts'
import type { Asked } from './judging.ts'
import type { AcknowledgedMove, AskedMove } from './ledger.ts'
import { type Newsroom, send } from './newsroom.ts'
import type { Colleague } from './staff.ts'
import type { Words } from './words.ts'

const claimSeconds = 300

/** Notes what somebody was given to read, on screen and in the ledger; a fault if it is nothing of theirs. */
export function take(room: Newsroom, person: Colleague, comments: readonly ModeratedComment[]): void {
  for (const comment of comments) {
    expect(comment.claim?.by).toBe(person.pseudonym)
    const until = Date.parse(comment.claim?.until ?? '')
    room.ledger.leases.push({
      person: person.id,
      comment: comment.id,
      version: comment.version,
      from: until - claimSeconds * 1_000,
      until,
    })
    person.holds.set(comment.id, comment)
  }
  expect(person.holds.size).toBeLessThan(200)
}

/** Sends a decision about a comment as it was read, and writes down what is acknowledged. */
export async function decide(
  room: Newsroom,
  person: Colleague,
  comment: ModeratedComment,
  asked: Asked,
  claims: Record<string, unknown> = {},
): Promise<void> {
  const answer = await send(
    room,
    `decide ${asked.action}`,
    'POST',
    `/v1/moderation/comments/${comment.id}/decisions`,
    {
      key: person.key,
      headers: { 'if-match': `"${comment.version}"` },
      body: { ...asked, ...claims },
    },
  )
  person.holds.delete(comment.id)
  if (answer.status !== 201) return
  acknowledge(room, person, askedMove(person, comment, asked), answer.body)
  take(room, person, answer.body.next)
}

/** Sends a decision and crashes before the answer is there: whatever came of it, nobody here knows. */
export async function decideUnheard(
  room: Newsroom,
  person: Colleague,
  comment: ModeratedComment,
  asked: Asked,
): Promise<void> {
  room.ledger.unheard.push(askedMove(person, comment, asked))
  await send(room, 'decide unheard', 'POST', `/v1/moderation/comments/${comment.id}/decisions`, {
    key: person.key,
    headers: { 'if-match': `"${comment.version}"` },
    body: { ...asked },
  })
}

export interface OneAsked {
  comment: ModeratedComment
  asked: Asked
}

/** Sends several decisions at once. */
export async function decideMany(
  room: Newsroom,
  person: Colleague,
  batch: readonly OneAsked[],
  claims: Record<string, unknown> = {},
): Promise<void> {
  const decisions = batch.map(({ comment, asked }) => ({
    id: comment.id,
    version: comment.version,
    ...asked,
  }))
  const answer = await send(room, 'decide many', 'POST', '/v1/moderation/decisions', {
    key: person.key,
    body: { decisions, ...claims },
  })
  if (answer.status !== 200) return
  const results: { id: string; status: number; decision?: DecisionMade }[] = answer.body.results
  expect(results.map(({ id }) => id)).toEqual(batch.map(({ comment }) => comment.id))
  for (const [index, { comment, asked }] of batch.entries()) {
    person.holds.delete(comment.id)
    const { decision } = results[index] ?? {}
    if (decision) acknowledge(room, person, askedMove(person, comment, asked), decision)
  }
  take(room, person, answer.body.next)
}

/** What was asked about a comment, in short; the words of an edit stand in the place of those that were read. */
export function askedMove(person: Colleague, comment: ModeratedComment, asked: Asked): AskedMove {
  const read = wordsOf(comment)
  return {
    by: person.id,
    comment: comment.id,
    action: asked.action,
    version: comment.version,
    read,
    wrote: asked.text === undefined ? null : { name: read.name, text: asked.text },
  }
}

export function wordsOf({ name, text }: Pick<ModeratedComment, 'name' | 'text'>): Words {
  return { name, text: text ?? '' }
}

/** Writes down a decision that was acknowledged, and by whom. */
export function acknowledge(
  room: Newsroom,
  person: Colleague,
  asked: AskedMove,
  { id, action, from, to, version, by }: Omit<DecisionMade, 'next'>,
): void {
  expect({ action, by }).toEqual({ action: asked.action, by: person.pseudonym })
  const move: AcknowledgedMove = { ...asked, id, from, to, made: version }
  room.ledger.moves.push(move)
  person.decided.push(move)
}
