import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../../database/client.ts'
import { noStore } from '../../http/headers.ts'
import { asModerator } from '../../http/openapi.ts'
import { answers } from '../../http/problems.ts'
import { giveSamples } from './give-samples.ts'
import { judgeSample } from './judge-sample.ts'
import { Samples, SamplesQuery, Verdict, VerdictMade } from './sample.ts'

const ById = z.strictObject({ id: z.uuid() })

/** Decisions that are judged a second time, blind. */
export const sampleRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  const shared = { tags: ['moderation'], security: asModerator }

  app.get(
    '/v1/moderation/samples',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'giveSamples',
        summary: 'Comments about which others decided, to be judged without knowing how',
        description:
          'Chance chooses two in a hundred decisions, and ten in a hundred edits; you get some of every moderator, language and rule. Never a comment about which you decided something.',
        ...shared,
        querystring: SamplesQuery,
        response: { 200: Samples, ...answers('unauthenticated', 'forbidden') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send({ samples: await giveSamples(db, caller, request.query) })
    },
  )

  app.post(
    '/v1/moderation/samples/:id/verdict',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'judgeSample',
        summary: 'Say what you would have decided',
        description: 'It changes nothing but the figures on how often two people decide alike. Once.',
        ...shared,
        params: ById,
        body: Verdict,
        response: {
          201: VerdictMade,
          ...answers(
            'malformed_body',
            'unauthenticated',
            'forbidden',
            'sample_not_found',
            'already_judged',
            'rule_missing',
            'rule_unknown',
            'rule_does_not_permit',
            'body_too_large',
            'unsupported_media_type',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const made = await judgeSample(db, caller, request.params.id, request.body)
      return reply.code(201).headers(noStore).send(made)
    },
  )
}
