import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beginningOf, codeOf } from './embedded-process.ts'

/**
 * Makes this process the one that runs PostgreSQL in `directory`, told in its `owner.pid`, and answers how to
 * give that up. Throws when another living process (or this one, a second time) is the owner; one that died
 * counts no more.
 */
export async function becomeOwner(directory: string): Promise<() => Promise<void>> {
  const file = join(directory, 'owner.pid')
  const me = `${process.pid} ${await beginningOf(process.pid)}\n`
  while (!(await wrote(file, me))) {
    const other = await readFile(file, 'utf8').catch(() => '')
    await refuseIfAlive(other, directory)
    await removeOwner(file, other, directory)
  }
  return async () => {
    const owner = await readFile(file, 'utf8').catch(() => '')
    if (owner === me) await rm(file, { force: true })
  }
}

async function wrote(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o644 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

async function refuseIfAlive(owner: string, directory: string): Promise<void> {
  const [pid = '', ...beginning] = owner.trim().split(' ')
  if (!/^\d+$/.test(pid)) return
  const alive = await beginningOf(Number(pid))
  if (alive === undefined || alive !== beginning.join(' ')) return
  throw new Error(
    `Postbag is already running with the data in ${directory} (process ${pid}): ` +
      'stop it first, or set POSTBAG_DATA_DIR to another directory.',
  )
}

/**
 * Removes the file of a dead owner; when two processes do so at once, what the quicker one has put there
 * meanwhile stays.
 */
async function removeOwner(file: string, dead: string, directory: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`
  try {
    await rename(file, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  const removed = await readFile(aside, 'utf8')
  if (removed !== dead) await link(aside, file).catch(() => {})
  await rm(aside, { force: true })
  if (removed !== dead) await refuseIfAlive(removed, directory)
}
