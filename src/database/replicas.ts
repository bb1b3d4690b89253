import { setTimeout as delay } from 'node:timers/promises'
import { DatabaseError, type Pool } from 'pg'
import { openReplica, type Sql } from './client.ts'
import { errorCode, isDatabaseAway } from './faults.ts'

/** What a process knew of the primary when it looked last. */
export interface Known {
  /** how far the log reached, at least, in which all that it saw is written (a pg_lsn) */
  lsn: string
  /** its `moment()`, in milliseconds */
  moment: number
  /** on this process's monotonic clock, in milliseconds: when it was asked, and when it answered */
  askedAt: number
  answeredAt: number
}

/** Streaming replicas of the primary, from which is read what everybody sees. */
export interface Replicas {
  /**
   * What a story read from one that has seen all that is known, at a time at which nothing else could have been due;
   * undefined where there is none, or the story failed: the primary tells then. A story may run twice.
   */
  read<T>(known: Known, story: (reader: Sql) => Promise<T>): Promise<{ answer: T } | undefined>
  close(): Promise<void>
}

/** That a replica, by its number in the setting, is left out and why, or is read from again. */
export interface ReplicaNews {
  replica: number
  isRead: boolean
  /** `behind`, `slow`, `clock`, `no_replica`, `another_database`, or a code of PostgreSQL or the socket */
  fault?: string
}

export interface ReplicaOptions {
  /** as of the desk's pool; each replica has half as many */
  connections: number
  onNews: (news: ReplicaNews) => void
}

/** Milliseconds after which one that is left out is tried again. No reader waits for that. */
const pause = 2_000
/** Milliseconds for which one is waited for that has not seen what is known. */
const patience = 50
/** Milliseconds after which one is left out that does not answer. */
const limit = 1_000
/**
 * Milliseconds by which a replica's clock may be later than what is known. An undo is committed a quarter of a second
 * before its decision is due at the latest (`undo_came_in_time`): within this time nothing has become due that was
 * undone without our knowing.
 */
const latest = 100

/** Opens pools on replicas of the database that `primary` leads to. Each is read from as soon as it answered. */
export function replicas(urls: readonly string[], primary: Sql, options: ReplicaOptions): Replicas {
  const all = urls.map((url, at) => replica(url, at + 1, primary, options))
  let turn = 0
  return {
    async read(known, story) {
      if (performance.now() - known.askedAt > latest) return undefined
      const there = all.filter((one) => one.isRead())
      turn += 1
      return there[turn % there.length]?.read(known, story)
    },
    async close() {
      await Promise.all(all.map((one) => one.close()))
    },
  }
}

interface Replica extends Replicas {
  isRead(): boolean
}

function replica(
  url: string,
  number: number,
  primary: Sql,
  { connections, onNews }: ReplicaOptions,
): Replica {
  const stopping = new AbortController()
  let pool: Pool | undefined
  let isRead = false
  let told: string | undefined
  let trying = letIn()

  /** Tries until it is what it has to be, and has seen what the primary has written by now. */
  async function letIn(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        pool ??= await openReplica(url, connections)
        await checkReplica(pool, primary)
        isRead = true
        tell('')
        return
      } catch (fault) {
        tell(nameOf(fault))
      }
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  function leaveOut(fault: unknown): void {
    if (!isRead) return
    isRead = false
    tell(nameOf(fault))
    trying = delay(pause, undefined, { signal: stopping.signal }).then(letIn, () => undefined)
  }

  function tell(fault: string): void {
    if (stopping.signal.aborted || told === fault) return
    told = fault
    onNews({ replica: number, isRead, ...(fault !== '' && { fault }) })
  }

  return {
    isRead: () => isRead,
    async read(known, story) {
      if (!pool) return undefined
      try {
        return await within(limit, readFrom(pool, known, story))
      } catch (fault) {
        if (isOfReplica(fault)) leaveOut(fault)
        return undefined
      }
    },
    async close() {
      stopping.abort()
      await trying
      await pool?.end()
    },
  }
}

async function readFrom<T>(
  pool: Pool,
  known: Known,
  story: (reader: Sql) => Promise<T>,
): Promise<{ answer: T } | undefined> {
  const client = await pool.connect()
  client.on('error', ignore)
  let isUsable = true
  try {
    if (!(await hasSeen(client, known.lsn))) throw new ReplicaFault('behind')
    const answer = await story(client)
    return (await wasInTime(client, known)) ? { answer } : undefined
  } catch (fault) {
    isUsable = !isDatabaseAway(fault)
    throw fault
  } finally {
    client.off('error', ignore)
    client.release(!isUsable)
  }
}

/**
 * Whether it has replayed the primary's log up to there. What is read by a later statement of the same connection, which
 * is one of the replica's own, has seen that too.
 */
async function hasSeen(client: Sql, lsn: string): Promise<boolean> {
  const deadline = performance.now() + patience
  for (;;) {
    const { rows } = await client.query<{ seen: boolean | null }>(
      'select pg_is_in_recovery() and pg_last_wal_replay_lsn() >= $1::pg_lsn as seen',
      [lsn],
    )
    if (rows[0]?.seen) return true
    if (performance.now() > deadline) return false
    await delay(5)
  }
}

/** Asked after a story: whether by the replica's clock it was not later. Throws where the clock is not the primary's. */
async function wasInTime(client: Sql, known: Known): Promise<boolean> {
  const before = performance.now()
  const { rows } = await client.query<{ now: number }>(
    'select (extract(epoch from moment()) * 1000)::float8 as now',
  )
  const since = (rows[0]?.now ?? Infinity) - known.moment
  const [least, most] = [before - known.answeredAt, performance.now() - known.askedAt]
  if (since < least - latest || since > most + latest) throw new ReplicaFault('clock')
  return since <= latest
}

interface Identity {
  id: string
  replays: boolean
  lsn: string | null
}

async function checkReplica(pool: Sql, primary: Sql): Promise<void> {
  const [ours, theirs] = await Promise.all([identityOf(primary), within(limit, identityOf(pool))])
  if (!theirs.replays) throw new ReplicaFault('no_replica')
  if (ours.id !== theirs.id) throw new ReplicaFault('another_database')
  if (ours.lsn === null || !(await within(limit, hasSeen(pool, ours.lsn)))) throw new ReplicaFault('behind')
}

/** Which database it is: replicas have the same name for themselves. */
async function identityOf(db: Sql): Promise<Identity> {
  const { rows } = await db.query<Identity>(
    `select system_identifier || ' ' || current_database() as id, pg_is_in_recovery() as replays,
            case when not pg_is_in_recovery() then pg_current_wal_insert_lsn()::text end as lsn
       from pg_control_system()`,
  )
  const [identity] = rows
  if (!identity) throw new Error('a query of one row gave none')
  return identity
}

/** What is wrong with a replica, by a name for the log. */
class ReplicaFault extends Error {}

/** Whatever else a story throws is its own. */
function isOfReplica(fault: unknown): boolean {
  return fault instanceof ReplicaFault || fault instanceof DatabaseError || isDatabaseAway(fault)
}

/** Never a message of PostgreSQL's, which may hold a query's values. */
function nameOf(fault: unknown): string {
  if (fault instanceof ReplicaFault) return fault.message
  return errorCode(fault) ?? (fault instanceof Error ? fault.name : 'unknown')
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const timer = new AbortController()
  const late = delay(milliseconds, undefined, { signal: timer.signal }).then(() => {
    throw new ReplicaFault('slow')
  })
  try {
    return await Promise.race([work, late])
  } finally {
    late.catch(ignore)
    timer.abort()
  }
}

function ignore(): void {}
