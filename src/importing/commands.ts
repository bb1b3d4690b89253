import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { Database } from '../database/client.ts'
import type { Importer } from '../database/importer.ts'
import { type Asked, bringIn } from './bring-in.ts'
import { exportLines } from './export.ts'
import { SourceName } from './found.ts'
import { reportLines } from './report.ts'

/** What is typed behind `import`. */
export interface ImportTyped {
  source: string | undefined
  path: string | undefined
  site?: string | undefined
  by?: string | undefined
  key?: string | undefined
  base?: string | undefined
  write?: boolean | undefined
}

/** What was typed is not understood: a sentence for whoever typed it. */
export class NotUnderstood extends Error {}

/** What is asked for; throws `NotUnderstood`. */
export function importAsked({
  source,
  path,
  site,
  by,
  key = 'url',
  base,
  write = false,
}: ImportTyped): Asked {
  const known = SourceName.safeParse(source)
  if (!known.success) throw new NotUnderstood(`import takes one of ${SourceName.options.join(', ')}.`)
  if (path === undefined) throw new NotUnderstood('import takes the FILE to read.')
  if (site === undefined) throw new NotUnderstood('import takes --site KEY, the site to import into.')
  if (by === undefined) throw new NotUnderstood('import takes --by NAME, the admin who vouches for it.')
  if (key !== 'url' && key !== 'path' && key !== 'id')
    throw new NotUnderstood('--key is one of url, path, id.')
  if (base !== undefined && !/^https?:\/\/[^/?#]+\/?$/.test(base)) {
    throw new NotUnderstood('--base is where the pages are, such as https://news.example.')
  }
  return { source: known.data, path, site, by, keyedBy: key, base: base?.replace(/\/$/, ''), writes: write }
}

/** Where a command tells how far it is: a terminal, or nobody; or all that happens, as NDJSON. */
export interface Voice {
  /** progress and what was left out, where a person reads */
  err: Writable & { isTTY?: boolean }
  out: Writable
  json: boolean
}

/** Imports, and tells what came of it; the last words are for standard output. */
export async function importCommand(importer: Importer, asked: Asked, voice: Voice): Promise<string> {
  const { err, out, json } = voice
  const began = performance.now()
  let skipped = 0
  let told = began
  const tell = (event: Record<string, unknown>) => out.write(`${JSON.stringify(event)}\n`)
  const { report, keys, by, isResumed } = await bringIn(importer, asked, {
    skipped(place, reason) {
      skipped += 1
      if (json) tell({ event: 'left out', place, reason })
      else if (skipped <= mostNamed) err.write(`${place}: left out, ${reason}\n`)
      else if (skipped === mostNamed + 1) err.write('More is left out; --json names all of it.\n')
    },
    progress(step, done) {
      const instant = performance.now()
      if (json) tell({ event: 'progress', step, done })
      else if (err.isTTY && instant - told > 500) {
        told = instant
        err.write(`\r${step === 'read' ? 'read' : 'written'}: ${done.toLocaleString('en')} `)
      }
    },
  })
  if (!json && err.isTTY) err.write('\r')
  const seconds = Math.round((performance.now() - began) / 100) / 10
  if (json)
    return JSON.stringify({
      event: 'report',
      wrote: asked.writes,
      by,
      resumed: isResumed,
      seconds,
      keys,
      report,
    })
  return [
    ...(isResumed ? ['Went on with what an earlier run had left.'] : []),
    ...reportLines(report, !asked.writes),
    ...(asked.writes
      ? [`Done in ${seconds} s. ${by} vouches for it in the log.`]
      : [
          ...(keys.length > 0
            ? ['Keys of articles, the first of them:', ...keys.map((key) => `  ${key}`)]
            : []),
          'Nothing was written. Look it over, and run it again with --write.',
        ]),
  ].join('\n')
}

/** What is left out is named so many times for people; they cannot read more. */
const mostNamed = 50

/** Writes everything of a site to a file, or to `out`; how many lines that were. */
export async function exportCommand(
  db: Database,
  site: string,
  path: string | undefined,
  out: Writable,
): Promise<number> {
  const to = path === undefined ? out : createWriteStream(path, { flags: 'wx', mode: 0o600 })
  if (path !== undefined) await once(to, 'open')
  let lines = 0
  for await (const line of exportLines(db, site)) {
    lines += 1
    if (!to.write(`${line}\n`)) await once(to, 'drain')
  }
  if (path !== undefined) {
    to.end()
    await finished(to)
  }
  return lines
}
