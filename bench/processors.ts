import { readdir, readFile } from 'node:fs/promises'
import type { Client } from 'pg'

/** Seconds of processors, per unit that /proc counts in (sysconf(_SC_CLK_TCK), 100 on all of Linux). */
const tick = 1 / 100

interface Process {
  id: number
  parent: number
  /** seconds of its own, and of its children that have ended */
  seconds: number
}

/** Seconds that a process had processors for, with its children that have ended. Linux only. */
export async function secondsOf(id: number): Promise<number> {
  return (await processOf(String(id)))?.seconds ?? Number.NaN
}

/** The same of the server of a connection, with all that belong to it. */
export async function secondsOfServer(client: Client): Promise<number> {
  const { rows } = await client.query<{ id: number }>('select pg_backend_pid() as id')
  const postmaster = (await processOf(String(rows[0]?.id)))?.parent
  let seconds = 0
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const one = await processOf(entry)
    if (one && (one.parent === postmaster || one.id === postmaster)) seconds += one.seconds
  }
  return seconds
}

async function processOf(id: string): Promise<Process | undefined> {
  const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => undefined)
  if (stat === undefined) return undefined
  // proc(5): behind the name, which may have anything in it: state, parent, …; then utime, stime, cutime and cstime.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [parent, ...times] = [fields[1], ...fields.slice(11, 15)].map(Number)
  return { id: Number(id), parent: parent ?? 0, seconds: tick * times.reduce((sum, one) => sum + one, 0) }
}
