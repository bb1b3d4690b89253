import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from './ports.ts'

// Holds a thousand slow connections to the service and looks how long they last, and whether others are answered
// meanwhile. Ends with 1 where one lasts for longer than half a minute: npm run test:long

const each = 250
const most = 31_000
const folder = mkdtempSync(join(tmpdir(), 'postbag-slow-'))
chmodSync(folder, 0o755)
const port = await freePort()
const service = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
  cwd: join(import.meta.dirname, '../..'),
  env: { PATH: process.env['PATH'], PORT: String(port), POSTBAG_DATA_DIR: folder },
  stdio: ['ignore', 'pipe', 'inherit'],
})
process.once('exit', () => service.kill('SIGTERM'))
await new Promise<void>((resolve) => {
  let said = ''
  service.stdout.on('data', (part) => {
    said += String(part)
    if (said.includes('Ctrl-C')) resolve()
  })
})
process.stderr.write('The service runs; a thousand connections to it are slow now.\n')

const list = '/v1/sites/demo/articles/welcome/comments'
const kinds: Record<string, string> = {
  'say nothing': '',
  'send a header slowly': 'GET / HTTP/1.1\r\nHost: a\r\nX: ',
  'send a body slowly': `POST ${list} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n{`,
  'read nothing': 'GET /docs/static/swagger-ui-bundle.js HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(8),
}
const lasted = Object.entries(kinds).map(async ([kind, begin]) => {
  const times = await Promise.all(Array.from({ length: each }, () => hold(begin, kind)))
  return { kind, sockets: times.length, longest: Math.round(Math.max(...times)) }
})
const others = await served(Promise.all(lasted))
const figures = await Promise.all(lasted)
process.stdout.write(`${JSON.stringify({ figures, others }, null, 2)}\n`)
service.kill('SIGTERM')
await once(service, 'exit')
rmSync(folder, { recursive: true, force: true })
process.exitCode = figures.some(({ longest }) => longest > most + 4_000) || others.failed > 0 ? 1 : 0

/** Milliseconds that the service lets a connection last that sends this, and then a byte a second. */
async function hold(begin: string, kind: string): Promise<number> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  const closed = new Promise((resolve) => socket.once('close', resolve))
  await once(socket, 'connect')
  const began = performance.now()
  if (kind === 'read nothing') socket.pause()
  else socket.resume()
  if (begin !== '') socket.write(begin)
  const isDripping = kind.endsWith('slowly')
  const dripping = setInterval(() => isDripping && socket.writable && socket.write('a'), 1_000)
  // Whoever reads nothing does not see the end: they write once the time is over, and are told.
  if (kind === 'read nothing') {
    void delay(most).then(() => setInterval(() => socket.writable && socket.write('a'), 500).unref())
    void delay(most + 9_000).then(() => socket.destroy())
  }
  await closed
  clearInterval(dripping)
  return performance.now() - began
}

/** Reads as everybody does, five times a second, until then. */
async function served(until: Promise<unknown>): Promise<{ asked: number; failed: number; slowest: number }> {
  const told = { asked: 0, failed: 0, slowest: 0 }
  const over = new AbortController()
  void until.finally(() => over.abort())
  while (!over.signal.aborted) {
    const began = performance.now()
    const answer = await fetch(`http://127.0.0.1:${port}${list}`).catch(() => undefined)
    if (!answer?.ok) {
      told.failed += 1
      process.stderr.write(`Somebody else was answered ${answer?.status ?? 'nothing'}.\n`)
    }
    await answer?.arrayBuffer()
    told.asked += 1
    told.slowest = Math.max(told.slowest, Math.round(performance.now() - began))
    await delay(200)
  }
  return told
}
