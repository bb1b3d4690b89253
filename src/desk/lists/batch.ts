import { type Answer, answerTo, api } from '../api/client.ts'
import type { Action, Comment } from '../api/shapes.ts'
import { type BatchOutcome, outcomeOf } from './outcome.ts'

/** Decides about each by the version that was seen. */
export async function decideBatch(
  comments: readonly Comment[],
  action: Action,
  rules: readonly string[],
  pseudonym: string,
): Promise<Answer<BatchOutcome>> {
  const decisions = comments.map(({ id, version }) => ({ id, version, action, rules: [...rules] }))
  const answer = await answerTo(api.POST('/v1/moderation/decisions', { body: { decisions } }))
  if (answer.kind !== 'given') return answer
  return { kind: 'given', data: outcomeOf(comments, action, answer.data.results, pseudonym) }
}

/** Undoes all that was made together. */
export async function undoBatch({ made }: BatchOutcome, pseudonym: string): Promise<Answer<BatchOutcome>> {
  return decideBatch(
    made.map(({ comment, version }) => ({ ...comment, version })),
    'undo',
    [],
    pseudonym,
  )
}
