import { randomBytes } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openImporter } from '../../src/database/importer.ts'
import { type Asked, type BroughtIn, bringIn } from '../../src/importing/bring-in.ts'
import { sourceFile } from '../../src/importing/file.ts'
import type { Found, SourceName } from '../../src/importing/found.ts'
import { readSource } from '../../src/importing/sources.ts'
import type { House } from './house.ts'
import { ask } from './house.ts'

/** A new file with this in it; its path. */
export async function aFile(content: string | Uint8Array, name = 'export'): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'postbag-import-')), name)
  await writeFile(path, content)
  return path
}

/** All that a file of this source holds. */
export async function foundIn(source: SourceName, content: string | Uint8Array): Promise<Found[]> {
  const all: Found[] = []
  for await (const one of readSource(source, await sourceFile(await aFile(content)))) all.push(one)
  return all
}

/** An import, with what it told while it was under way. */
export interface Imported extends BroughtIn {
  leftOut: { place: string; reason: string }[]
}

/** Brings a file in as the command does, in the first admin's name unless told otherwise. */
export async function imported(
  house: House,
  asked: Partial<Asked> & Pick<Asked, 'source' | 'site'>,
  content: string | Uint8Array,
): Promise<Imported> {
  const importer = await openImporter(house.url)
  try {
    const leftOut: Imported['leftOut'] = []
    const whole: Asked = {
      by: 'First admin',
      keyedBy: 'url',
      base: undefined,
      writes: true,
      path: await aFile(content),
      ...asked,
    }
    const done = await bringIn(importer, whole, {
      skipped: (place, reason) => leftOut.push({ place, reason }),
      progress: () => undefined,
    })
    house.memory.forget()
    return { ...done, leftOut }
  } finally {
    await importer.close()
  }
}

/** A site that publishes at once and has no article. */
export async function anEmptySite(house: House, settings: Record<string, unknown> = {}): Promise<string> {
  const site = `site-${randomBytes(4).toString('hex')}`
  const made = await ask(house, 'PUT', `/v1/sites/${site}`, {
    key: house.admin,
    body: { publishDelay: 0, times: 'minute', replyDepth: 8, ...settings },
  })
  expect(made.status).toBe(201)
  return site
}

/** A published list as it reads: each text, below what it answers, with name and time; a place without words is `—`. */
export async function readable(house: House, site: string, article: string): Promise<string[]> {
  const list = await ask(
    house,
    'GET',
    `/v1/sites/${site}/comments?article=${encodeURIComponent(article)}&limit=100&order=oldest`,
  )
  expect(list.status).toBe(200)
  const comments: {
    id: string
    parent?: string
    name: string | null
    text: string | null
    publishedAt: string
  }[] = list.body.comments
  const depthOf = (parent: string | undefined): number => {
    const above = comments.find(({ id }) => id === parent)
    return above ? 1 + depthOf(above.parent) : 0
  }
  return comments.map(
    ({ parent, name, text, publishedAt }) =>
      `${'> '.repeat(depthOf(parent))}${text ?? '—'}${name === null ? '' : ` (${name})`} ${publishedAt.slice(0, 16)}`,
  )
}
