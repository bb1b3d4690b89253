import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

const none = z.strictObject({})

/** Refuses unknown query parameters on every route of the API: one that names none takes none. */
export function refuseUnknownParameters(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/v1/')) return
    route.schema = { querystring: none, ...route.schema }
  })
}
