import type { Client } from 'pg'
import { violatedConstraint } from '../../src/database/faults.ts'
import type { House } from './house.ts'

/** A database with SQL as its owner. */
export type Owned = Pick<House, 'owner'>

/** Who attacks: the owner of every table (here even a superuser), or one of the service's two roles. */
export type Role = 'owner' | 'desk' | 'reader'

/**
 * Why PostgreSQL refuses this SQL to a role, what is checked at commit included: the constraint's name, or else the
 * message. Fails if it is not refused, or if anything is other than before.
 */
export async function refusal(house: Owned, role: Role, attack: string): Promise<string> {
  const before = await fingerprints(house.owner)
  const refused = reason(await fault(house.owner, [...as(role), attack, 'commit']), attack)
  expect(await fingerprints(house.owner)).toEqual(before)
  return refused
}

/**
 * The same for an owner who has switched off every trigger of ours: what the keys and checks refuse alone.
 * Null if they let it pass. Undone in any case.
 */
export async function refusalByKeys(house: Owned, attack: string): Promise<string | null> {
  const error = await fault(house.owner, [withoutTriggers, attack, 'set constraints all immediate'])
  return error === undefined ? null : reason(error, attack)
}

/** Does what nothing refuses, and commits. */
export async function allowed(house: Owned, role: Role, sql: string): Promise<void> {
  const error = await fault(house.owner, [...as(role), sql, 'commit'])
  if (error !== undefined) throw error
}

/** What a question finds after an owner has tampered with every trigger switched off. Undone afterwards. */
export async function afterTampering(house: Owned, tampering: string, question: string): Promise<unknown[]> {
  const { owner } = house
  await owner.query('begin')
  try {
    await owner.query(withoutTriggers)
    await owner.query(tampering)
    await owner.query('set constraints all immediate')
    const { rows } = await owner.query<Record<string, unknown>>(question)
    return rows
  } finally {
    await owner.query('rollback')
  }
}

/** The rows of a query as the owner, or as another role. */
export async function found(
  house: Owned,
  sql: string,
  role: Role = 'owner',
): Promise<Record<string, unknown>[]> {
  const { owner } = house
  await owner.query('begin')
  try {
    for (const statement of as(role)) await owner.query(statement)
    const { rows } = await owner.query<Record<string, unknown>>(sql)
    return rows
  } finally {
    await owner.query('rollback')
  }
}

/** The values of a query's only column as texts, as the owner. */
export async function listed(house: Owned, sql: string): Promise<string[]> {
  return (await found(house, sql)).map((row) => String(Object.values(row)[0]))
}

function as(role: Role): string[] {
  return role === 'owner' ? [] : [`set local role postbag_${role}`]
}

const withoutTriggers = `
  do $$
  declare
    held regclass;
  begin
    for held in select distinct tgrelid from pg_trigger where not tgisinternal loop
      execute format('alter table %s disable trigger user', held);
    end loop;
  end
  $$`

/** The error of the first statement that fails, in a transaction that is over afterwards. */
async function fault(client: Client, statements: string[]): Promise<unknown> {
  await client.query('begin')
  try {
    for (const statement of statements) await client.query(statement)
    return undefined
  } catch (error) {
    return error
  } finally {
    await client.query('rollback')
  }
}

function reason(error: unknown, attack: string): string {
  if (!(error instanceof Error)) throw new Error(`Nothing refused this:\n${attack}`)
  return violatedConstraint(error) ?? error.message
}

/** Of every table, how many rows it has and a hash of what they say. */
async function fingerprints(client: Client): Promise<unknown[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`,
  )
  const each = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*), md5(string_agg(t::text, ',' order by t::text)) from ${name} t`,
  )
  const { rows } = await client.query<Record<string, unknown>>(`${each.join(' union all ')} order by name`)
  return rows
}
