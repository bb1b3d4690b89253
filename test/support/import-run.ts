import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { firstAdmin } from '../../src/access/store.ts'
import { connect } from '../../src/database/client.ts'
import { startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { sourceFile } from '../../src/importing/file.ts'
import { htmlToText } from '../../src/importing/plain-text.ts'
import { readSource } from '../../src/importing/sources.ts'
import { sealLog } from '../../src/moderation/log/seal.ts'
import { verifyLog } from '../../src/moderation/log/verify.ts'
import { putSite } from '../../src/sites/put-site.ts'
import { SiteSettings } from '../../src/sites/site.ts'
import { beginWithDefaultTerms } from '../../src/terms/publish.ts'

/**
 * Imports a made-up export of Disqus with as many comments as are asked for, into a PostgreSQL that keeps its promises, and
 * prints how fast that was and how much memory the command took: `npx tsx test/support/import-run.ts
 * 1000000`, or of its steps `parse`, `dry`, `import` and `again` those that are named behind it.
 */
const sentences = [
  'Does anybody know whom to write to about this?',
  'The ticket office was closed as well, as it has been every week since the summer.',
  'I have taken this boat for twenty years.',
  'Thank you for reporting on it; please ask the company what it means to do.',
]

const comments = Number(process.argv[2] ?? 1_000_000)
const steps = process.argv.slice(3)
const folder = mkdtempSync(join(tmpdir(), 'postbag-import-run-'))
chmodSync(folder, 0o755)
const path = join(folder, 'disqus.xml')
await writeExport(path, comments)
const megabytes = Math.round(statSync(path).size / 1e6)
say(`${comments} comments, ${megabytes} MB of XML`)

if (does('parse')) await parse()

const server = await startEmbeddedPostgres({ dataDir: join(folder, 'data') })
await migrate(server.url)
const db = await connect(server.url, { connections: 4 })
await firstAdmin(db.desk)
await putSite(db, beginWithDefaultTerms, 'news', SiteSettings.parse({ origins: ['https://news.example'] }))

if (does('dry')) await run('dry run', [])
if (does('import')) await run('import', ['--write'])
if (does('again')) await run('again', ['--write'])
const began = performance.now()
await sealLog(db)
const { verified, firstBad } = await wholeLog()
say(
  `log: ${verified} moves sealed and verified in ${seconds(began)} s, first bad: ${JSON.stringify(firstBad)}`,
)
await db.close()
await server.stop()
rmSync(folder, { recursive: true })

/** Whether a step was asked for; all are, where none is named. */
function does(step: string): boolean {
  return steps.length === 0 || steps.includes(step)
}

/** Reads the file and makes plain text of it, and nothing else: what memory that takes. */
async function parse(): Promise<void> {
  const start = performance.now()
  const memory: number[] = []
  let nth = 0
  for await (const found of readSource('disqus', await sourceFile(path))) {
    if (found.kind !== 'comment' || !('html' in found.body)) continue
    htmlToText(found.body.html)
    nth += 1
    if (nth % (comments / 10) === 0) memory.push(residentOf(process.pid))
  }
  const took = (performance.now() - start) / 1_000
  say(
    `parse: ${took.toFixed(0)} s, ${Math.round(nth / took)} comments/s, RSS in MB along the way ${memory.join(' ')}`,
  )
}

async function wholeLog() {
  const { verified: count, firstBad: bad } = await verifyLog(db, { heads: null }, 'news', [])
  return { verified: count, firstBad: bad }
}

/** Runs the command, and tells its time and its highest resident memory, asked of the system at every tenth of the way. */
async function run(name: string, more: string[]): Promise<void> {
  const start = performance.now()
  const args = [
    '--import',
    'tsx',
    'src/cli.ts',
    'import',
    'disqus',
    path,
    '--site',
    'news',
    '--by',
    'First admin',
    '--json',
  ]
  const child = spawn(process.execPath, [...args, ...more], {
    env: { ...process.env, DATABASE_URL: server.url, POSTBAG_BASE_URL: 'http://localhost:3000' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  const memory: number[] = []
  let next = 0
  let last = ''
  let cpu = 0
  for await (const line of createInterface(child.stdout)) {
    const { event, step, done }: { event: string; step?: string; done?: number } = JSON.parse(line)
    if (event === 'report') last = line
    if (event !== 'progress' || done === undefined || done < next) {
      if (step === 'write' && done !== undefined && done < next - comments / 5) next = 0
      continue
    }
    next = done + comments / 10
    memory.push(residentOf(child.pid))
    cpu = processorOf(child.pid)
  }
  const [code] = await closed
  const took = (performance.now() - start) / 1_000
  say(
    `${name}: ${took.toFixed(0)} s, ${Math.round(comments / took)} comments/s, ${cpu.toFixed(0)} s of the processor for the command, RSS in MB along the way ${memory.join(' ')}, exit ${code}`,
  )
  say(`  ${last}`)
}

function residentOf(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

/** Seconds of a processor that a process has used; the system counts hundredths. */
function processorOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** A hundred comments a page, in threads of five; what they say differs, and is as long as comments are. */
async function writeExport(to: string, count: number): Promise<void> {
  const out = createWriteStream(to)
  const write = async (piece: string) => {
    if (!out.write(piece)) await once(out, 'drain')
  }
  await write(
    '<?xml version="1.0"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">',
  )
  for (let page = 0; page < Math.ceil(count / 100); page += 1) {
    await write(
      `<thread dsq:id="${page}"><id/><forum>news</forum><link>https://news.example/${page}</link><title>Page ${page}</title><createdAt>2012-01-01T00:00:00Z</createdAt></thread>`,
    )
  }
  const started = Date.UTC(2012, 0, 1)
  for (let nth = 0; nth < count; nth += 1) {
    const parent = nth % 5 === 0 ? '' : `<parent dsq:id="${nth - 1}"/>`
    await write(
      `<post dsq:id="${nth}"><id/><message><![CDATA[<p>Comment number ${nth}: the evening boat was ${nth % 60} minutes late, and nobody told those who waited for it &amp; paid.</p><p>${sentences[nth % 4]}</p>]]></message><createdAt>${new Date(started + nth * 60_000).toISOString()}</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Reader ${nth % 9_000}</name><email>r${nth}@example.org</email></author><thread dsq:id="${Math.floor(nth / 100)}"/>${parent}</post>`,
    )
  }
  await write('</disqus>')
  out.end()
  await once(out, 'finish')
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(0)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
