import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../../database/client.ts'
import { noStore } from '../../http/headers.ts'
import { answers } from '../../http/problems.ts'
import { SiteKey } from '../../sites/site.ts'
import { fileReport } from './file-report.ts'
import { NewReport, ReportAccepted } from './report.ts'

const OfComment = z.strictObject({ site: SiteKey, id: z.uuid() })

/** What readers object to. */
export const reportRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  app.post(
    '/v1/sites/:site/comments/:id/reports',
    {
      config: { budget: 'submitting', showsNothing: true },
      schema: {
        operationId: 'reportComment',
        summary: 'Report a published comment',
        description:
          'A moderator reads every report; a report changes nothing by itself. The answer holds a receipt with which `GET /v1/receipt` tells what became of it.',
        tags: ['submitting'],
        security: [],
        params: OfComment,
        body: NewReport,
        response: {
          202: ReportAccepted,
          ...answers(
            'malformed_body',
            'origin_not_allowed',
            'comment_not_found',
            'rule_unknown',
            'body_too_large',
            'unsupported_media_type',
          ),
        },
      },
    },
    async (request, reply) => {
      const { site, id } = request.params
      const accepted = await fileReport(db, site, id, request.body)
      return reply
        .code(202)
        .headers({ ...noStore, location: '/v1/receipt' })
        .send(accepted)
    },
  )
}
