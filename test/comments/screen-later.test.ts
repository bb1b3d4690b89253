import { EventEmitter, once } from 'node:events'
import { makeSearchable } from '../../src/comments/make-searchable.ts'
import { laterScreening, screenLater } from '../../src/comments/screen-later.ts'
import type { Unscreened } from '../../src/comments/store.ts'
import type { Screen } from '../../src/screening/screened.ts'
import { screener } from '../../src/screening/screener.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, type TestPerson } from '../support/people.ts'

describe('a crowd of submissions', () => {
  let house: House
  let site: string
  let ada: TestPerson

  beforeAll(async () => {
    house = await openHouse({ submissions: { atEase: 2 } })
    site = await aSite(house)
    ada = await aPerson(house, site)
  })
  afterAll(() => house.close())

  const sendAll = (texts: string[], headers: Record<string, string> = {}) =>
    Promise.all(
      texts.map((text) =>
        ask(house, 'POST', `/v1/sites/${site}/articles/news/comments`, { body: { text }, headers }),
      ),
    )
  const queue = async (query: string) =>
    (await ask(house, 'GET', `/v1/moderation/queue?site=${site}&limit=100&${query}`, { key: ada.key })).body
      .comments

  test('is taken in first; whoever reads the queue next sees what was noticed about each', async () => {
    const texts = Array.from({ length: 40 }, (_, at) =>
      at % 2 === 0
        ? `Number ${at}: see https://boats.example/${at} for more.`
        : `Number ${at} says nothing more.`,
    )
    const answers = await sendAll(texts)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
    const comments: { text: string; screened: boolean; signals: { code: string }[] }[] = await queue('')
    expect(comments).toHaveLength(40)
    expect(comments.filter(({ screened }) => !screened)).toEqual([])
    expect(
      comments.filter(
        ({ text, signals }) => text.includes('https') !== signals.some(({ code }) => code === 'links'),
      ),
    ).toEqual([])
    expect(await queue('signal=links')).toHaveLength(20)
  })

  test('is in the language of its texts from the beginning, for those who read it', async () => {
    await sendAll(
      Array.from({ length: 10 }, (_, at) => `저녁 배는 왜 또 늦었습니까? 아무도 대답하지 않았습니다. ${at}`),
    )
    const { rows } = await house.owner.query(
      `select distinct c.language from comment c join revision_text t on t.comment_id = c.id where t.text like '저녁%'`,
    )
    expect(rows).toEqual([{ language: 'ko' }])
  })

  test('is found by its words, as soon as these are in the index', async () => {
    await sendAll(Array.from({ length: 10 }, (_, at) => `The lighthouse blinks at number ${at}.`))
    await makeSearchable(house.db)
    expect(await queue('q=lighthouse')).toHaveLength(10)
  })

  test('gets the same answers again under the same keys, and is screened once', async () => {
    const headers = { 'idempotency-key': 'one-key-for-a-whole-crowd' }
    const answers = await sendAll(
      Array.from({ length: 10 }, () => 'All of us say the same.'),
      headers,
    )
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(
      (await queue('')).filter(({ text }: { text: string }) => text === 'All of us say the same.'),
    ).toHaveLength(1)
  })
})

describe('a text that waits unscreened', () => {
  let house: House
  let site: string

  beforeAll(async () => {
    house = await openHouse({ screen: async () => null })
    site = await aSite(house)
  })
  afterAll(() => house.close())

  test('is left for a minute to whoever took it in', async () => {
    const { id } = await aComment(house, site, { text: 'Hello there.' })
    expect(await screenLater(house.db, screener(house.db))).toBe(0)
    await house.ahead(61)
    expect(await screenLater(house.db, screener(house.db))).toBe(1)
    const { rows } = await house.owner.query('select from screening where comment_id = $1', [id])
    expect(rows).toHaveLength(1)
  })

  test('may be one of many', async () => {
    for (let at = 0; at < 40; at += 1) await aComment(house, site, { text: `Number ${at} of many.` })
    expect(await screenLater(house.db, screener(house.db), 0)).toBe(40)
    expect(await screenLater(house.db, screener(house.db), 0)).toBe(0)
  })

  test('leaves nothing behind when it is withdrawn and erased while it is being screened', async () => {
    const { id, receipt } = await aComment(house, site, { text: 'I take this back.' })
    const gate = aGate()
    const later = laterScreening({ db: house.db, screen: gate.screen, isCrowded: () => false })
    later.add(unscreened(id, site, 'I take this back.'))
    await gate.reached
    expect((await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })).status).toBe(204)
    gate.open()
    await later.stop()
    const { rows } = await house.owner.query('select from screening where comment_id = $1', [id])
    expect(rows).toEqual([])
  })

  test('is screened after those that came before it', async () => {
    const seen: string[] = []
    const screen: Screen = async ({ text }) => {
      seen.push(text)
      return null
    }
    const later = laterScreening({ db: house.db, screen, isCrowded: () => false })
    const texts = Array.from({ length: 100 }, (_, at) => `Number ${at}`)
    for (const text of texts) later.add(unscreened(crypto.randomUUID(), site, text))
    expect(later.isBehind()).toBe(true)
    await later.settled()
    expect(seen).toEqual(texts)
    expect(later.isBehind()).toBe(false)
  })

  test('keeps nobody in a crowd waiting, and is left to others once the service stops', async () => {
    const seen: string[] = []
    const gate = aGate((text) => seen.push(text))
    const later = laterScreening({ db: house.db, screen: gate.screen, isCrowded: () => true })
    for (const text of ['The first.', 'The second.']) later.add(unscreened(crypto.randomUUID(), site, text))
    await gate.reached
    await later.settled()
    const stopped = later.stop()
    later.add(unscreened(crypto.randomUUID(), site, 'Too late.'))
    gate.open()
    await stopped
    expect(seen).toEqual(['The first.'])
    expect(later.isBehind()).toBe(false)
  })

  test('is left to others where there is no more room for it', async () => {
    const seen: string[] = []
    const gate = aGate((text) => seen.push(text))
    const later = laterScreening({ db: house.db, screen: gate.screen, isCrowded: () => false })
    const large = 'x'.repeat(1_500_000)
    for (const text of ['The first.', `${large}2`, `${large}3`, `${large}4`, 'The last.'])
      later.add(unscreened(crypto.randomUUID(), site, text))
    gate.open()
    await later.settled()
    await later.stop()
    expect(seen.map((text) => text.slice(-10).replace(/x+/, ''))).toEqual([
      'The first.',
      '2',
      '3',
      'The last.',
    ])
  })
})

/** Screening that waits until it is let go on. */
function aGate(onText: (text: string) => void = () => undefined) {
  const [reached, opened] = [aMoment(), aMoment()]
  const screen: Screen = async ({ text, language }) => {
    onText(text)
    reached.come()
    await opened.comes
    return { language, signals: [], matchHash: 1n, simhash: 2n }
  }
  return { screen, reached: reached.comes, open: opened.come }
}

function aMoment() {
  const moment = new EventEmitter()
  return { comes: once(moment, 'come'), come: () => void moment.emit('come') }
}

function unscreened(commentId: string, site: string, text: string): Unscreened {
  return { commentId, seq: 1, site, article: 'news', language: 'en', name: null, text, removed: {} }
}
