import { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { bearer, demand } from '../../access/auth.ts'
import type { Database } from '../../database/client.ts'
import { noStore } from '../../http/headers.ts'
import type { Keyring } from '../../http/keyring.ts'
import { asModerator, asReader } from '../../http/openapi.ts'
import { answers } from '../../http/problems.ts'
import { statementsAsCsv, statementsAsLines } from './export-statements.ts'
import { readOwnStatement, readStatement, readStatements } from './read-statements.ts'
import { Statement, StatementList, StatementPeriod, StatementQuery, StatementVersion } from './statement.ts'

export interface StatementRouteOptions {
  db: Database
  keys: Keyring
  baseUrl: string
}

const ById = z.strictObject({ id: z.uuid() })

/** A text that leaves as it is made. */
const file = z.unknown().meta({ type: 'string' })

/** Statements of reasons, for the reader of whose comment each is, for moderators, and for authorities. */
export const statementRoutes: FastifyPluginAsyncZod<StatementRouteOptions> = async (
  app,
  { db, keys, baseUrl },
) => {
  app.get(
    '/v1/receipt/statement',
    {
      schema: {
        operationId: 'readOwnStatement',
        summary: 'The statement of reasons about your comment',
        description:
          'Of the newest decision to edit, reject, return or unpublish it: the rules, or the order of an authority, the facts, and what you can do. There is none of an order that forbids to tell you.',
        tags: ['receipt'],
        security: asReader,
        response: {
          200: Statement,
          ...answers('unauthenticated', 'receipt_unknown', 'statement_not_found'),
        },
      },
    },
    async (request, reply) =>
      reply.headers(noStore).send(await readOwnStatement(db, baseUrl, bearer(request))),
  )

  app.get(
    '/v1/moderation/comments/:id/statement',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readStatement',
        summary: 'A statement of reasons about a comment',
        tags: ['moderation'],
        security: asModerator,
        params: ById,
        querystring: StatementVersion,
        response: {
          200: Statement,
          ...answers('unauthenticated', 'forbidden', 'comment_not_found', 'statement_not_found'),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const { version } = request.query
      return reply.headers(noStore).send(await readStatement(db, baseUrl, caller, request.params.id, version))
    },
  )

  app.get(
    '/v1/moderation/statements',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'listStatements',
        summary: "A site's statements of reasons, oldest first",
        description: 'Of the decisions on days in UTC, both included. No text, no reason, nobody’s name.',
        tags: ['moderation'],
        security: asModerator,
        querystring: StatementQuery,
        response: { 200: StatementList, ...answers('unauthenticated', 'forbidden', 'invalid_cursor') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      demand(caller, 'read_statements', request.query.site)
      const options = { cursors: keys.cursors, baseUrl }
      return reply.headers(noStore).send(await readStatements(db, options, caller, request.query))
    },
  )

  const files = [
    { ending: 'csv', type: 'text/csv', name: 'Csv', called: 'a CSV file', write: statementsAsCsv },
    {
      ending: 'ndjson',
      type: 'application/x-ndjson',
      name: 'Lines',
      called: 'lines of JSON',
      write: statementsAsLines,
    },
  ] as const
  for (const { ending, type, name, called, write } of files) {
    app.get(
      `/v1/moderation/statements.${ending}`,
      {
        config: { budget: 'moderating' },
        schema: {
          operationId: `exportStatements${name}`,
          summary: `A site's statements of reasons as ${called}`,
          description:
            'UTF-8, under the names of the EU’s DSA Transparency Database. Decisions that were undone, or still can be, are left out.',
          tags: ['moderation'],
          security: asModerator,
          querystring: StatementPeriod,
          response: {
            200: { description: 'The file.', content: { [type]: { schema: file } } },
            ...answers('unauthenticated', 'forbidden'),
          },
        },
      },
      async (request, reply) => {
        const { site } = request.query
        demand(await app.identify(request), 'read_statements', site)
        const lines = Readable.from(await write(db, baseUrl, request.query))
        return reply
          .headers({
            ...noStore,
            'content-disposition': `attachment; filename="${site}-statements.${ending}"`,
          })
          .type(`${type}; charset=utf-8`)
          .send(lines)
      },
    )
  }
}
