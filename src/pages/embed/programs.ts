import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { bytesHash } from '../../http/conditional.ts'
import type { Encoding } from '../../http/encodings.ts'

/** What browsers load of ours: src/bundle.mjs makes it. */
export type ProgramName = 'embed' | 'frame' | 'proof'

/** A program in every form in which it is sent. */
export type Program = Record<Encoding, { bytes: Buffer; tag: string }>

const brotlied = promisify(brotliCompress)
const gzipped = promisify(gzip)

const made = new Map<ProgramName, Promise<Program>>()

/** A program, from memory; throws where `npm run bundle` has not made it. */
export function program(name: ProgramName): Promise<Program> {
  const known = made.get(name) ?? read(name)
  made.set(name, known)
  return known
}

async function read(name: ProgramName): Promise<Program> {
  const bytes = await readFile(join(import.meta.dirname, `../../../dist/browser/${name}.js`))
  const hash = bytesHash(bytes)
  return {
    identity: { bytes, tag: `"${hash}"` },
    gzip: { bytes: await gzipped(bytes, { level: 9 }), tag: `"${hash}-gzip"` },
    br: { bytes: await brotlied(bytes), tag: `"${hash}-br"` },
  }
}
