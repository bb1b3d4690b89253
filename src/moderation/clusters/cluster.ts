import { z } from 'zod'
import { Problem } from '../../http/problems.ts'
import { Instant } from '../../http/times.ts'
import { SiteKey } from '../../sites/site.ts'
import { Decision, ModeratedComment } from '../decision.ts'

/** Names the waiting comments of a site whose texts count as the same. */
export const ClusterKey = z
  .string()
  .regex(/^[a-z0-9-]{1,63}\.[0-9a-f]{16}$/, 'It is a site, a dot and 16 hexadecimal digits')
  .meta({ id: 'ClusterKey', examples: ['demo.00c0ffee00c0ffee'] })

/** Where a cluster is found: the site, and the hash of the texts' match key. */
export interface Cluster {
  site: string
  matchHash: bigint
}

export function clusterKey({ site, matchHash }: Cluster): string {
  return `${site}.${BigInt.asUintN(64, matchHash).toString(16).padStart(16, '0')}`
}

/** The cluster of a key. */
export function clusterOf(key: string): Cluster {
  const at = key.lastIndexOf('.')
  const site = SiteKey.safeParse(key.slice(0, at))
  if (!site.success) throw new Problem('cluster_not_found')
  return { site: site.data, matchHash: BigInt.asIntN(64, BigInt(`0x${key.slice(at + 1)}`)) }
}

/** Near-identical comments that wait, with some of them to read. */
export const ClusterAnswer = z
  .strictObject({
    key: ClusterKey,
    site: SiteKey,
    size: z.int().meta({ description: 'How many wait, in the languages that you read.' }),
    comments: z.array(ModeratedComment).meta({ description: 'The oldest of them, 20 at most.' }),
  })
  .meta({ id: 'Cluster' })
export type ClusterAnswer = z.infer<typeof ClusterAnswer>

/** What can be decided about a whole cluster. */
const ClusterAction = z.enum(['approve', 'reject', 'return'])

/** One decision over a cluster, made about the comment that was read. */
export const DecisionOnCluster = Decision.pick({ rules: true, reason: true, note: true })
  .extend({
    action: ClusterAction.meta({
      description:
        '`approve` publishes only those with the very same name and text as the one that you read.',
    }),
    sample: z.uuid().optional().meta({ description: 'The comment that you read; the oldest unless named.' }),
  })
  .meta({ id: 'DecisionOnCluster', examples: [{ action: 'reject', rules: ['promotion'] }] })
export type DecisionOnCluster = z.infer<typeof DecisionOnCluster>

/** How far a decision over a cluster is carried out. */
export const ClusterDecisionMade = z
  .strictObject({
    id: z.uuid(),
    cluster: ClusterKey,
    action: z.string(),
    by: z.string().meta({ description: "The moderator's pseudonym." }),
    decidedAt: Instant,
    undoneAt: Instant.nullable(),
    finished: z.boolean(),
    size: z.int(),
    waits: z.int().meta({ description: 'Still to be done.' }),
    done: z.int(),
    undone: z.int(),
    left: z
      .record(z.string(), z.int())
      .meta({ description: 'Left as they were, counted by the code of the problem that kept them.' }),
  })
  .meta({ id: 'ClusterDecisionMade' })
export type ClusterDecisionMade = z.infer<typeof ClusterDecisionMade>
