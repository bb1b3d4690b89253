import { type Database, type Sql, transaction } from '../database/client.ts'

/** Wrong codes in a row for which nobody waits; then a minute, two, four, … up to a day. */
const freeTries = 5

/** Whether a person has a second factor that counts, and how many recovery codes are left. */
export async function secondFactorOf(
  db: Sql,
  personId: string,
): Promise<{ enrolled: boolean; recoveryCodes: number }> {
  const { rows } = await db.query<{ recovery_codes: number }>(
    `select (select count(*)::int from recovery_code r where r.person_id = f.person_id) as recovery_codes
       from second_factor f where f.person_id = $1 and f.confirmed_at is not null`,
    [personId],
  )
  return { enrolled: rows.length > 0, recoveryCodes: rows[0]?.recovery_codes ?? 0 }
}

/** Keeps a secret that is still to be confirmed; false where there is one that counts. */
export async function insertSecondFactor(db: Sql, personId: string, secret: Buffer): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into second_factor as f (person_id, secret) values ($1, $2)
     on conflict (person_id) do update set secret = excluded.secret, last_step = 0
      where f.confirmed_at is null`,
    [personId, secret],
  )
  return rowCount === 1
}

/** A try that was granted. */
export interface Try {
  secret: Buffer
  /** the database's time, in seconds since 1970 */
  seconds: number
}

/**
 * Spends a try before the code is looked at, so that of many at once no more are granted than of many in a row. Undefined
 * where none is left, or where there is no such second factor.
 */
export async function spendTry(db: Sql, personId: string, isConfirmed: boolean): Promise<Try | undefined> {
  const { rows } = await db.query<Try>(
    `update second_factor
        set failures = failures + 1,
            try_from = case when failures + 1 < $3 then try_from
                            else moment() + least(interval '1 day',
                                                  interval '1 minute' * power(2, least(failures + 1 - $3, 20))) end
      where person_id = $1 and (confirmed_at is not null) = $2 and (try_from is null or try_from <= moment())
      returning secret, extract(epoch from moment())::float8 as seconds`,
    [personId, isConfirmed, freeTries],
  )
  return rows[0]
}

/** Seconds until the next try is granted; undefined where there is no such second factor. */
export async function secondsUntilTry(
  db: Sql,
  personId: string,
  isConfirmed: boolean,
): Promise<number | undefined> {
  const { rows } = await db.query<{ seconds: number }>(
    `select greatest(1, ceil(extract(epoch from try_from - moment())))::int as seconds
       from second_factor where person_id = $1 and (confirmed_at is not null) = $2`,
    [personId, isConfirmed],
  )
  return rows[0]?.seconds
}

/** Takes the code of a time step, once: of several who send it at the same time one gets true. */
export async function takeStep(db: Sql, personId: string, secret: Buffer, step: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `update second_factor set last_step = $3, failures = 0, try_from = null
      where person_id = $1 and secret = $2 and last_step < $3 and confirmed_at is not null`,
    [personId, secret, step],
  )
  return rowCount === 1
}

/** Takes a recovery code, once. */
export async function takeRecoveryCode(db: Sql, personId: string, hash: Buffer): Promise<boolean> {
  const { rowCount } = await db.query(
    `with used as (delete from recovery_code where person_id = $1 and hash = $2 returning person_id)
     update second_factor f set failures = 0, try_from = null from used where f.person_id = used.person_id`,
    [personId, hash],
  )
  return rowCount === 1
}

/** Makes a secret count from its first code on, with its recovery codes; false where that happened already. */
export async function confirmSecondFactor(
  tx: Sql,
  personId: string,
  secret: Buffer,
  step: number,
  hashes: Buffer[],
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update second_factor set confirmed_at = moment(), last_step = $3, failures = 0, try_from = null
      where person_id = $1 and secret = $2 and confirmed_at is null`,
    [personId, secret, step],
  )
  if (rowCount === 1) await writeRecoveryCodes(tx, personId, hashes)
  return rowCount === 1
}

/** New recovery codes instead of all that are left. */
export async function replaceRecoveryCodes(db: Database, personId: string, hashes: Buffer[]): Promise<void> {
  await transaction(db.desk, async (tx) => {
    await tx.query('select from second_factor where person_id = $1 for update', [personId])
    await tx.query('delete from recovery_code where person_id = $1', [personId])
    await writeRecoveryCodes(tx, personId, hashes)
  })
}

async function writeRecoveryCodes(tx: Sql, personId: string, hashes: Buffer[]): Promise<void> {
  await tx.query(
    `insert into recovery_code (person_id, hash)
     select f.person_id, hash from second_factor f, unnest($2::bytea[]) as hash where f.person_id = $1`,
    [personId, hashes],
  )
}

/** Forgets a person's second factor with its recovery codes; false where there is none that counts. */
export async function deleteSecondFactor(db: Sql, personId: string): Promise<boolean> {
  const { rows } = await db.query<{ counted: boolean }>(
    `delete from second_factor where person_id = $1 returning confirmed_at is not null as counted`,
    [personId],
  )
  return rows[0]?.counted === true
}
