import { type Answer, answerTo, api, doneBy } from '../api/client.ts'
import type { Comment, Decision, DecisionMade } from '../api/shapes.ts'
import { claimed, type Filter } from '../frame/place.ts'

/** What the queue asks of the service. */
export interface Service {
  decide: (comment: Comment, asked: Decision) => Promise<Answer<DecisionMade>>
  undo: (id: string, version: number) => Promise<Answer<DecisionMade>>
  claim: (filter: Filter, limit: number) => Promise<Answer<Comment[]>>
  /** what is held, for as long again */
  renew: () => Promise<Answer<Comment[]>>
  release: (id: string) => Promise<Answer<true>>
  skip: (id: string) => Promise<Answer<true>>
  read: (id: string) => Promise<Answer<Comment>>
}

export const service: Service = {
  decide: ({ id, version }, body) => decideAt(id, version, body),
  undo: (id, version) => decideAt(id, version, { action: 'undo' }),
  async claim(filter, limit) {
    return commentsIn(
      await answerTo(api.POST('/v1/moderation/claims', { body: { ...claimed(filter), limit } })),
    )
  },
  async renew() {
    return commentsIn(await answerTo(api.POST('/v1/moderation/claims/renewal')))
  },
  release: (id) => doneBy(api.DELETE('/v1/moderation/claims/{id}', { params: { path: { id } } })),
  skip: (id) => doneBy(api.POST('/v1/moderation/comments/{id}/skip', { params: { path: { id } } })),
  read: (id) => answerTo(api.GET('/v1/moderation/comments/{id}', { params: { path: { id } } })),
}

function decideAt(id: string, version: number, body: Decision): Promise<Answer<DecisionMade>> {
  const params = { path: { id }, header: { 'if-match': `"${version}"` } }
  return answerTo(api.POST('/v1/moderation/comments/{id}/decisions', { params, body }))
}

function commentsIn(answer: Answer<{ comments: Comment[] }>): Answer<Comment[]> {
  return answer.kind === 'given' ? { kind: 'given', data: answer.data.comments } : answer
}
