import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../database/client.ts'
import { judgedVersion, versionTag } from '../http/conditional.ts'
import { noStore } from '../http/headers.ts'
import type { Keyring } from '../http/keyring.ts'
import { asModerator } from '../http/openapi.ts'
import { answers } from '../http/problems.ts'
import { decide, readable, readToJudge } from './decide.ts'
import { CommentToJudge, Decision, DecisionMade, LoggedMove } from './decision.ts'
import { logged } from './moderated.ts'
import { Queue, QueueQuery, readQueue } from './read-queue.ts'
import { history } from './store.ts'

export interface ModerationRouteOptions {
  db: Database
  keys: Keyring
}

const ById = z.strictObject({ id: z.uuid() })

/** The queue, the item, and what people decide. */
export const moderationRoutes: FastifyPluginAsyncZod<ModerationRouteOptions> = async (app, { db, keys }) => {
  app.get(
    '/v1/moderation/queue',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readQueue',
        summary: 'What waits for a decision, oldest first',
        description: 'Only what is on your sites, in the languages that you read.',
        tags: ['moderation'],
        security: asModerator,
        querystring: QueueQuery,
        response: {
          200: Queue,
          ...answers('unauthenticated', 'forbidden', 'invalid_cursor'),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await readQueue(db, keys.cursors, caller, request.query))
    },
  )

  app.get(
    '/v1/moderation/comments/:id',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readComment',
        summary: 'One comment, with what is needed to judge it',
        description: 'The ETag is the version; a decision names it in If-Match.',
        tags: ['moderation'],
        security: asModerator,
        params: ById,
        response: { 200: CommentToJudge, ...answers('unauthenticated', 'forbidden', 'comment_not_found') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const comment = await readToJudge(db, caller, request.params.id)
      return reply.headers({ ...noStore, etag: versionTag(comment.version) }).send(comment)
    },
  )

  app.get(
    '/v1/moderation/comments/:id/history',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readHistory',
        summary: "A comment's log",
        tags: ['moderation'],
        security: asModerator,
        params: ById,
        response: {
          200: z.strictObject({ moves: z.array(LoggedMove) }).meta({ id: 'History' }),
          ...answers('unauthenticated', 'forbidden', 'comment_not_found'),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const { id } = request.params
      const { times } = await readable(db, caller, id)
      return reply
        .headers(noStore)
        .send({ moves: (await history(db.desk, id)).map((row) => logged(row, times)) })
    },
  )

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
            'reason_missing',
            'nothing_changed',
            'edits_not_allowed',
            'revision_unknown',
            'precondition_required',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const version = judgedVersion(request.headers['if-match'])
      const made = await decide(db, caller, request.params.id, version, request.body)
      return reply
        .code(201)
        .headers({ ...noStore, etag: versionTag(made.version) })
        .send(made)
    },
  )
}
