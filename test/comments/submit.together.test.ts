import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../../src/database/client.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { anArticle, aSite, receiptOf } from '../support/people.ts'
import { problemIn } from '../support/problem.ts'

describe('submissions that arrive at the same time', () => {
  let house: House
  let site: string
  /** texts whose screening was asked for */
  let screened = 0
  let queries: { name: string; rows: number; bytes: number }[] = []

  beforeAll(async () => {
    house = await openHouse({
      submissions: { atEase: Infinity },
      async screen({ language }) {
        screened += 1
        return { language, signals: [], matchHash: 1n, simhash: 2n }
      },
    })
    site = await aSite(house, { origins: ['https://news.example'] })
    await house.owner.query(
      `alter table revision_text add constraint what_postgresql_refuses check (text <> 'What PostgreSQL refuses.')`,
    )
    watch(house.db)
  })
  afterAll(() => house.close())
  beforeEach(() => {
    screened = 0
    queries = []
  })

  /** Notes every named query, how many submissions it is about, and how large their texts are. */
  function watch({ desk }: Database): void {
    const query = desk.query.bind(desk)
    const watched = (config: { name?: string; values?: unknown[] }, ...more: []) => {
      const [first] = config.values ?? []
      const rows = config.name === 'insert_submissions' ? JSON.parse(String(first)) : first
      if (config.name !== undefined) {
        const bytes = config.name === 'insert_submissions' ? totalBytes(rows) : 0
        queries.push({ name: config.name, rows: Array.isArray(rows) ? rows.length : 0, bytes })
      }
      return Reflect.apply(query, desk, [config, ...more])
    }
    Object.assign(desk, { query: watched })
  }

  const submissionsIn = (name: string) => queries.filter((one) => one.name === name).map(({ rows }) => rows)
  const send = (text: string, more: { article?: string; key?: string; name?: string } = {}) =>
    ask(house, 'POST', `/v1/sites/${site}/articles/${encodeURIComponent(more.article ?? 'news')}/comments`, {
      body: { text, ...(more.name !== undefined && { name: more.name }) },
      headers: more.key === undefined ? {} : { 'idempotency-key': more.key },
    })

  /** Lets one submission be under way until the others have come, so that these are written by the next statement. */
  async function meanwhile<Result>(count: number, others: () => Promise<Result>): Promise<Result> {
    await house.owner.query('begin; lock table unsealed in exclusive mode')
    const before = send('The first of all.')
    try {
      await until(() => submissionsIn('insert_submissions').length > 0)
      const rest = others()
      await until(() => screened > count)
      for (let turns = 0; turns < 10; turns += 1) await nextTurn()
      await house.owner.query('commit')
      expect((await before).status).toBe(202)
      return await rest
    } finally {
      await house.owner.query('rollback')
    }
  }

  test('are all taken, each with its own receipt, in the order in which they came, by few statements', async () => {
    const texts = Array.from({ length: 100 }, (_, at) => `Number ${at} of many.`)
    const answers = await meanwhile(100, () => Promise.all(texts.map((text) => send(text))))
    expect(answers.map(({ status }) => status)).toEqual(texts.map(() => 202))
    expect(new Set(answers.map(({ body }) => body.receipt)).size).toBe(100)
    const told = await Promise.all(answers.map(({ body }) => receiptOf(house, body.receipt)))
    expect(told.map(({ id, submitted }) => [id, submitted.text])).toEqual(
      answers.map(({ body }, at) => [body.id, texts[at]]),
    )
    const { rows } = await house.owner.query<{ text: string }>(
      `select t.text from comment c join revision_text t on t.comment_id = c.id
        where t.text like 'Number %' order by c.position`,
    )
    expect(rows.map(({ text }) => text)).toEqual(texts)
    // Two, but where the machine is so slow that the first counts as one that hangs.
    const written = submissionsIn('insert_submissions')
    expect(written.reduce((sum, many) => sum + many, 0)).toBe(101)
    expect(written.length).toBeLessThan(10)
    expect(submissionsIn('submission_facts').length).toBeLessThan(20)
  })

  test('fail alone where PostgreSQL refuses one', async () => {
    const texts = Array.from({ length: 20 }, (_, at) =>
      at === 13 ? 'What PostgreSQL refuses.' : `Fine ${at}.`,
    )
    const answers = await meanwhile(20, () => Promise.all(texts.map((text) => send(text))))
    expect(answers.map((answer) => (answer.status === 202 ? 'taken' : problemIn(answer)))).toEqual(
      texts.map((_, at) => (at === 13 ? '500 internal' : 'taken')),
    )
    const { rows } = await house.owner.query(`select from revision_text where text like 'Fine %'`)
    expect(rows).toHaveLength(19)
    expect((await receiptOf(house, answers[19]?.body.receipt)).submitted.text).toBe('Fine 19.')
  })

  test('make one comment of twenty with the same key, and refuse another body under it', async () => {
    const same = Array.from({ length: 20 }, () =>
      send('Only once, please.', { key: 'twenty-times-at-the-same-time' }),
    )
    const other = send('Something else.', { key: 'twenty-times-at-the-same-time' })
    const answers = await Promise.all(same)
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(19)
    expect(problemIn(await other)).toBe('422 idempotency_key_reused')
    const { rows } = await house.owner.query(`select from revision_text where text = 'Only once, please.'`)
    expect(rows).toHaveLength(1)
  })

  test('with a key, one of which is refused, leave the key to whoever comes next', async () => {
    const key = 'refused-by-postgresql-and-then-taken'
    const [refused, next] = await Promise.all([
      send('What PostgreSQL refuses.', { key }),
      send('Taken.', { key }),
    ])
    expect(problemIn(refused)).toBe('500 internal')
    // PostgreSQL tells of a failure a moment before it lets go of the key.
    expect(next.status === 202 || problemIn(next) === '409 still_running').toBe(true)
    expect((await send('Taken.', { key })).status).toBe(202)
  })

  test('make no more articles together than one by one', async () => {
    const busy = await aSite(house, { origins: ['https://news.example'] })
    const urls = Array.from({ length: 110 }, (_, at) => `https://news.example/${at}`)
    const answers = await Promise.all(
      [...urls, ...urls.slice(0, 5)].map((article) =>
        ask(house, 'POST', `/v1/sites/${busy}/articles/${encodeURIComponent(article)}/comments`, {
          body: { text: `About ${article}.` },
        }),
      ),
    )
    const told = answers.map((answer) => (answer.status === 202 ? 'taken' : problemIn(answer)))
    expect(told.filter((one) => one === 'taken')).toHaveLength(105)
    expect(told.slice(100, 110)).toEqual(Array.from({ length: 10 }, () => '429 too_many_articles'))
    expect(answers[100]?.headers['retry-after']).toBe('3600')
    const { rows } = await house.owner.query('select from article where site = $1 and automatic', [busy])
    expect(rows).toHaveLength(100)
  })

  test('are written in parts, where their texts are large', async () => {
    const large = Array.from({ length: 12 }, (_, at) => `${at} ${'large '.repeat(800)}`)
    const roomy = await aSite(house, {
      limits: { textGraphemes: 20_000, textBytes: 65_536, nameGraphemes: 80 },
    })
    await anArticle(house, roomy, 'large')
    const answers = await meanwhile(12, () =>
      Promise.all(
        large.map((text) =>
          ask(house, 'POST', `/v1/sites/${roomy}/articles/large/comments`, {
            body: { text: text.repeat(8).slice(0, 19_900) },
          }),
        ),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(large.map(() => 202))
    const bytes = queries.flatMap(({ name, bytes: size }) => (name === 'insert_submissions' ? size : []))
    expect(Math.max(...bytes)).toBeLessThanOrEqual(262_144)
    expect(bytes.length).toBeGreaterThan(1)
  })

  test('cost two queries when they come one by one, besides those of screening', async () => {
    expect((await send('Alone.', { key: 'one-submission-with-a-key' })).status).toBe(202)
    expect(queries.map(({ name }) => name)).toEqual(['submission_facts', 'insert_submissions'])
  })
})

function totalBytes(rows: { bytes: number }[]): number {
  return rows.reduce((sum, { bytes }) => sum + bytes, 0)
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2_000 && !isSo(); tries += 1) await delay(1)
  expect(isSo()).toBe(true)
}
