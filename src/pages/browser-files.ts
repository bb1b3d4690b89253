import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Encoding } from '../http/encodings.ts'

/** A file that a browser runs or draws with, as it is sent: once in each encoding. */
interface BrowserFile {
  type: string
  bytes: Record<Encoding, Buffer>
}

export interface BrowserFiles {
  /** by name; a name has the hash of what it names, so that it never means anything else */
  files: ReadonlyMap<string, BrowserFile>
  /** The address of what became of an entry, such as `desk.js`, and of what it needs at once. */
  entry: (name: string) => { path: string; needs: string[] }
}

interface Listed {
  entry?: string
  needs: string[]
}

export const browserPath = '/assets/browser/'

/** Reads what `src/bundle.mjs` made, all of it, once. Throws where it was not made. */
export function readBrowserFiles(): BrowserFiles {
  const folder = join(import.meta.dirname, '../../dist/browser')
  const listed: Record<string, Listed> = JSON.parse(readFileSync(join(folder, 'files.json'), 'utf8'))
  const files = Object.keys(listed).map((name): [string, BrowserFile] => [
    name,
    {
      type: name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
      bytes: {
        identity: readFileSync(join(folder, name)),
        gzip: readFileSync(join(folder, `${name}.gz`)),
        br: readFileSync(join(folder, `${name}.br`)),
      },
    },
  ])
  return {
    files: new Map(files),
    entry(name) {
      const [path = '', file] = Object.entries(listed).find(([, { entry }]) => entry === name) ?? []
      return { path: browserPath + path, needs: (file?.needs ?? []).map((one) => browserPath + one) }
    },
  }
}
