import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Problem } from './problems.ts'

const none = z.strictObject({})

/** Refuses unknown query parameters on every route of the API: one that names none takes none. */
export function refuseUnknownParameters(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/v1/')) return
    route.schema = { querystring: none, ...route.schema }
  })
}

/** Refuses an id in an address that is not written as we write it, so that a thing has one address. */
export function refuseOtherSpellings(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ params }) => {
    for (const parameter of ['id', 'hold']) {
      const value: unknown =
        typeof params === 'object' && params !== null ? Reflect.get(params, parameter) : undefined
      if (typeof value !== 'string' || !/[A-F]/.test(value) || !z.uuid().safeParse(value).success) continue
      const detail = 'An id is written in small letters.'
      throw new Problem('invalid_request', detail, {
        errors: [{ parameter, code: 'invalid_format', detail }],
      })
    }
  })
}
