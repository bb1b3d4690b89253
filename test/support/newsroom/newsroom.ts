import { ask, type House, openHouse } from '../house.ts'
import { anArticle, aSite } from '../people.ts'
import { type Chance, chanceOf } from './chance.ts'
import { emptyLedger, type Ledger } from './ledger.ts'
import { type Colleague, hireStaff } from './staff.ts'

export interface NewsSite {
  key: string
  articles: string[]
  edits: 'full' | 'removals'
  /** seconds */
  publishDelay: number
}

/** A publisher with two sites, fourteen people at the desk, and everything that anybody was told. */
export interface Newsroom {
  house: House
  seed: number
  sites: NewsSite[]
  staff: Colleague[]
  ledger: Ledger
  /** now, in milliseconds by the database's clock; never later than that */
  now(): number
  /** moves the clock while nothing is under way */
  ahead(seconds: number): Promise<void>
}

const articles = ['news', 'harbour', 'https://gazette.example/a/ferry?from=east', 'ข่าว/ເຮືອ']

export async function openNewsroom(seed: number): Promise<Newsroom> {
  const house = await openHouse()
  const sites: NewsSite[] = [
    await aNewsSite(house, { edits: 'full', publishDelay: 90 }, { expireAfter: 2 }),
    await aNewsSite(
      house,
      { edits: 'removals', publishDelay: 30 },
      { publishEvery: 60, expireAfter: 1, appealDays: 1, retentionDays: 2, replyDepth: 1 },
    ),
  ]
  const staff = await hireStaff(
    house,
    seed,
    sites.map(({ key }) => key),
  )
  let offset = await clockOffset(house)
  return {
    house,
    seed,
    sites,
    staff,
    ledger: emptyLedger(),
    now: () => Date.now() + offset,
    async ahead(seconds) {
      await house.ahead(seconds)
      offset = await clockOffset(house)
    },
  }
}

async function aNewsSite(
  house: House,
  { edits, publishDelay }: Pick<NewsSite, 'edits' | 'publishDelay'>,
  settings: Record<string, unknown>,
): Promise<NewsSite> {
  const key = await aSite(house, { edits, publishDelay, ...settings })
  for (const article of articles.slice(1)) await anArticle(house, key, article)
  return { key, articles, edits, publishDelay }
}

async function clockOffset(house: House): Promise<number> {
  const { rows } = await house.owner.query<{ now: number }>(
    'select floor(extract(epoch from moment()) * 1000)::float8 as now',
  )
  return (rows[0]?.now ?? 0) - Date.now()
}

/** Asks as anybody does, and writes down how it was answered. */
export async function send(
  { house, ledger }: Newsroom,
  operation: string,
  ...request: Parameters<typeof ask> extends [House, ...infer Rest] ? Rest : never
): ReturnType<typeof ask> {
  const answer = await ask(house, ...request)
  const told = [operation, answer.status, ...(answer.status >= 400 ? [answer.body.code] : [])].join(' ')
  ledger.answers.set(told, (ledger.answers.get(told) ?? 0) + 1)
  return answer
}

export function siteOf({ sites }: Newsroom, key: string): NewsSite {
  const site = sites.find((one) => one.key === key)
  if (!site) throw new Error(`There is no site ${key} here.`)
  return site
}

/** Where the published comments of an article are read. */
export function listUrl(site: string, article: string): string {
  return `/v1/sites/${site}/articles/${encodeURIComponent(article)}/comments`
}

export function actor({ seed }: Newsroom, name: string): Chance {
  return chanceOf(seed, name)
}
