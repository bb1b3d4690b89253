import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../../database/client.ts'
import { noStore } from '../../http/headers.ts'
import type { Keyring } from '../../http/keyring.ts'
import { asModerator } from '../../http/openapi.ts'
import { answers } from '../../http/problems.ts'
import { ReportsQuery, readReports } from './read-reports.ts'
import { Report, Reports, Resolution, ResolutionMade } from './report.ts'
import { readReport, resolve } from './resolve-report.ts'

const ById = z.strictObject({ id: z.uuid() })

/** What readers objected to, and what becomes of it. */
export const reportResolutionRoutes: FastifyPluginAsyncZod<{ db: Database; keys: Keyring }> = async (
  app,
  { db, keys },
) => {
  const shared = { tags: ['reports'], security: asModerator }

  app.get(
    '/v1/moderation/reports',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readReports',
        summary: 'Reports by readers: those that tell of danger first, then the oldest',
        ...shared,
        querystring: ReportsQuery,
        response: { 200: Reports, ...answers('unauthenticated', 'forbidden', 'invalid_cursor') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await readReports(db, keys.cursors, caller, request.query))
    },
  )

  app.get(
    '/v1/moderation/reports/:id',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readReport',
        summary: 'One report, with what was reported and what stands now',
        ...shared,
        params: ById,
        response: { 200: Report, ...answers('unauthenticated', 'forbidden', 'report_not_found') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await readReport(db, caller, request.params.id))
    },
  )

  app.post(
    '/v1/moderation/reports/:id/resolution',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'resolveReport',
        summary: 'Resolve a report: keep, unpublish or edit the comment, and tell the reader why',
        description:
          'Unpublishing and editing are decisions like any other, under the rules that you cite, and are made together with the resolution or not at all. Other open reports about a comment that goes are resolved with it.',
        ...shared,
        params: ById,
        body: Resolution,
        response: {
          201: ResolutionMade,
          ...answers(
            'malformed_body',
            'unauthenticated',
            'forbidden',
            'report_not_found',
            'report_settled',
            'illegal_move',
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
            'reason_unfinished',
            'nothing_changed',
            'edits_not_allowed',
            'precondition_required',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const made = await resolve(db, caller, request.params.id, request.body)
      return reply.code(201).headers(noStore).send(made)
    },
  )
}
