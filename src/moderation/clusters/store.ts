import type { Sql } from '../../database/client.ts'
import { type ModeratedRow, shownColumns, shownTables } from '../store.ts'
import type { Cluster } from './cluster.ts'

/** The most comments that one decision is about. */
const mostAtOnce = 10_000

const inCluster = `
  w.site = $1 and w.match_hash = $2 and w.status = 'pending'
  and ($3::text[] is null or w.language = any ($3) or w.primary_language = any ($3))`

/** How many comments of a cluster wait in these languages (null: all), and the oldest of them. */
export async function readClusterRows(
  db: Sql,
  { site, matchHash }: Cluster,
  languages: string[] | null,
  most: number,
): Promise<{ size: number; rows: ModeratedRow[] }> {
  const values = [site, matchHash, languages]
  const counted = await db.query<{ size: number }>(
    `select count(*)::int as size from waiting w where ${inCluster}`,
    values,
  )
  const { rows } = await db.query<ModeratedRow>(
    `select ${shownColumns}
       from (select w.comment_id, w.position from waiting w where ${inCluster} order by w.position limit $4) as oldest
       join comment c on c.id = oldest.comment_id ${shownTables()}
      order by oldest.position`,
    [...values, most],
  )
  return { size: counted.rows[0]?.size ?? 0, rows }
}

export interface NewClusterDecision extends Cluster {
  sampleId: string
  languages: string[] | null
  personId: string
  keyId: string | null
  action: string
  /** as it was asked */
  decision: string
}

/** Writes down a decision over all that waits in the cluster now, but for what others hold; its id. */
export async function insertClusterDecision(tx: Sql, made: NewClusterDecision): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(
    `with made as (
       insert into cluster_decision (site, match_hash, sample_id, person_id, key_id, action, decision)
       values ($1, $2, $4, $5, $6, $7, $8) returning id
     ), about as (
       insert into cluster_comment (decision_id, comment_id, version)
       select made.id, c.id, c.seq
         from made, waiting w join comment c on c.id = w.comment_id
        where ${inCluster}
          and (w.claimed_until is null or w.claimed_until <= moment() or w.claimed_by = $5)
        order by w.comment_id <> $4, w.position limit $9
     )
     select id from made`,
    [
      made.site,
      made.matchHash,
      made.languages,
      made.sampleId,
      made.personId,
      made.keyId,
      made.action,
      made.decision,
      mostAtOnce,
    ],
  )
  return rows[0]?.id
}

export interface ClusterDecisionRow {
  id: string
  site: string
  matchHash: string
  sampleId: string
  personId: string
  keyId: string | null
  pseudonym: string
  action: string
  decision: unknown
  decidedAt: Date
  undoneAt: Date | null
  undoneBy: string | null
  /** how many comments are in each state; of those that were left by problem, as `left:problem` */
  counts: Record<string, number>
}

export async function findClusterDecision(db: Sql, id: string): Promise<ClusterDecisionRow | undefined> {
  const { rows } = await db.query<ClusterDecisionRow>(
    `select d.id, d.site, d.match_hash as "matchHash", d.sample_id as "sampleId", d.person_id as "personId",
            d.key_id as "keyId", p.pseudonym, d.action, d.decision, d.decided_at as "decidedAt",
            d.undone_at as "undoneAt", d.undone_by as "undoneBy",
            coalesce((select jsonb_object_agg(counted.kind, counted.many)
                        from (select concat_ws(':', k.state, k.problem) as kind, count(*)::int as many
                                from cluster_comment k where k.decision_id = d.id group by 1) as counted), '{}') as counts
       from cluster_decision d join person p on p.id = d.person_id
      where d.id = $1`,
    [id],
  )
  return rows[0]
}

/** Decisions that are not carried out yet, oldest first. */
export async function unfinishedClusterDecisions(db: Sql): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select id from cluster_decision where decision is not null order by decided_at limit 20',
  )
  return rows.map(({ id }) => id)
}

/** A decision as a process read it that carries it out; it may be turned around meanwhile. */
export type CarriedOut = Pick<ClusterDecisionRow, 'id' | 'undoneAt'>

/** A comment of a decision, and the version that is to be decided about. */
export interface InCluster {
  commentId: string
  version: number
}

/** The next comments of a decision that are still to be decided; none of one that was turned around meanwhile. */
export async function waitingOf(db: Sql, { id, undoneAt }: CarriedOut, most: number): Promise<InCluster[]> {
  const { rows } = await db.query<InCluster>(
    `select k.comment_id as "commentId", k.version
       from cluster_decision d join cluster_comment k on k.decision_id = d.id
      where d.id = $1 and (d.undone_at is not null) = $2 and k.state = 'waits' order by k.comment_id limit $3`,
    [id, undoneAt !== null, most],
  )
  return rows
}

/** Notes what became of one comment; false if somebody noted it already, or turned the decision around. */
export async function settleInCluster(
  tx: Sql,
  decisionId: string,
  { commentId, version }: InCluster,
  state: 'done' | 'left' | 'undone',
  problem: string | null,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update cluster_comment set state = $4, problem = $5
      where decision_id = $1 and comment_id = $2 and version = $3 and state = 'waits'`,
    [decisionId, commentId, version, state, problem],
  )
  return rowCount === 1
}

/**
 * Forgets what was asked, once nothing of it is left to do. Whoever turns the decision around at this moment has
 * asked for something else, which stays.
 */
export async function finishClusterDecision(db: Sql, { id, undoneAt }: CarriedOut): Promise<void> {
  await db.query(
    `update cluster_decision set decision = null
      where id = $1 and (undone_at is not null) = $2
        and not exists (select from cluster_comment where decision_id = $1 and state = 'waits')`,
    [id, undoneAt !== null],
  )
}

/**
 * Turns a decision around, within a transaction: what is not done stays undone, what is done waits to be undone. False
 * if it was turned around before.
 */
export async function undoClusterDecision(tx: Sql, id: string, personId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update cluster_decision set undone_at = moment(), undone_by = $2, decision = '{"action": "undo"}'
      where id = $1 and undone_at is null`,
    [id, personId],
  )
  if (rowCount !== 1) return false
  await tx.query(
    `update cluster_comment
        set state = case state when 'waits' then 'undone' else 'waits' end,
            version = case state when 'waits' then version else version + 1 end
      where decision_id = $1 and state in ('waits', 'done')`,
    [id],
  )
  return true
}
