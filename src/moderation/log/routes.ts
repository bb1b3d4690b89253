import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { demand } from '../../access/auth.ts'
import type { Database } from '../../database/client.ts'
import { noStore } from '../../http/headers.ts'
import type { Keyring } from '../../http/keyring.ts'
import { asModerator } from '../../http/openapi.ts'
import { Page } from '../../http/paging.ts'
import { answers } from '../../http/problems.ts'
import { SiteKey } from '../../sites/site.ts'
import { publicKeyOf, signingKey } from './head.ts'
import { LogHeads, SiteLog, Verification } from './log.ts'
import { readLog } from './read-log.ts'
import { headsOf } from './store.ts'
import { verifyOverHttp } from './verify.ts'

const OfSite = z.strictObject({ site: SiteKey })

/** The log of a site: what was decided, and that nothing of it was changed since. */
export const logRoutes: FastifyPluginAsyncZod<{ db: Database; keys: Keyring }> = async (
  app,
  { db, keys },
) => {
  const shared = { tags: ['log'], security: asModerator }
  const headKey = signingKey(keys.logHeads)

  app.get(
    '/v1/moderation/log',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readLog',
        summary: "A site's log, oldest first",
        description:
          'Every move with its place in the chain of hashes. No text, no reason, nothing personal; what was decided within the last seconds follows soon.',
        ...shared,
        querystring: Page.extend(OfSite.shape),
        response: { 200: SiteLog, ...answers('unauthenticated', 'forbidden', 'invalid_cursor') },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'read_log', request.query.site)
      return reply.headers(noStore).send(await readLog(db, keys.cursors, request.query))
    },
  )

  app.get(
    '/v1/moderation/log/verification',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'verifyLog',
        summary: "Whether a site's log is as it was written",
        description:
          'Computes every hash anew, follows both chains, compares words, comments and signed heads with the log, and names the first row that is not as it was. A long log is verified in parts: go on with `next`.',
        ...shared,
        querystring: OfSite.extend({ cursor: Page.shape.cursor }),
        response: { 200: Verification, ...answers('unauthenticated', 'forbidden', 'invalid_cursor') },
      },
    },
    async (request, reply) => {
      const { site, cursor } = request.query
      demand(await app.identify(request), 'read_log', site)
      const found = await verifyOverHttp(db, { cursors: keys.cursors, heads: headKey }, site, cursor)
      return reply.headers(noStore).send(found)
    },
  )

  app.get(
    '/v1/moderation/log/heads',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readLogHeads',
        summary: "The signed ends of a site's log, one a day",
        description:
          'Keep them elsewhere: `postbag log verify --against FILE` shows from them when a whole log was written anew.',
        ...shared,
        querystring: OfSite,
        response: { 200: LogHeads, ...answers('unauthenticated', 'forbidden') },
      },
    },
    async (request, reply) => {
      const { site } = request.query
      demand(await app.identify(request), 'read_log', site)
      return reply
        .headers(noStore)
        .send({ publicKey: publicKeyOf(headKey), heads: await headsOf(db.desk, site) })
    },
  )
}
