import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../database/client.ts'
import { versionTag } from '../http/conditional.ts'
import { noStore } from '../http/headers.ts'
import type { Keyring } from '../http/keyring.ts'
import { asModerator } from '../http/openapi.ts'
import { answers } from '../http/problems.ts'
import { History } from './context.ts'
import { CommentToJudge } from './decision.ts'
import { NewNote, Note } from './notes/note.ts'
import { writeNote } from './notes/write-note.ts'
import { countQueue, QueueCounts } from './queue/count-queue.ts'
import { Queue, QueueQuery, readQueue } from './queue/read-queue.ts'
import { readToJudge } from './read-comment.ts'
import { readContext } from './read-context.ts'
import { readHistory } from './read-history.ts'

export interface ModerationRouteOptions {
  db: Database
  keys: Keyring
}

const ById = z.strictObject({ id: z.uuid() })

/** The queue, and one comment with its history. */
export const moderationRoutes: FastifyPluginAsyncZod<ModerationRouteOptions> = async (app, { db, keys }) => {
  app.get(
    '/v1/moderation/queue',
    {
      config: { budget: 'moderating', showsSignals: true },
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
    '/v1/moderation/queue/counts',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'countQueue',
        summary: 'How much waits, and who is at work on it',
        description:
          'On your sites, in the languages that you read; a hint for people, which may be old at once.',
        tags: ['moderation'],
        security: asModerator,
        response: { 200: QueueCounts, ...answers('unauthenticated', 'forbidden') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await countQueue(db, caller))
    },
  )

  app.get(
    '/v1/moderation/comments/:id',
    {
      config: { budget: 'moderating', showsSignals: true },
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
        summary: "A comment's log, and what stands around it",
        description:
          'What happened to it, what moderators told each other, what it answers, and earlier comments that say the same. Nothing here follows a reader.',
        tags: ['moderation'],
        security: asModerator,
        params: ById,
        response: {
          200: History,
          ...answers('unauthenticated', 'forbidden', 'comment_not_found'),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const { id } = request.params
      const moves = await readHistory(db, caller, id)
      return reply.headers(noStore).send({ moves, ...(await readContext(db, caller, id)) })
    },
  )

  app.post(
    '/v1/moderation/comments/:id/notes',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'writeNote',
        summary: 'Leave a note for the other moderators',
        description: 'It decides nothing and changes no version. It is erased with the words of the comment.',
        tags: ['moderation'],
        security: asModerator,
        params: ById,
        body: NewNote,
        response: {
          201: Note,
          ...answers(
            'malformed_body',
            'unauthenticated',
            'forbidden',
            'comment_not_found',
            'illegal_move',
            'body_too_large',
            'unsupported_media_type',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const note = await writeNote(db, caller, request.params.id, request.body)
      return reply.code(201).headers(noStore).send(note)
    },
  )
}
