import type { Sql } from '../database/client.ts'
import { coarse } from '../http/times.ts'
import type { Session } from './session.ts'

/**
 * Begins a session, and forgets those that ended. False for whoever is not active: the lock lets nobody be deactivated
 * between this and the commit.
 */
export async function beginSession(
  db: Sql,
  hash: Buffer,
  personId: string,
  seconds: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into session (hash, person_id, expires_at)
     select $1, p.id, moment() + $3 * interval '1 second' from person p where p.id = $2 and p.active for share`,
    [hash, personId, seconds],
  )
  await db.query('delete from session where expires_at < moment()')
  return rowCount === 1
}

export async function endSession(db: Sql, hash: Buffer): Promise<void> {
  await db.query('delete from session where hash = $1', [hash])
}

/** Ends every session of a person but the one of `keep`. */
export async function endOtherSessions(db: Sql, personId: string, keep: Buffer | null): Promise<void> {
  await db.query('delete from session where person_id = $1 and hash is distinct from $2', [personId, keep])
}

/** Ends the session of this id, if it is this person's; false where there is none. */
export async function endSessionById(db: Sql, personId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.query('delete from session where person_id = $1 and id = $2', [personId, id])
  return rowCount === 1
}

/**
 * Gives a session another secret and another id, and ends its person's others. It lasts no longer than before. False
 * where it has ended.
 */
export async function rotateSession(db: Sql, personId: string, from: Buffer, to: Buffer): Promise<boolean> {
  const { rowCount } = await db.query(
    `with others as (delete from session where person_id = $1 and hash <> $2)
     update session set hash = $3, id = gen_random_uuid() where person_id = $1 and hash = $2`,
    [personId, from, to],
  )
  return rowCount === 1
}

/** Remembers that a session is in use. */
export async function touchSession(db: Sql, hash: Buffer): Promise<void> {
  await db.query('update session set last_seen_at = moment() where hash = $1 and last_seen_at < moment()', [
    hash,
  ])
}

interface SessionRow {
  id: string
  created_at: Date
  last_seen_at: Date
  current: boolean
}

/** A person's sessions that last, the newest first; `current` is the one of the hash. */
export async function listSessions(
  db: Sql,
  personId: string,
  current: Buffer | null,
  idleSeconds: number,
): Promise<Session[]> {
  const { rows } = await db.query<SessionRow>(
    `select id, created_at, last_seen_at, hash = $2 is true as current from session
      where person_id = $1 and expires_at > moment() and last_seen_at > moment() - $3 * interval '1 second'
      order by created_at desc, id`,
    [personId, current, idleSeconds],
  )
  return rows.map((row) => {
    const createdAt = coarse(row.created_at, 'minute')
    const lastSeenAt = coarse(row.last_seen_at, 'hour')
    return {
      id: row.id,
      createdAt,
      lastSeenAt: lastSeenAt < createdAt ? createdAt : lastSeenAt,
      current: row.current,
    }
  })
}
