import type { Sql } from '../../database/client.ts'
import type { Lane } from '../queue/lane.ts'
import { nextWaiting, rangesOf } from '../queue/waiting-store.ts'
import { type ModeratedRow, shownColumns, shownTables } from '../store.ts'

/** Seconds that a lease lasts, unless it is renewed. */
const leaseSeconds = 300

/** The most comments that one person holds at a time. */
const mostHeld = 20

export interface ClaimFilter {
  lanes: Lane[]
  signal: string | null
  limit: number
}

/**
 * Leases the next comments to a person, oldest first within priority, in one statement. What another holds, what is
 * being leased at this moment, what the person skipped or escalated themselves is passed over.
 */
export async function claimNext(
  db: Sql,
  personId: string,
  { lanes, signal, limit }: ClaimFilter,
): Promise<ModeratedRow[]> {
  const { rows } = await db.query<ModeratedRow>({
    name: `claim_next_${limit}`,
    text: claimSql(limit),
    values: [personId, rangesOf(lanes), signal, ['pending', 'second_review'], leaseSeconds, mostHeld],
  })
  return rows
}

const isFree = `
  (w.claimed_until is null or w.claimed_until <= moment())
  and ($3::text is null or (w.signals <> '{}' and w.signals @> array[$3::text]))
  and w.first_person_id is distinct from $1::uuid
  and not exists (select from skip k where k.comment_id = w.comment_id and k.person_id = $1::uuid)`

/** More than are leased, because others may be leasing the first ones at this moment. */
const candidates = 160

/** Rows are locked one by one, in their order, and no more of them than are leased. */
const claimSql = (limit: number) => `
  with free as (
    select * from (${nextWaiting({ ranges: '$2', statuses: '$4', condition: isFree, limit: candidates })}) as first
     order by priority desc, position limit ${candidates}
  ), locked as (
    select w.comment_id
      from free join waiting w on w.comment_id = free.comment_id
     where ${isFree}
     order by free.priority desc, free.position
     limit least(${limit}, $6::int - (select count(*) from waiting
                                       where claimed_by = $1::uuid and claimed_until > moment()))
       for update of w skip locked
  ), leased as (
    update waiting w
       set claimed_by = $1::uuid, claimed_until = moment() + $5::int * interval '1 second'
      from (select comment_id from locked limit ${limit}) as next
     where w.comment_id = next.comment_id
    returning w.*
  )
  select ${shownColumns}
    from (select * from leased limit ${limit}) as held
    join comment c on c.id = held.comment_id
    ${shownTables('leased')}
   order by held.priority desc, held.position`

/** What a person holds now, in the order of the queue. */
export async function heldBy(db: Sql, personId: string): Promise<ModeratedRow[]> {
  const { rows } = await db.query<ModeratedRow>(
    `select ${shownColumns}
       from waiting held join comment c on c.id = held.comment_id ${shownTables()}
      where held.claimed_by = $1 and held.claimed_until > moment()
      order by held.priority desc, held.position`,
    [personId],
  )
  return rows
}

/** Prolongs what a person still holds. */
export async function renewClaims(db: Sql, personId: string): Promise<void> {
  await db.query(
    `update waiting set claimed_until = moment() + $2 * interval '1 second'
      where claimed_by = $1 and claimed_until > moment()`,
    [personId, leaseSeconds],
  )
}

/** Gives back what a person holds: one comment, or (null) all. */
export async function releaseClaims(db: Sql, personId: string, commentId: string | null): Promise<void> {
  await db.query(
    `update waiting set claimed_by = null, claimed_until = null
      where claimed_by = $1 and ($2::uuid is null or comment_id = $2)`,
    [personId, commentId],
  )
}

/**
 * Passes a waiting comment on: the person gives it back, and is not given it again. What they held counts as passed on.
 * False unless it waits.
 */
export async function skipComment(db: Sql, personId: string, commentId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `with passed as (
       insert into skip (comment_id, person_id)
       select w.comment_id, $1 from waiting w where w.comment_id = $2
       on conflict do nothing
       returning comment_id
     ), counted as (
       insert into handled (site, language, person_id, day)
       select w.site, w.language, w.claimed_by, (moment() at time zone 'UTC')::date
         from passed join waiting w on w.comment_id = passed.comment_id
        where w.claimed_by = $1 and w.claimed_until > moment()
     ), released as (
       update waiting set claimed_by = null, claimed_until = null where comment_id = $2 and claimed_by = $1
     )
     select from waiting where comment_id = $2`,
    [personId, commentId],
  )
  return rowCount === 1
}
