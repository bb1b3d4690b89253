import { demand } from '../../access/auth.ts'
import { callerOfPerson } from '../../access/caller-store.ts'
import { type Caller, can, languagesOf } from '../../access/roles.ts'
import { type Database, transaction } from '../../database/client.ts'
import { Problem } from '../../http/problems.ts'
import { skeleton } from '../../screening/confusables.ts'
import { matchKey } from '../../screening/match-key.ts'
import { decide } from '../decide.ts'
import { Decision } from '../decision.ts'
import { judge } from '../judge.ts'
import { moderated } from '../moderated.ts'
import { readable } from '../read-comment.ts'
import { commentToJudge, type JudgedRow } from '../store.ts'
import {
  type ClusterAnswer,
  type ClusterDecisionMade,
  clusterKey,
  clusterOf,
  type DecisionOnCluster,
} from './cluster.ts'
import {
  type ClusterDecisionRow,
  findClusterDecision,
  finishClusterDecision,
  type InCluster,
  insertClusterDecision,
  readClusterRows,
  settleInCluster,
  undoClusterDecision,
  unfinishedClusterDecisions,
  waitingOf,
} from './store.ts'

/** Comments that are decided before the request is answered; the others follow by themselves. */
const atOnce = 100

/** The waiting comments of a cluster, the oldest to be read. */
export async function readCluster(db: Database, caller: Caller, key: string): Promise<ClusterAnswer> {
  const cluster = clusterOf(key)
  demand(caller, 'read_queue', cluster.site)
  const languages = languagesOf(caller, cluster.site) ?? null
  const { size, rows } = await readClusterRows(db.desk, cluster, languages, 20)
  if (size === 0) throw new Problem('cluster_not_found')
  return { key, site: cluster.site, size, comments: rows.map(moderated) }
}

/**
 * One person's decision about every comment that waits in a cluster now: one move each. It must be a legal decision
 * about the comment that the person read; another comment that cannot take it is left as it is.
 */
export async function decideCluster(
  db: Database,
  caller: Caller,
  key: string,
  { sample, ...asked }: DecisionOnCluster,
): Promise<ClusterDecisionMade> {
  const cluster = clusterOf(key)
  demand(caller, 'decide', cluster.site)
  const { person } = caller
  if (!person) throw new Problem('forbidden', 'Only a person decides.')
  const languages = languagesOf(caller, cluster.site) ?? null
  const { rows } = await readClusterRows(db.desk, cluster, languages, 1)
  const sampleId = sample ?? rows[0]?.id
  if (sampleId === undefined) throw new Problem('cluster_not_found')
  const read = await readable(db, caller, sampleId)
  judge(read, Decision.parse(asked), caller)

  const id = await insertClusterDecision(db.desk, {
    ...cluster,
    sampleId,
    languages,
    personId: person.id,
    keyId: caller.key?.id ?? null,
    action: asked.action,
    decision: JSON.stringify(asked),
  })
  if (id === undefined) throw new Problem('cluster_not_found')
  await begin(db, id)
  return readClusterDecision(db, caller, key, id)
}

/** How far a decision over a cluster is. */
export async function readClusterDecision(
  db: Database,
  caller: Caller,
  key: string,
  id: string,
): Promise<ClusterDecisionMade> {
  return made(await found(db, caller, key, id))
}

/** Undoes a decision over a cluster, comment by comment, as far as each can still be undone. */
export async function undoCluster(
  db: Database,
  caller: Caller,
  key: string,
  id: string,
): Promise<ClusterDecisionMade> {
  const decision = await found(db, caller, key, id)
  demand(caller, 'decide', decision.site)
  const { person } = caller
  const mayUndo = person?.id === decision.personId || can(caller, 'undo_for_others', decision.site)
  if (!person || !mayUndo) throw new Problem('forbidden', 'Only whoever decided, or an editor, undoes this.')
  await transaction(db.desk, (tx) => undoClusterDecision(tx, id, person.id))
  await begin(db, id)
  return readClusterDecision(db, caller, key, id)
}

