import type { Sql } from '../database/client.ts'
import { primaryLanguage } from '../http/language.ts'
import type { Lane } from './lane.ts'
import { type ModeratedRow, shownColumns, shownTables } from './store.ts'

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
    name: 'claim_next',
    text: claimNextSql,
    values: [
      personId,
      JSON.stringify(lanes.flatMap(byPrimaryLanguage)),
      signal,
      limit,
      leaseSeconds,
      mostHeld,
    ],
  })
  return rows
}

interface IndexRange extends Lane {
  primary: string | null
}

/** An index range for each primary language of a site, or one for all of it. */
function byPrimaryLanguage({ site, languages }: Lane): IndexRange[] {
  if (languages === null) return [{ site, primary: null, languages: null }]
  const primaries = new Set(languages.map(primaryLanguage))
  return [...primaries].map((primary) => ({ site, primary, languages }))
}

const isFree = `
  (w.claimed_until is null or w.claimed_until <= moment())
  and ($3::text is null or (w.signals <> '{}' and w.signals @> array[$3::text]))
  and w.first_person_id is distinct from $1::uuid
  and not exists (select from skip k where k.comment_id = w.comment_id and k.person_id = $1::uuid)`

const inOrder =
  'order by w.priority desc, w.position limit (select room from allowance) for update of w skip locked'

const claimNextSql = `
  with allowance as (
    select least($4::int, $6::int - (select count(*) from waiting
                                      where claimed_by = $1::uuid and claimed_until > moment()))::int as room
  ), lane as (
    select * from jsonb_to_recordset($2::jsonb) as given (site text, "primary" text, languages text[])
  ), free as (
    select found.* from lane cross join lateral (
      select w.comment_id, w.priority, w.position from waiting w
       where w.site = lane.site and ${isFree} ${inOrder}) as found
     where lane."primary" is null
    union all
    select found.* from lane cross join lateral (
      select w.comment_id, w.priority, w.position from waiting w
       where w.site = lane.site and w.primary_language = lane."primary"
         and (w.language = any (lane.languages) or w.primary_language = any (lane.languages))
         and ${isFree} ${inOrder}) as found
     where lane."primary" is not null
  ), leased as (
    update waiting w
       set claimed_by = $1::uuid, claimed_until = moment() + $5::int * interval '1 second'
      from (select comment_id from free order by priority desc, position limit (select room from allowance)) as next
     where w.comment_id = next.comment_id
    returning w.*
  )
  select ${shownColumns}
    from leased
    join comment c on c.id = leased.comment_id
    ${shownTables('leased')}
   order by leased.priority desc, leased.position`

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

/** Passes a waiting comment on: the person gives it back, and is not given it again. False unless it waits. */
export async function skipComment(db: Sql, personId: string, commentId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `with passed as (
       insert into skip (comment_id, person_id)
       select w.comment_id, $1 from waiting w where w.comment_id = $2
       on conflict do nothing
     ), released as (
       update waiting set claimed_by = null, claimed_until = null where comment_id = $2 and claimed_by = $1
     )
     select from waiting where comment_id = $2`,
    [personId, commentId],
  )
  return rowCount === 1
}
