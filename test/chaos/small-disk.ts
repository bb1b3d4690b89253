import { spawnSync } from 'node:child_process'
import { chownSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServerUser } from '../../src/database/embedded-process.ts'

/** A file system of its own, that can be full and have room again without anybody else's noticing. */
export interface SmallDisk {
  path: string
  /** leaves no room */
  fill(): void
  /** has as much room as before */
  empty(): void
  close(): void
}

/** Makes one, or says in a sentence why that is not possible on this machine: mounting takes root. */
export function smallDisk(path: string, user: ServerUser | undefined, megabytes: number): SmallDisk | string {
  mkdirSync(path)
  const fault = mount('-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', path)
  if (fault !== undefined) return `this process may not mount a file system (${fault})`
  if (user) chownSync(path, user.uid, user.gid)
  const resize = (size: string) => mount('-o', `remount,size=${size}`, path)
  return {
    path,
    // It gets no bigger than what is in it, which takes no memory to fill it.
    fill() {
      let wrong: string | undefined = 'it was not tried'
      // Whatever is written between the look and the deed needs room of its own.
      for (let spare = 16; wrong !== undefined && spare < 16_384; spare *= 2) {
        const { blocks, bfree, bsize } = statfsSync(path)
        wrong = resize(`${Math.ceil(((blocks - bfree) * bsize) / 1_024) + spare}k`)
      }
      if (wrong !== undefined) throw new Error(`The small disk keeps its size: ${wrong}`)
    },
    empty() {
      const wrong = resize(`${megabytes}m`)
      if (wrong !== undefined) throw new Error(`The small disk stays full: ${wrong}`)
    },
    close() {
      spawnSync('umount', ['--lazy', path])
    },
  }
}

/** Why there can be none on this machine, in a sentence; nothing where there can. */
export function whyNoSmallDisk(): string | undefined {
  const path = mkdtempSync(join(tmpdir(), 'postbag-disk-'))
  const disk = smallDisk(join(path, 'disk'), undefined, 1)
  if (typeof disk !== 'string') disk.close()
  rmSync(path, { recursive: true })
  return typeof disk === 'string' ? disk : undefined
}

/** What is wrong, if anything is. */
function mount(...args: string[]): string | undefined {
  const { status, error, stderr } = spawnSync('mount', args, { encoding: 'utf8' })
  if (status === 0) return undefined
  return error?.message ?? stderr.trim().split('\n')[0]
}
