import { type Effort, type Figure, ratioOf } from './figures.ts'
import { print } from './holds.ts'
import { type Newsroom, openNewsroom, type Work, works } from './newsroom.ts'
import { quantile } from './quantiles.ts'
import { onStage } from './stage.ts'

const promised = [10_000, 1_000_000, 10_000_000]
/** As much slower as anything may be with many comments as with the fewest. */
const atMost = 1.2

/** How often everything is done, and to how many medians of these: their spread is told. */
const rounds = 300
const parts = 5
/** How often it is looked at what one of it touches. */
const counted = 15

/** Of one size and work: milliseconds of each round, and pages of PostgreSQL's that one touches. */
interface Measured {
  took: number[]
  pages: number
}

/**
 * What people do, one at a time, with few comments and with many; in turns. What is asked for are sizes, such as
 * 10000,1000000; each is made first, and the first is what the others are compared with.
 */
export async function benchGrowth({ asked, isSmoke }: Effort): Promise<Figure[]> {
  const sizes = isSmoke ? [2_000, 4_000] : (asked?.split(',').map(Number) ?? promised)
  if (sizes.length < 2 || sizes.some((size) => !(size >= 2_000 && size % 1_000 === 0)))
    throw new Error('growth compares two sizes or more, in whole thousands from 2000 on: 10000,1000000')
  return withNewsrooms(sizes, async (newsrooms) => {
    const measured = await measure(newsrooms, isSmoke ? parts : rounds, isSmoke ? 1 : counted)
    return compare(newsrooms, measured)
  })
}

/** Opens one after the other, each on a stage of its own. */
async function withNewsrooms<T>(
  sizes: readonly number[],
  story: (newsrooms: Newsroom[]) => Promise<T>,
  opened: Newsroom[] = [],
): Promise<T> {
  const [size, ...rest] = sizes
  if (size === undefined) return story(opened)
  return onStage({ isCounting: true }, async (stage) => {
    print(`Making ${size.toLocaleString('en')} comments …`)
    return withNewsrooms(rest, story, [...opened, await openNewsroom(stage, size)])
  })
}

type All = Map<Newsroom, Map<Work, Measured>>

async function measure(newsrooms: Newsroom[], times: number, looks: number): Promise<All> {
  // The first of anything is slow, wherever it is done.
  for (const newsroom of newsrooms)
    for (let round = 0; round < Math.min(50, times); round += 1)
      for (const work of works) await newsroom.work(work)

  const all: All = new Map()
  for (const newsroom of newsrooms)
    all.set(newsroom, new Map(works.map((work) => [work, { took: [], pages: Number.NaN }])))
  for (let round = 0; round < times; round += 1)
    for (const work of works)
      for (const newsroom of newsrooms)
        all
          .get(newsroom)
          ?.get(work)
          ?.took.push(await newsroom.work(work))
  for (const newsroom of newsrooms)
    for (const work of works) {
      const measured = all.get(newsroom)?.get(work)
      if (measured) measured.pages = await pagesTouched(newsroom, work, looks)
    }
  return all
}

/**
 * How many of its pages PostgreSQL touches for one: the median of some, because what the service does by itself now and
 * then falls into few of them.
 */
async function pagesTouched({ owner, work }: Newsroom, kind: Work, looks: number): Promise<number> {
  const touched: number[] = []
  const watch = {
    async begin() {
      await owner.query('select pg_stat_statements_reset()')
    },
    async end() {
      const { rows } = await owner.query<{ pages: number }>(
        `select coalesce(sum(shared_blks_hit + shared_blks_read), 0)::int as pages
           from pg_stat_statements where query not like '%pg_stat_statements%'`,
      )
      touched.push(rows[0]?.pages ?? Number.NaN)
    },
  }
  for (let look = 0; look < looks; look += 1) await work(kind, watch)
  const pages = quantile(touched, 0.5)
  // A page that was in memory touches none: then it was not read.
  if (!(pages > 0)) throw new Error(`Nothing was touched for: ${kind}`)
  return pages
}

function compare([few, ...more]: Newsroom[], all: All): Figure[] {
  return more.flatMap((many) =>
    works.flatMap((work) => {
      const [little, much] = [few && all.get(few)?.get(work), all.get(many)?.get(work)]
      if (!few || !little || !much) return []
      return {
        what: `${work}, of ${many.comments.toLocaleString('en')}`,
        ...ratioOf(medians(much.took), medians(little.took)),
        figure: quantile(much.took, 0.5) / quantile(little.took, 0.5),
        aim: { atMost },
        details: {
          'ms (p99)': shown(much.took),
          'with the fewest': shown(little.took),
          'pages touched': much.pages,
          'pages with the fewest': little.pages,
        },
      }
    }),
  )
}

/** Of each part of the rounds. */
function medians(took: number[]): number[] {
  const each = Math.ceil(took.length / parts)
  return Array.from({ length: parts }, (_, part) => quantile(took.slice(part * each, (part + 1) * each), 0.5))
}

function shown(took: number[]): string {
  return `${quantile(took, 0.5).toFixed(1)} (${quantile(took, 0.99).toFixed(1)})`
}
