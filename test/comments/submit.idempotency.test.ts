import { buildApp } from '../../src/app.ts'
import { ask, type House, openHouse, testBaseUrl } from '../support/house.ts'
import { anArticle, aPerson, aSite, decision, receiptOf, type TestPerson } from '../support/people.ts'
import { problemIn } from '../support/problem.ts'

const day = 86_400

describe('a submission with an Idempotency-Key', () => {
  let house: House
  let site: string
  let moderator: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { origins: ['https://news.example'] })
    moderator = await aPerson(house, site)
  })
  afterAll(() => house.close())

  const at = (article: string, of = site) =>
    `/v1/sites/${of}/articles/${encodeURIComponent(article)}/comments`
  const once = (key: string, body: unknown, article = 'news', of = site) =>
    ask(house, 'POST', at(article, of), { body, headers: { 'idempotency-key': key } })
  test.each([
    ['21 characters', 'a'.repeat(21)],
    ['256 characters', 'a'.repeat(256)],
    ['a space in it', `${'a'.repeat(30)} b`],
    ['letters that are not ASCII', 'é'.repeat(30)],
    ['21 characters in quotes', `"${'a'.repeat(21)}"`],
  ])('of %s is refused', async (_what, key) => {
    expect(problemIn(await once(key, { text: 'a' }))).toBe('400 invalid_request')
  })

  test('of 22 or 255 characters is taken, and means the same in quotes', async () => {
    for (const key of ['b'.repeat(22), 'c'.repeat(255)]) {
      const bare = await once(key, { text: 'Once.' })
      const quoted = await once(`"${key}"`, { text: 'Once.' })
      expect(bare.status).toBe(202)
      expect(bare.headers['idempotency-replayed']).toBeUndefined()
      expect(quoted.body).toEqual(bare.body)
      expect(quoted.headers['idempotency-replayed']).toBe('true')
    }
  })

  test('gets the same answer whatever has happened in between', async () => {
    await anArticle(house, site, 'in-between')
    const key = 'whatever-has-happened-in-between'
    const body = { text: 'Only once.', name: 'Wren' }
    const again = () => once(key, body, 'in-between')
    const first = await again()
    await decision(house, moderator.key, first.body.id, { action: 'reject', rules: ['topic'] })
    expect((await again()).body).toEqual(first.body)
    const close = { key: house.admin, body: { open: false } }
    await ask(house, 'PUT', `/v1/sites/${site}/articles/in-between`, close)
    expect((await again()).body).toEqual(first.body)
    await ask(house, 'POST', '/v1/receipt/erasure', { key: first.body.receipt })
    expect((await again()).body).toEqual(first.body)
    await house.ahead(day - 60)
    expect((await again()).body).toEqual(first.body)
    const { rows } = await house.owner.query(
      `select from comment c join article a on a.id = c.article_id where a.key = 'in-between'`,
    )
    expect(rows).toHaveLength(1)
  })

  test('after a restart too, if the secret is the same', async () => {
    const key = 'before-and-after-a-restart'
    const first = await once(key, { text: 'Once.' })
    const options = {
      db: house.db,
      baseUrl: testBaseUrl,
      trustProxy: [],
      rateLimit: false,
      checkAnswers: true,
      logger: false,
      version: '1',
    }
    const same = await buildApp({ ...options, secret: 'a secret that only the tests have, long enough' })
    const other = await buildApp({ ...options, secret: 'another secret, also long enough for a test' })
    const sent = { headers: { 'idempotency-key': key }, body: { text: 'Once.' } }
    const again = await ask({ ...house, app: same }, 'POST', at('news'), sent)
    const stranger = await ask({ ...house, app: other }, 'POST', at('news'), sent)
    await same.close()
    await other.close()
    expect(again.body).toEqual(first.body)
    expect(stranger.body.receipt).not.toBe(first.body.receipt)
  })

  test('refuses another body, another article and another site', async () => {
    const key = 'for-one-request-and-no-other'
    await anArticle(house, site, 'another')
    const elsewhere = await aSite(house)
    await once(key, { text: 'One.' })
    const others = [
      await once(key, { text: 'Other.' }),
      await once(key, { text: 'One.', name: 'Wren' }),
      await once(key, { text: 'One.' }, 'another'),
      await once(key, { text: 'One.' }, 'news', elsewhere),
    ]
    expect(others.map(problemIn)).toEqual(others.map(() => '422 idempotency_key_reused'))
  })

  test('makes one comment of many requests at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => once('many-at-the-same-time-please', { text: 'Only one of these.' })),
    )
    const taken = answers.filter(({ status }) => status === 202)
    expect(new Set(taken.map(({ text }) => text)).size).toBe(1)
    expect(answers.filter(({ status }) => status !== 202).map(problemIn)).toEqual(
      Array.from({ length: 12 - taken.length }, () => '409 still_running'),
    )
    const { rows } = await house.owner.query(`select from revision_text where text = 'Only one of these.'`)
    expect(rows).toHaveLength(1)
  })

  test('that was refused may be used again', async () => {
    expect((await once('first-refused-and-then-taken', { text: ' ' })).status).toBe(422)
    expect((await once('first-refused-and-then-taken', { text: 'Now with words.' })).status).toBe(202)
  })

  test('is forgotten after a day: then it is a new comment', async () => {
    const first = await once('a-key-for-one-day-and-no-more', { text: 'Every day.' })
    await house.ahead(day + 1)
    const next = await once('a-key-for-one-day-and-no-more', { text: 'Every day.' })
    expect(next.status).toBe(202)
    expect(next.body.id).not.toBe(first.body.id)
    expect(await receiptOf(house, next.body.receipt)).toMatchObject({ id: next.body.id })
    expect(await receiptOf(house, first.body.receipt)).toMatchObject({ id: first.body.id })
    const again = await once('a-key-for-one-day-and-no-more', { text: 'Every day.' })
    expect(again.body).toEqual(next.body)
  })

  test('stands nowhere in the database, nor does the receipt', async () => {
    const key = 'zqxjkvbw-zqxjkvbw-zqxjkvbw'
    const { body } = await once(key, { text: 'Where is my receipt?' })
    const { body: plain } = await ask(house, 'POST', at('news'), { body: { text: 'And mine?' } })
    const rows = await everything()
    expect(rows).toContain('Where is my receipt?')
    for (const secret of [key, body.receipt, plain.receipt].flatMap(spellings)) {
      expect(rows).not.toContain(secret)
    }
  })

  /** Every row of every table, as text. */
  async function everything(): Promise<string> {
    const { rows: tables } = await house.owner.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    const dumps = await Promise.all(
      tables.map(({ name }) => house.owner.query<{ row: string }>(`select t::text as row from ${name} t`)),
    )
    return dumps.flatMap(({ rows }) => rows.map(({ row }) => row)).join('\n')
  }
})

/** A secret as it could stand somewhere: as it is, bare, small, and as hexadecimal bytes. */
function spellings(secret: string): string[] {
  const bare = secret.replaceAll('-', '')
  return [
    secret,
    bare,
    bare.toLowerCase(),
    Buffer.from(secret).toString('hex'),
    Buffer.from(bare).toString('hex'),
  ]
}
