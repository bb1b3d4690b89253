import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../database/client.ts'
import { isMigrated } from '../database/migrate.ts'
import { noStore } from './headers.ts'
import { problems } from './problem-list.ts'
import { answers, Problem } from './problems.ts'

export interface ServiceRouteOptions {
  db: Database
  /** whether the service is about to stop: `/readyz` says no then, so that no new requests are sent here */
  isDraining: () => boolean
}

const Health = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' })

/** Is it there, is it ready; and a page about every kind of problem. */
export const serviceRoutes: FastifyPluginAsyncZod<ServiceRouteOptions> = async (app, { db, isDraining }) => {
  app.get(
    '/livez',
    {
      schema: {
        operationId: 'isAlive',
        summary: 'Whether the process lives',
        tags: ['service'],
        security: [],
        response: { 200: Health, ...answers() },
      },
    },
    async (_request, reply) => reply.headers(noStore).send({ status: 'ok' }),
  )

  app.get(
    '/readyz',
    {
      schema: {
        operationId: 'isReady',
        summary: 'Whether the database is there and migrated, and the service not about to stop',
        tags: ['service'],
        security: [],
        response: { 200: Health, ...answers() },
      },
    },
    async (_request, reply) => {
      if (isDraining()) throw new Problem('unavailable', 'This process is about to stop.')
      if (!(await isMigrated(db.desk))) throw new Problem('unavailable', 'The database is not migrated yet.')
      await db.reader.query('select from public_article limit 0')
      return reply.headers(noStore).send({ status: 'ok' })
    },
  )

  app.get(
    '/problems/:code',
    { schema: { hide: true, params: z.strictObject({ code: z.string() }) } },
    async (request, reply) => {
      const found = Object.entries(problems).find(([code]) => code === request.params.code)
      if (!found) throw new Problem('not_found')
      const [code, [status, title, mend]] = found
      return reply
        .header('cache-control', 'public, max-age=3600')
        .type('text/plain; charset=utf-8')
        .send(`${title}\n\ncode: ${code}\nHTTP status: ${status}\n\n${mend}\n`)
    },
  )
}
