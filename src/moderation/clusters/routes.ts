import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../../database/client.ts'
import { noStore } from '../../http/headers.ts'
import { asModerator } from '../../http/openapi.ts'
import { answers } from '../../http/problems.ts'
import { ClusterAnswer, ClusterDecisionMade, ClusterKey, DecisionOnCluster } from './cluster.ts'
import { decideCluster, readCluster, readClusterDecision, undoCluster } from './decide-cluster.ts'

const ByKey = z.strictObject({ key: ClusterKey })
const ByKeyAndId = ByKey.extend({ id: z.uuid() })

/** Floods: many waiting comments that say the same. */
export const clusterRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  const shared = { tags: ['moderation'], security: asModerator }
  const refusals = ['unauthenticated', 'forbidden', 'cluster_not_found'] as const

  app.get(
    '/v1/moderation/clusters/:key',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readCluster',
        summary: 'Waiting comments that say the same',
        description: 'The key is that of `cluster` of a waiting comment.',
        ...shared,
        params: ByKey,
        response: { 200: ClusterAnswer, ...answers(...refusals) },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await readCluster(db, caller, request.params.key))
    },
  )

  app.post(
    '/v1/moderation/clusters/:key/decisions',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'decideCluster',
        summary: 'Decide once about all that wait in a cluster',
        description:
          'Each comment gets a move of its own. The first hundred are done when this answers, the others soon after; ask for the decision to see how far it is. What came in later is not part of it.',
        ...shared,
        params: ByKey,
        body: DecisionOnCluster,
        response: {
          202: ClusterDecisionMade,
          ...answers(
            ...refusals,
            'malformed_body',
            'comment_not_found',
            'illegal_move',
            'second_person_needed',
            'second_person_missing',
            'body_too_large',
            'unsupported_media_type',
            'rule_missing',
            'rule_unknown',
            'rule_does_not_permit',
            'reason_missing',
            'reason_unfinished',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const made = await decideCluster(db, caller, request.params.key, request.body)
      return reply.code(202).headers(noStore).send(made)
    },
  )

  app.get(
    '/v1/moderation/clusters/:key/decisions/:id',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readClusterDecision',
        summary: 'How far a decision about a cluster is carried out',
        ...shared,
        params: ByKeyAndId,
        response: { 200: ClusterDecisionMade, ...answers(...refusals) },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const { key, id } = request.params
      return reply.headers(noStore).send(await readClusterDecision(db, caller, key, id))
    },
  )

  app.post(
    '/v1/moderation/clusters/:key/decisions/:id/undo',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'undoCluster',
        summary: 'Undo a decision about a cluster',
        description:
          'What is not done yet stays undone; what is done is undone comment by comment, as long as each can be.',
        ...shared,
        params: ByKeyAndId,
        response: { 202: ClusterDecisionMade, ...answers(...refusals) },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const { key, id } = request.params
      return reply
        .code(202)
        .headers(noStore)
        .send(await undoCluster(db, caller, key, id))
    },
  )
}