/** Goes on with what was begun, here or by a process that has ended; called now and then. */
export async function carryOnWithClusters(db: Database): Promise<void> {
  for (const id of await unfinishedClusterDecisions(db.desk)) await carryOut(db, id, Number.POSITIVE_INFINITY)
}

/** Does a part before the request is answered, and the rest right after; whatever fails there is taken up again. */
async function begin(db: Database, id: string): Promise<void> {
  await carryOut(db, id, atOnce)
  void carryOut(db, id, Number.POSITIVE_INFINITY).catch(() => undefined)
}

/** Decides about `most` further comments at most. */
async function carryOut(db: Database, id: string, most: number): Promise<void> {
  const decision = await findClusterDecision(db.desk, id)
  const asked = Decision.safeParse(decision?.decision)
  if (!decision || !asked.success) return
  const caller = await callerOfPerson(db.desk, decision.undoneBy ?? decision.personId, decision.keyId)
  const sample = await commentToJudge(db.desk, decision.sampleId)

  for (let done = 0; done < most; ) {
    const next = await waitingOf(db.desk, decision, Math.min(atOnce, most - done))
    if (next.length === 0) break
    for (const one of next) await decideOne(db, decision, one, asked.data, caller, sample)
    done += next.length
  }
  await finishClusterDecision(db.desk, decision)
}

async function decideOne(
  db: Database,
  { id, undoneAt }: ClusterDecisionRow,
  one: InCluster,
  asked: Decision,
  caller: Caller | undefined,
  sample: JudgedRow | undefined,
): Promise<void> {
  const { commentId, version } = one
  try {
    if (!caller) throw new Problem('forbidden')
    if (!undoneAt) refuseOther(sample, await commentToJudge(db.desk, commentId), asked)
    const state = undoneAt ? 'undone' : 'done'
    await decide(db, caller, commentId, version, asked, {
      after: async (tx) => {
        // Settled by another process, or turned around: then nothing is decided here.
        if (!(await settleInCluster(tx, id, one, state, null))) throw new Problem('stale_version')
      },
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await settleInCluster(db.desk, id, one, 'left', error.code)
  }
}

/**
 * The index finds by a hash, which can be forged, so the texts decide; and nothing is published that nobody has read:
 * to be approved, a comment must say the very same, under the same name.
 */
function refuseOther(
  sample: Pick<JudgedRow, 'name' | 'text'> | undefined,
  other: Pick<JudgedRow, 'name' | 'text'> | undefined,
  { action }: Decision,
): void {
  const [one, two] = [sample?.text ?? null, other?.text ?? null]
  const isSame =
    one !== null &&
    two !== null &&
    (action === 'approve'
      ? one === two && sample?.name === other?.name
      : matchKey(one, skeleton) === matchKey(two, skeleton))
  if (!isSame) throw new Problem('not_the_same')
}

async function found(db: Database, caller: Caller, key: string, id: string): Promise<ClusterDecisionRow> {
  const { site } = clusterOf(key)
  demand(caller, 'read_queue', site)
  const decision = await findClusterDecision(db.desk, id)
  if (!decision || keyOf(decision) !== key) throw new Problem('cluster_not_found')
  return decision
}

function keyOf({ site, matchHash }: ClusterDecisionRow): string {
  return clusterKey({ site, matchHash: BigInt(matchHash) })
}

function made(row: ClusterDecisionRow): ClusterDecisionMade {
  const counted = Object.entries(row.counts)
  const inState = (state: string) => row.counts[state] ?? 0
  return {
    id: row.id,
    cluster: keyOf(row),
    action: row.action,
    by: row.pseudonym,
    decidedAt: row.decidedAt.toISOString(),
    undoneAt: row.undoneAt?.toISOString() ?? null,
    finished: row.decision === null,
    size: counted.reduce((sum, [, many]) => sum + many, 0),
    waits: inState('waits'),
    done: inState('done'),
    undone: inState('undone'),
    left: Object.fromEntries(
      counted.flatMap(([kind, many]) =>
        kind.startsWith('left:') ? [[kind.slice('left:'.length), many]] : [],
      ),
    ),
  }
}
