import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { isAlive, row, serverOf, testGround, until } from '../support/embedded.ts'

const ground = await testGround()
afterAll(() => ground.clear())

describe('a data directory in use', () => {
  test('is refused while this process has it, also when two start at once', async () => {
    const dataDir = ground.path('twice')
    const both = await Promise.allSettled([ground.start(dataDir), ground.start(dataDir)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(ground.start(dataDir)).rejects.toThrow(
      `Postbag is already running with the data in ${dataDir} (process ${process.pid})`,
    )
  })

  test('is refused while another process has it, and taken over when that was killed', async () => {
    const dataDir = ground.path('elsewhere')
    const cluster = join(dataDir, 'postgres')
    const { starter, ready } = ground.startElsewhere(dataDir)
    const url = await ready
    await row(url, `CREATE TABLE kept AS SELECT 'kept' AS word`)
    const left = await serverOf(cluster)
    await expect(ground.start(dataDir)).rejects.toThrow(
      `Postbag is already running with the data in ${dataDir} (process ${starter.pid})`,
    )

    starter.kill('SIGKILL')
    await once(starter, 'exit')
    expect(isAlive(left)).toBe(true)
    const client = new Client(url)
    const told: Error[] = []
    client.on('error', (error) => told.push(error))
    await client.connect()

    const postgres = await ground.start(dataDir)
    const server = await serverOf(cluster)
    expect(server).not.toBe(left)
    expect(told.join()).toContain('terminating connection due to administrator command')
    expect(await row(postgres.url, 'SELECT word FROM kept')).toEqual({ word: 'kept' })
    await postgres.stop()
    expect(isAlive(server)).toBe(false)
    await expect(stat(join(dataDir, 'owner.pid'))).rejects.toThrow('ENOENT')
  })

  test("keeps its server when a Ctrl-C ends the starter's process group", async () => {
    const dataDir = ground.path('interrupted')
    const { starter, ready } = ground.startElsewhere(dataDir)
    const url = await ready
    process.kill(-(starter.pid ?? Number.NaN), 'SIGINT')
    await once(starter, 'exit')
    expect(await row(url, 'SELECT 1 AS one')).toEqual({ one: 1 })
    await ground.start(dataDir)
  })

  test('counts as free when its owner has died and the number is that of another process now', async () => {
    const dataDir = ground.path('numbers')
    await (await ground.start(dataDir)).stop()
    for (const owner of [`${process.pid} 1\n`, '']) {
      await writeFile(join(dataDir, 'owner.pid'), owner)
      const postgres = await ground.start(dataDir)
      expect(await row(postgres.url, 'SELECT 1 AS one')).toEqual({ one: 1 })
      await postgres.stop()
    }
  })
})

describe('a first start that was killed', () => {
  test('leaves nothing that hinders the next', async () => {
    const dataDir = ground.path('half')
    const { starter } = ground.startElsewhere(dataDir)
    let unfinished: string | undefined
    await until(async () => {
      const names = await readdir(dataDir).catch(() => [])
      unfinished = names.find((name) => name.startsWith('postgres.new-'))
      const built = await readdir(join(dataDir, unfinished ?? '', 'cluster')).catch(() => [])
      return built.length > 0
    })
    starter.kill('SIGKILL')
    await once(starter, 'exit')
    expect(await readdir(dataDir)).toContain(unfinished)
    expect(await readdir(dataDir)).not.toContain('postgres')

    const postgres = await ground.start(dataDir)
    expect(await row(postgres.url, 'SELECT 1 AS one')).toEqual({ one: 1 })
    expect((await readdir(dataDir)).filter((name) => name.includes('.new'))).toEqual([])
  })
})

describe('a server that was killed', () => {
  test('is told of, and has lost nothing when it is started again', async () => {
    const dataDir = ground.path('killed')
    const first = await ground.start(dataDir, { durable: true })
    await row(first.url, `CREATE TABLE kept AS SELECT 'kept' AS word`)
    process.kill(await serverOf(join(dataDir, 'postgres')), 'SIGKILL')
    expect(await first.died).toBeNull()
    await first.stop()

    const second = await ground.start(dataDir)
    expect(await row(second.url, 'SELECT word FROM kept')).toEqual({ word: 'kept' })
    expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).toContain('was not properly shut down')
  })

  test('together with its starter, while it wrote, has lost nothing that was committed', async () => {
    const dataDir = ground.path('both')
    const { starter, ready } = ground.startElsewhere(dataDir)
    const client = new Client(await ready)
    client.on('error', () => {})
    await client.connect()
    await client.query('CREATE TABLE counted (number int PRIMARY KEY)')
    let committed = 0
    const writing = (async () => {
      for (let number = 1; ; number++) {
        await client.query('INSERT INTO counted VALUES ($1)', [number])
        committed = number
      }
    })()
    await until(() => committed > 50)
    process.kill(await serverOf(join(dataDir, 'postgres')), 'SIGKILL')
    starter.kill('SIGKILL')
    await once(starter, 'exit')
    await expect(writing).rejects.toThrow(/terminat|connection error/)

    const postgres = await ground.start(dataDir)
    const found = await row(postgres.url, 'SELECT max(number) AS last, count(*)::int AS count FROM counted')
    expect(found?.count).toBe(found?.last)
    expect(found?.last).toBeGreaterThanOrEqual(committed)
  })

  test('and whose number is that of another process now does no harm, nor has any done to it', async () => {
    const dataDir = ground.path('stale')
    const cluster = join(dataDir, 'postgres')
    const first = await ground.start(dataDir)
    process.kill(await serverOf(cluster), 'SIGKILL')
    await first.died
    await first.stop()

    // PostgreSQL takes only a process of its own user for a server.
    const { uid, gid } = await stat(cluster)
    const identity = process.getuid?.() === 0 ? { uid, gid } : {}
    const bystander = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], {
      ...identity,
      cwd: '/',
    })
    await once(bystander, 'spawn')
    const file = join(cluster, 'postmaster.pid')
    const lines = (await readFile(file, 'utf8')).split('\n')
    await writeFile(file, [bystander.pid, ...lines.slice(1)].join('\n'))

    const postgres = await ground.start(dataDir)
    expect(await row(postgres.url, 'SELECT 1 AS one')).toEqual({ one: 1 })
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull()
    bystander.kill()
  })

  test('by a full disk, which left an empty postmaster.pid, can be started again', async () => {
    await (await ground.start(ground.path('empty'))).stop()
    await writeFile(join(ground.path('empty'), 'postgres', 'postmaster.pid'), '')
    const postgres = await ground.start(ground.path('empty'))
    expect(await row(postgres.url, 'SELECT 1 AS one')).toEqual({ one: 1 })
  })
})
