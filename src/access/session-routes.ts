import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../database/client.ts'
import { noStore } from '../http/headers.ts'
import { asModerator } from '../http/openapi.ts'
import { answers, Problem } from '../http/problems.ts'
import { demand, justSignedIn, sessionOf, signedInPerson } from './auth.ts'
import { lasts, Session } from './session.ts'
import { endOtherSessions, endSessionById, listSessions } from './session-store.ts'
import { closeDoors, findPerson } from './store.ts'

const ById = z.strictObject({ id: z.uuid() })
const Sessions = z.strictObject({ sessions: z.array(Session) }).meta({ id: 'Sessions' })
const ended = z.null().meta({ description: 'Ended.' })

/** Sessions: everybody sees and ends their own, admins everybody's. */
export const sessionRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  app.get(
    '/v1/sessions',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'listMySessions',
        summary: 'My sessions',
        description: 'The newest first. From where and with what they are used is kept nowhere.',
        tags: ['session'],
        security: [{ session: [] }],
        response: { 200: Sessions, ...answers('unauthenticated', 'forbidden') },
      },
    },
    async (request, reply) => {
      const { id } = signedInPerson(await app.identify(request))
      const sessions = await listSessions(db.desk, id, sessionOf(request) ?? null, lasts.idleSeconds)
      return reply.headers(noStore).send({ sessions })
    },
  )

  app.delete(
    '/v1/sessions',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'endMyOtherSessions',
        summary: 'End my other sessions',
        description: 'All but the one that you ask with. Takes a sign-in of the last 15 minutes.',
        tags: ['session'],
        security: [{ session: [] }],
        response: { 204: ended, ...answers('unauthenticated', 'forbidden', 'sign_in_again') },
      },
    },
    async (request, reply) => {
      const { id } = justSignedIn(await app.identify(request))
      await endOtherSessions(db.desk, id, sessionOf(request) ?? null)
      return reply.code(204).headers(noStore).send(null)
    },
  )

  app.delete(
    '/v1/sessions/:id',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'endMySession',
        summary: 'End one of my sessions',
        description: 'Takes a sign-in of the last 15 minutes.',
        tags: ['session'],
        security: [{ session: [] }],
        params: ById,
        response: {
          204: ended,
          ...answers('unauthenticated', 'forbidden', 'sign_in_again', 'session_not_found'),
        },
      },
    },
    async (request, reply) => {
      const { id } = justSignedIn(await app.identify(request))
      if (!(await endSessionById(db.desk, id, request.params.id))) throw new Problem('session_not_found')
      return reply.code(204).headers(noStore).send(null)
    },
  )

  app.get(
    '/v1/people/:id/sessions',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'listSessions',
        summary: "A person's sessions",
        tags: ['administration'],
        security: asModerator,
        params: ById,
        response: { 200: Sessions, ...answers('unauthenticated', 'forbidden', 'person_not_found') },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_people', null)
      const { id } = request.params
      if (!(await findPerson(db.prisma, id))) throw new Problem('person_not_found')
      const sessions = await listSessions(db.desk, id, sessionOf(request) ?? null, lasts.idleSeconds)
      return reply.headers(noStore).send({ sessions })
    },
  )

  app.delete(
    '/v1/people/:id/sessions',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'endSessions',
        summary: 'End all sessions of a person',
        description: 'And every sign-in link of theirs that was not used yet.',
        tags: ['administration'],
        security: asModerator,
        params: ById,
        response: { 204: ended, ...answers('unauthenticated', 'forbidden', 'person_not_found') },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_people', null)
      const { id } = request.params
      if (!(await findPerson(db.prisma, id))) throw new Problem('person_not_found')
      await closeDoors(db.desk, id)
      return reply.code(204).headers(noStore).send(null)
    },
  )
}
