import { setTimeout } from 'node:timers/promises'
import { Pool, type PoolClient } from 'pg'
import type { House } from './house.ts'

/** What PostgreSQL did for one statement, be it one of a function or a trigger. */
export interface Explained {
  statement: string
  /** rows and entries of indexes that it looked at, those included that it threw away */
  rows: number
  /** of 8 kB, in memory or not */
  pages: number
  /** tables that it read from beginning to end */
  whole: string[]
}

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Join Filter'?: number
  'Rows Removed by Index Recheck'?: number
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  Plans?: Plan[]
}

/** A table of no more rows than this is read whole with right. */
export const fewRows = 2_000

/**
 * From now on PostgreSQL tells how it carried out each statement of this house's, as it was really sent and with the plan
 * that was really used, and those within functions and triggers as well (auto_explain). What comes back runs a story and tells
 * what was done for it.
 */
export async function explainAll(
  house: House,
): Promise<(story: () => Promise<unknown>) => Promise<Explained[]>> {
  const { desk, reader } = house.db
  if (!(reader instanceof Pool)) throw new Error('a reader that is no pool')
  const told: Explained[] = []
  for (const pool of [desk, reader]) pool.on('connect', (client) => listen(client, told))
  await turnOn(house)
  for (const pool of [desk, reader]) while (pool.idleCount > 0) await setTimeout(5)
  return async (story) => {
    told.length = 0
    await story()
    return told.splice(0)
  }
}

function listen(client: PoolClient, told: Explained[]): void {
  client.on('notice', ({ message = '' }) => {
    const begin = message.indexOf('{')
    if (!message.startsWith('duration:') || begin < 0) return
    const { 'Query Text': statement, Plan: plan }: { 'Query Text': string; Plan: Plan } = JSON.parse(
      message.slice(begin),
    )
    told.push({
      statement,
      rows: rowsOf(plan),
      pages: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'],
      whole: wholeIn(plan),
    })
  })
}

/** Settings of the database, which every new connection takes; those that there are end. */
async function turnOn({ owner }: House): Promise<void> {
  const settings: Record<string, string> = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_buffers': 'on',
    'auto_explain.log_timing': 'off',
    'auto_explain.log_nested_statements': 'on',
    'auto_explain.log_format': 'json',
    client_min_messages: 'log',
  }
  const { rows } = await owner.query<{ name: string }>('select quote_ident(current_database()) as name')
  for (const [setting, value] of Object.entries(settings))
    await owner.query(`alter database ${rows[0]?.name} set ${setting} = '${value}'`)
  await owner.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
}

function rowsOf(plan: Plan): number {
  const thrownAway =
    (plan['Rows Removed by Filter'] ?? 0) +
    (plan['Rows Removed by Join Filter'] ?? 0) +
    (plan['Rows Removed by Index Recheck'] ?? 0)
  const own = (plan['Actual Rows'] + thrownAway) * plan['Actual Loops']
  return own + (plan.Plans ?? []).reduce((sum, inner) => sum + rowsOf(inner), 0)
}

function wholeIn(plan: Plan): string[] {
  const isWhole = plan['Node Type'] === 'Seq Scan' && plan['Actual Loops'] > 0
  return [...(isWhole ? [plan['Relation Name'] ?? '?'] : []), ...(plan.Plans ?? []).flatMap(wholeIn)]
}
