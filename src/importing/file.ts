import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { errorCode } from '../database/faults.ts'

/** A file that is read as a stream, whatever its size. */
export interface SourceFile {
  path: string
  bytes: number
  /** SHA-256 of all its bytes */
  hash: Buffer
  /** its first bytes */
  start: Buffer
}

/** Looks at a file: its hash, by which it is known again. */
export async function sourceFile(path: string): Promise<SourceFile> {
  const { size } = await stat(path)
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  const handle = await open(path)
  try {
    const start = Buffer.alloc(16)
    const { bytesRead } = await handle.read(start, 0, 16, 0)
    return { path, bytes: size, hash: hash.digest(), start: start.subarray(0, bytesRead) }
  } finally {
    await handle.close()
  }
}

/**
 * The text of a file, piece by piece, unpacked where it is gzip. Throws where it is no UTF-8, rather than to replace
 * what somebody wrote.
 */
export async function* textOf(file: SourceFile): AsyncGenerator<string> {
  if (file.start.subarray(0, 2).toString('latin1') === 'PK') {
    throw new Error('This is a ZIP archive: unpack it, and import each file that was in it.')
  }
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of bytesOf(file)) yield decoder.decode(chunk, { stream: true })
    yield decoder.decode()
  } catch (fault) {
    throw errorCode(fault) === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? notUtf8() : fault
  }
}

/** Lines of a file, with their numbers from 1; empty ones are left out. */
export async function* linesOf(file: SourceFile): AsyncGenerator<{ line: string; number: number }> {
  let rest = ''
  let number = 0
  for await (const piece of textOf(file)) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      number += 1
      if (line.trim() !== '') yield { line, number }
    }
  }
  if (rest.trim() !== '') yield { line: rest, number: number + 1 }
}

async function* bytesOf(file: SourceFile): AsyncGenerator<Uint8Array> {
  const isGzip = file.start[0] === 0x1f && file.start[1] === 0x8b
  const chunks = new PassThrough()
  const piping = isGzip
    ? pipeline(createReadStream(file.path), createGunzip(), chunks)
    : pipeline(createReadStream(file.path), chunks)
  // What fails is thrown by the loop.
  piping.catch(() => undefined)
  for await (const chunk of chunks) if (chunk instanceof Uint8Array) yield chunk
  await piping
}

function notUtf8(): Error {
  return new Error('The file is not in UTF-8: save it as UTF-8 first.')
}
