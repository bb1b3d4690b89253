import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../database/client.ts'
import { judgedVersion, versionTag } from '../http/conditional.ts'
import { detailsOf } from '../http/errors.ts'
import { noStore } from '../http/headers.ts'
import { asModerator } from '../http/openapi.ts'
import { answers } from '../http/problems.ts'
import { decide } from './decide.ts'
import { decideMany } from './decide-many.ts'
import { Decision, DecisionMade, DecisionResults, Decisions } from './decision.ts'
import { commentToJudge } from './store.ts'

export interface DecisionRouteOptions {
  db: Database
  baseUrl: string
}

const ById = z.strictObject({ id: z.uuid() })

/** What people decide. */
export const decisionRoutes: FastifyPluginAsyncZod<DecisionRouteOptions> = async (app, { db, baseUrl }) => {
  app.post(
    '/v1/moderation/comments/:id/decisions',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'decide',
        summary: 'Decide about a comment',
        description: 'If-Match names the version that you judged. Of several who decide at once, one wins.',
        tags: ['moderation'],
        security: asModerator,
        params: ById,
        headers: z.looseObject({
          'if-match': z
            .string()
            .max(200)
            .optional()
            .meta({ description: 'The ETag of the comment as you read it.' }),
        }),
        body: Decision,
        response: {
          201: DecisionMade,
          ...answers(
            'malformed_body',
            'unauthenticated',
            'forbidden',
            'comment_not_found',
            'illegal_move',
            'claimed',
            'second_person_needed',
            'second_person_missing',
            'too_late_to_undo',
            'stale_version',
            'body_too_large',
            'unsupported_media_type',
            'text_empty',
            'text_too_long',
            'text_too_large',
            'name_too_long',
            'rule_missing',
            'rule_unknown',
            'rule_does_not_permit',
            'order_unknown',
            'order_does_not_act',
            'reason_missing',
            'reason_unfinished',
            'nothing_changed',
            'edits_not_allowed',
            'revision_unknown',
            'precondition_required',
          ),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      // Both at once: together they take one way to the database and back.
      const [caller, comment] = await Promise.all([app.identify(request), commentToJudge(db.desk, id)])
      const version = judgedVersion(request.headers['if-match'])
      const made = await decide(db, caller, id, version, request.body, { isTimed: true, found: { comment } })
      return reply
        .code(201)
        .headers({ ...noStore, etag: versionTag(made.version) })
        .send(made)
    },
  )

  app.post(
    '/v1/moderation/decisions',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'decideMany',
        summary: 'Decide about up to 100 comments',
        description:
          'Each decision names the version that you judged and has a result of its own, as if it had been asked alone; they are made in the order in which they stand. Several are undone in the same way, with `undo` and the versions that the results name.',
        tags: ['moderation'],
        security: asModerator,
        body: Decisions,
        response: {
          200: DecisionResults,
          ...answers(
            'malformed_body',
            'unauthenticated',
            'forbidden',
            'body_too_large',
            'unsupported_media_type',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const answer = await decideMany(db, caller, request.body, (problem) =>
        detailsOf(problem, baseUrl, request.id),
      )
      return reply.headers(noStore).send(answer)
    },
  )
}
