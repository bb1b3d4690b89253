import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text as whole } from 'node:stream/consumers'
import { exportCommand, type ImportTyped, importAsked } from '../../src/importing/commands.ts'
import { type House, openHouse } from '../support/house.ts'
import { aFile, anEmptySite, imported } from '../support/importing.ts'

/** Each test starts processes, for which a busy machine takes its time; in milliseconds. */
const patience = 120_000

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

function started(args: string[]) {
  return spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, DATABASE_URL: house.url, POSTBAG_BASE_URL: 'http://localhost:3000' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function run(...args: string[]) {
  const child = started(args)
  const [[code], out, err] = await Promise.all([
    once(child, 'close'),
    whole(child.stdout),
    whole(child.stderr),
  ])
  return { code, out, err }
}

/** Remark42's lines: threads of six, each answering the one before; every fifth page's comments stand backwards. */
function manyLines(count: number): string {
  const lines = Array.from({ length: count }, (_, nth) =>
    JSON.stringify({
      id: `c${nth}`,
      pid: nth % 6 === 0 ? '' : `c${nth - 1}`,
      orig: `Comment ${nth} about the boats of the evening.`,
      text: '',
      time: new Date(Date.UTC(2020, 0, 1) + nth * 60_000).toISOString(),
      user: { name: `Reader ${nth % 7}`, id: 'x' },
      locator: { site: 'news', url: `https://news.example/${Math.floor(nth / 600)}` },
      ...(nth % 50 === 49 && { delete: true, orig: '' }),
    }),
  )
  return [...lines.slice(0, count / 2), ...lines.slice(count / 2).toReversed()].join('\n')
}

/** All comments of a site with what they answer, by their ids, which are the same wherever they came from. */
async function rowsOf(site: string) {
  const { rows } = await house.owner.query(
    `select c.id, c.parent_id, c.status, c.ancestors, c.submitted_at, c.first_shown_at, t.text, t.name
       from comment c left join revision_text t on t.comment_id = c.id where c.site = $1 order by c.id`,
    [site],
  )
  return rows
}

/** Kills an import as soon as it tells that so much of this step is done. */
async function killed(args: string[], step: string, done: number): Promise<void> {
  const child = started(args)
  const closed = once(child, 'close')
  for await (const line of createInterface(child.stdout)) {
    const event: { event: string; step?: string; done?: number } = JSON.parse(line)
    if (event.event !== 'progress' || event.step !== step || (event.done ?? 0) < done) continue
    child.kill('SIGKILL')
    break
  }
  expect((await closed)[1]).toBe('SIGKILL')
}

test(
  'killed while it reads, and while it writes, it goes on, and what comes of it is the same',
  async () => {
    const site = await anEmptySite(house)
    const path = await aFile(manyLines(2_400))
    const args = ['import', 'remark42', path, '--site', site, '--by', 'First admin', '--write', '--json']
    await killed(args, 'read', 1_000)
    expect(await rowsOf(site)).toHaveLength(0)
    await killed(args, 'write', 500)
    const between = (await rowsOf(site)).length
    expect(between).toBeGreaterThan(400)
    expect(between).toBeLessThan(2_400)

    const { code, out } = await run(...args)
    const last: { resumed: boolean; report: { written: Record<string, number> } } = JSON.parse(
      out.trim().split('\n').at(-1) ?? '',
    )
    expect({ code, resumed: last.resumed }).toEqual({ code: 0, resumed: true })
    const rows = await rowsOf(site)
    expect(last.report.written).toEqual({ published: 2_352, pending: 0, places: 32 })
    expect(rows).toHaveLength(2_384)
    expect(Math.max(...rows.map(({ ancestors }) => ancestors.length))).toBe(5)
    expect((await house.owner.query('select from import_comment')).rowCount).toBe(0)

    // The same file, undisturbed, under another site: but for the ids all is the same.
    const other = await anEmptySite(house)
    expect((await run(...args.map((arg) => (arg === site ? other : arg)))).code).toBe(0)
    expect(words(await rowsOf(other))).toEqual(words(rows))
  },
  patience,
)

test(
  'without --write it tells what would be, in words',
  async () => {
    const site = await anEmptySite(house)
    const path = await aFile(`${manyLines(6)}\n{"id":"odd"}`)
    const { code, out, err } = await run('import', 'remark42', path, '--site', site, '--by', 'First admin')
    expect(code).toBe(0)
    expect(err).toBe('line 7: left out, no comment of Remark42\n')
    expect(out).toContain('6  comments that were public')
    expect(out).toContain('Nothing was written.')
    expect(out).toContain('https://news.example/0')
    expect(await rowsOf(site)).toEqual([])

    const exported = await run('export', '--site', site)
    expect(exported).toMatchObject({ code: 0, out: expect.stringContaining('"kind":"site"') })
    const to = `${path}.ndjson`
    const lines = await exportCommand(house.db, site, to, process.stdout)
    expect((await readFile(to, 'utf8')).trim().split('\n')).toHaveLength(lines)
    await expect(exportCommand(house.db, site, to, process.stdout)).rejects.toThrow('EEXIST')
  },
  patience,
)

test(
  'what is not understood ends with a sentence and the help, what cannot be done with a sentence',
  async () => {
    const site = await anEmptySite(house)
    const typed = { source: 'isso', path: 'comments.db', site, by: 'First admin' }
    expect(importAsked({ ...typed, base: 'https://news.example/', write: true })).toEqual({
      source: 'isso',
      path: 'comments.db',
      site,
      by: 'First admin',
      keyedBy: 'url',
      base: 'https://news.example',
      writes: true,
    })
    const misunderstood: [ImportTyped, string][] = [
      [{ ...typed, source: 'usenet' }, 'import takes one of disqus, wordpress'],
      [{ ...typed, path: undefined }, 'import takes the FILE'],
      [{ ...typed, site: undefined }, 'import takes --site'],
      [{ ...typed, by: undefined }, 'import takes --by NAME'],
      [{ ...typed, base: 'news.example' }, '--base is where the pages are'],
      [{ ...typed, key: 'title' }, '--key is one of url, path, id.'],
    ]
    for (const [asked, said] of misunderstood) expect(() => importAsked(asked)).toThrow(said)

    const asked = { source: 'isso', site } as const
    await expect(imported(house, { ...asked, by: 'Nobody' }, '')).rejects.toThrow(
      'No admin who is active signs in as "Nobody"',
    )
    await expect(imported(house, { ...asked, site: 'nowhere' }, '')).rejects.toThrow(
      'There is no site nowhere.',
    )

    const ends = await Promise.all([
      run('import', 'usenet', 'x'),
      run('import', 'isso', await aFile(''), '--site', site, '--by', 'First admin'),
    ])
    expect(ends.map(({ code, err }) => `${code} ${err.split('\n')[0]}`)).toEqual([
      expect.stringMatching(/^2 import takes one of/),
      '1 The file is no SQLite database: give comments.db itself, while Isso does not run.',
    ])
  },
  patience,
)

/** What there is, without the ids, in an order of its own. */
function words(all: Record<string, unknown>[]): string[] {
  const textOf = new Map(all.map(({ id, text }) => [id, text]))
  return all
    .map((row) =>
      JSON.stringify([
        row['text'],
        row['name'],
        row['status'],
        row['first_shown_at'],
        textOf.get(row['parent_id']),
      ]),
    )
    .toSorted()
}
