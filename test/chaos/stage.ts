import { join } from 'node:path'
import { Client } from 'pg'
import { migrate } from '../../src/database/migrate.ts'
import { row } from '../support/embedded.ts'
import { type Proxy, proxyTo } from '../support/proxy.ts'
import { type SinglePostgres, singlePostgres } from '../with-services/postgres.ts'
import { service, type TestService } from '../with-services/processes.ts'
import { articles, listOf, sites } from './lives.ts'
import { type SmallDisk, smallDisk } from './small-disk.ts'

/** A server of PostgreSQL that writes to the disk what it says it has, two services on it, and a network between them. */
export interface Stage {
  postgres: SinglePostgres
  proxy: Proxy
  services: TestService[]
  /** with which they were started */
  settings: Record<string, string>
  /** of the first admin */
  key: string
  /** on which the tables are; where there is none, a sentence says why */
  disk: SmallDisk | string
  /** gives its work a connection as the owner of everything, past the proxy */
  asOwner: <T>(work: (owner: Client) => Promise<T>) => Promise<T>
}

export interface StageOptions {
  /** compiled; else our TypeScript */
  program?: string
  /** megabytes of the disk on which the tables are */
  disk?: number
  /** settings of the services, above all others */
  settings?: Record<string, string>
}

export const mostConnections = 60

/** Opens it, with its sites and articles; `closing` gets what is to be closed, from the last to the first, also where that fails. */
export async function openStage(
  closing: (() => Promise<void>)[],
  { program, disk: megabytes = 512, settings = {} }: StageOptions = {},
): Promise<Stage> {
  const postgres = await singlePostgres([
    `max_connections=${mostConnections}`,
    // What is to be gone through again after a stop stays little.
    'max_wal_size=128MB',
  ])
  closing.push(() => postgres.close())
  const disk = smallDisk(join(postgres.folder, 'disk'), postgres.user, megabytes)
  if (typeof disk !== 'string') closing.push(async () => disk.close())
  await makeDatabase(postgres, disk)
  await migrate(postgres.url)
  const proxy = await proxyTo(postgres.url)
  closing.push(() => proxy.close())

  const key = `pbk_${'a'.repeat(43)}`
  const common: Record<string, string> = {
    DATABASE_URL: proxy.url,
    DATABASE_CONNECTIONS: '12',
    POSTBAG_SECRET: 's'.repeat(32),
    POSTBAG_ADMIN_KEY: key,
    POSTBAG_RATE_LIMIT: 'off',
    ...settings,
  }
  const services = await Promise.all(
    ['the first', 'the second'].map((name) => service(name, postgres.folder, common, [], program)),
  )
  closing.push(async () => {
    await Promise.all(services.map((one) => one.end('SIGKILL')))
  })
  await Promise.all(services.map((one) => one.start()))
  const stage: Stage = {
    postgres,
    proxy,
    services,
    settings: common,
    key,
    disk,
    asOwner: (work) => asOwner(postgres, work),
  }
  await makeSites(stage)
  return stage
}

async function makeDatabase({ url }: SinglePostgres, disk: SmallDisk | string): Promise<void> {
  const server = url.replace(/postbag$/, 'postgres')
  const place = typeof disk === 'string' ? '' : ' tablespace small'
  if (typeof disk !== 'string') await row(server, `create tablespace small location '${disk.path}'`)
  await row(server, `create database postbag${place}`)
  const durably = await row(
    url,
    `select current_setting('fsync') || current_setting('synchronous_commit') || current_setting('full_page_writes') as set`,
  )
  if (durably?.['set'] !== 'ononon')
    throw new Error('PostgreSQL does not write to the disk what it says it has.')
}

async function makeSites({ services, key }: Stage): Promise<void> {
  const [one] = services
  if (!one) throw new Error('There is no service.')
  const put = async (path: string, body: object) => {
    const made = await one.ask({ method: 'PUT', path, key, body })
    if (made.status !== 201) throw new Error(`${path} is not made: ${made.status} ${made.text}`)
  }
  for (const [site, publishDelay] of Object.entries(sites)) {
    await put(`/v1/sites/${site}`, { name: site, language: 'en', publishDelay })
    for (const article of articles)
      await put(listOf(site, article).replace(/\/comments$/, ''), { title: article })
  }
}

async function asOwner<T>({ url }: SinglePostgres, work: (owner: Client) => Promise<T>): Promise<T> {
  const owner = new Client(url)
  owner.on('error', () => undefined)
  await owner.connect()
  try {
    return await work(owner)
  } finally {
    await owner.end()
  }
}
