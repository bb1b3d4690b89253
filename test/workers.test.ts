import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from './support/embedded.ts'
import { freePort } from './support/ports.ts'

const module = join(import.meta.dirname, '../src/workers.ts')

/** A first process with two workers, which tell who they are; `dies` says in JavaScript when one does so by itself. */
describe('workers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'postbag-workers-'))
  const started: ChildProcess[] = []
  let port: number
  beforeEach(async () => {
    port = await freePort()
  })
  afterAll(() => {
    for (const one of started) one.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  })

  function start(dies: string) {
    const [program, first] = [join(folder, `worker-${port}.mjs`), join(folder, `first-${port}.mjs`)]
    writeFileSync(
      program,
      `import { createServer } from 'node:http'
       import { orders } from ${JSON.stringify(module)}
       const { worker, databaseUrl } = await orders()
       if (${dies}) process.exit(3)
       const me = JSON.stringify({ worker, databaseUrl, pid: process.pid })
       const server = createServer((_request, response) => response.end(me)).listen(${port})
       process.on('SIGTERM', () => {
         console.log('in order', worker)
         process.exit()
       })`,
    )
    writeFileSync(
      first,
      `import { workers } from ${JSON.stringify(module)}
       const onEnd = (ended) => console.log(JSON.stringify(ended))
       const all = workers({ count: 2, program: ${JSON.stringify(program)}, databaseUrl: 'a database', onEnd })
       process.on('SIGTERM', () => all.stop().then(() => process.exit()))
       await all.begin().then(() => console.log('all there'), ({ message }) => console.log(message))`,
    )
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), first], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    started.push(child)
    let said = ''
    child.stdout.on('data', (part) => (said += String(part)))
    return { child, said: () => said }
  }

  /** Whoever takes a new connection. */
  function ask(): Promise<{ worker: number; databaseUrl: string; pid: number }> {
    return new Promise((resolve, reject) => {
      get({ port, host: '127.0.0.1', agent: false }, (answer) => {
        answer.on('data', (part) => resolve(JSON.parse(String(part))))
      }).on('error', reject)
    })
  }

  test('serve on one port, are replaced in their place, and stop in order', async () => {
    const { child, said } = start('false')
    await until(() => said().includes('all there'))
    const { worker, databaseUrl, pid } = await ask()
    expect(databaseUrl).toBe('a database')
    expect([1, 2]).toContain(worker)

    process.kill(pid, 'SIGKILL')
    await until(() => said().includes('{'))
    const [line = ''] = /\{.*\}/.exec(said()) ?? []
    expect(JSON.parse(line)).toEqual({ worker, code: null, signal: 'SIGKILL', next: 500 })
    await until(async () => {
      const one = await ask()
      return one.worker === worker && one.pid !== pid
    })

    child.kill('SIGTERM')
    await once(child, 'exit')
    expect(
      said()
        .match(/in order \d/g)
        ?.toSorted(),
    ).toEqual(['in order 1', 'in order 2'])
  })

  test('that die at once again are replaced after longer and longer', async () => {
    const { child, said } = start('worker === 2')
    await until(() => said().split('"next"').length > 3)
    const pauses = [...said().matchAll(/\{.*\}/g)].map(([line]) => JSON.parse(line))
    expect(pauses.slice(0, 3)).toEqual(
      [500, 1_000, 2_000].map((next) => ({ worker: 2, code: 3, signal: null, next })),
    )
    expect((await ask()).worker).toBe(1)
    child.kill('SIGTERM')
    await once(child, 'exit')
  })

  test('are none where the first one does not come to listen', async () => {
    const { child, said } = start('true')
    await once(child, 'exit')
    expect(said()).toContain('The first worker ended; it says why above.')
    expect(said().split('"code"')).toHaveLength(2)
  })
})
