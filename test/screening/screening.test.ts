import { screenLater } from '../../src/comments/screen-later.ts'
import type { Screen } from '../../src/screening/screened.ts'
import { screener } from '../../src/screening/screener.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, anArticle, aPerson, aSite, decision, type TestPerson } from '../support/people.ts'

const failing: Screen = async () => null

const campaign =
  'Everybody on the east bank knows that the evening boat was promised twice and cancelled twice; the council should answer for it now.'

describe('what a moderator is told about a comment', () => {
  let house: House
  let site: string
  let editor: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { name: 'The Harbour Gazette' })
    editor = await aPerson(house, site, 'editor')
  })
  afterAll(() => house.close())

  async function signalsOf(body: Record<string, unknown>) {
    const { id } = await aComment(house, site, body)
    const { body: comment } = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: editor.key })
    return { ...comment, codes: comment.signals.map((signal: { code: string }) => signal.code) }
  }

  test('an ordinary comment gives no signal, and was screened', async () => {
    const { codes, screened } = await signalsOf({
      text: 'I take that boat to work every day, and I will miss it.',
    })
    expect({ codes, screened }).toEqual({ codes: [], screened: true })
  })

  test('names like the site’s or a moderator’s', async () => {
    expect((await signalsOf({ text: 'Read this.', name: 'The Hаrbour Gazette' })).codes).toContain(
      'impersonation',
    )
    expect((await signalsOf({ text: 'Read this.', name: editor.pseudonym })).codes).toContain('impersonation')
  })

  test('names like the author’s, under their article alone', async () => {
    await anArticle(house, site, 'ferries', { author: 'Ana Reyes and 李薇, Staff' })
    const impersonation = async (name: string, article: string) => {
      const { id } = await aComment(house, site, { text: 'Read this.', name }, article)
      const { body } = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: editor.key })
      return body.signals.find(({ code }: { code: string }) => code === 'impersonation')
    }
    expect(await impersonation('ANA REYES', 'ferries')).toEqual({
      code: 'impersonation',
      severity: 'warning',
      message: 'The name resembles that of the article’s author, “Ana Reyes”.',
      ranges: [],
    })
    expect(await impersonation('李薇', 'ferries')).toMatchObject({
      message: expect.stringContaining('“李薇”'),
    })
    expect(await impersonation('Ana Reyes', 'news')).toBeUndefined()
    expect(await impersonation('Ana Ferrer', 'ferries')).toBeUndefined()
  })

  test('a text that was sent before, and one that is nearly the same; not what everybody says', async () => {
    expect((await signalsOf({ text: campaign })).codes).not.toContain('repeat')
    expect((await signalsOf({ text: campaign.toUpperCase() })).codes).toContain('repeat')
    expect((await signalsOf({ text: campaign.replace('promised twice', 'promised to us') })).codes).toContain(
      'repeat',
    )
    await signalsOf({ text: 'I agree.' })
    expect((await signalsOf({ text: 'I agree!' })).codes).not.toContain('repeat')
    const elsewhere = await aSite(house)
    const { id } = await aComment(house, elsewhere, { text: campaign })
    const other = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: house.admin })
    expect(other.body.signals).toEqual([])
  })

  test('the language that a text is in, by which moderators find it', async () => {
    const khmer = await signalsOf({ text: 'ខ្ញុំសូមអរគុណដល់អ្នកដែលធ្វើការនៅកំពង់ចម្លងនេះ។' })
    expect(khmer).toMatchObject({ language: 'km', codes: ['language'] })
    const reader = await aPerson(house, site, 'moderator', ['km'])
    const queue = await ask(house, 'GET', `/v1/moderation/queue?site=${site}`, { key: reader.key })
    expect(queue.body.comments.map((comment: { id: string }) => comment.id)).toEqual([khmer.id])
  })

  test('no signal decides anything: the answer is the same, and the comment waits', async () => {
    const text = `${campaign} CALL +44 20 7946 0958 OR BUY AT https://boats.example <b>NOW</b>`
    const { codes, status } = await signalsOf({ text, name: 'Moderator' })
    expect(codes).toEqual(
      expect.arrayContaining(['impersonation', 'repeat', 'contact_details', 'links', 'markup']),
    )
    expect(status).toBe('pending')
  })

  test('a resubmitted text is screened again', async () => {
    const { id, receipt } = await aComment(house, site, { text: 'Write to me at robin@example.org, please.' })
    await decision(house, editor.key, id, {
      action: 'return',
      rules: ['private_details'],
      reason: 'Leave it out.',
    })
    await ask(house, 'PUT', '/v1/receipt/text', {
      key: receipt,
      body: { text: 'Please answer here in the comments.' },
    })
    const again = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: editor.key })
    expect(again.body).toMatchObject({ signals: [], screened: true, version: 3 })
  })

  function put(body: unknown, key = editor.key) {
    return ask(house, 'PUT', `/v1/sites/${site}/phrases`, { key, body })
  }

  test('many texts at once: none waits for another, and none stays unscreened', async () => {
    const crowded = await aSite(house)
    const sent = await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        ask(house, 'POST', `/v1/sites/${crowded}/articles/news/comments`, {
          body: { text: `Reader ${at} has something to say about this.` },
          ...(at % 2 === 0 && { headers: { 'idempotency-key': `a-key-of-22-characters-${at}` } }),
        }),
      ),
    )
    expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([202]))
    const queue = await ask(house, 'GET', `/v1/moderation/queue?site=${crowded}&limit=100`, {
      key: house.admin,
    })
    expect(queue.body.comments).toHaveLength(60)
    expect(queue.body.comments.filter((comment: { screened: boolean }) => !comment.screened)).toEqual([])
  })

  test('how often a text was sent before, and that many long ones are compared as far as time allows', async () => {
    const limits = { textGraphemes: 20_000, textBytes: 65_536, nameGraphemes: 80 }
    const flooded = await aSite(house, { limits })
    const repeatIn = async (text: string) => {
      const { id } = await aComment(house, flooded, { text })
      const { body } = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: house.admin })
      return body.signals.find(({ code }: { code: string }) => code === 'repeat')?.message
    }
    const said: (string | undefined)[] = []
    for (let copy = 0; copy < 4; copy += 1) said.push(await repeatIn(campaign))
    expect(said.at(-1)).toBe('Within a week the same text was sent 3 times before.')

    const long = Array.from({ length: 2_800 }, (_, at) => `word${at}`).join(' ')
    for (let copy = 0; copy < 13; copy += 1)
      said.push(await repeatIn(`Copy ${copy}: ${long}`.slice(0, 20_000)))
    expect(said.at(-1)).toBe('Within a week nearly the same text was sent 10 times before.')
  })

  describe('by phrases of its own', () => {
    test('a list takes effect at once, and so does the next one', async () => {
      const answer = await put({ phrases: [{ phrase: 'cheap boats', note: 'Spam of the spring.' }] })
      expect(answer).toMatchObject({
        status: 200,
        body: { phrases: [{ phrase: 'cheap boats', severity: 'notice' }] },
      })
      const found = await signalsOf({ text: 'I sell cheap boats.' })
      expect(found.signals).toEqual([
        {
          code: 'phrase',
          severity: 'notice',
          message: 'On the site’s list: “cheap boats”. Spam of the spring.',
          ranges: [{ start: 7, end: 18 }],
        },
      ])
      await put({ phrases: [] })
      expect((await signalsOf({ text: 'I sell cheap boats again.' })).codes).not.toContain('phrase')
    })

    test('travel as CSV, and a wrong line changes nothing and is named', async () => {
      const csv = 'phrase,language,note,severity\r\n河,zh-Hant,"a ""note"", =1+1",warning\r\ncasino*,,,\r\n'
      const send = (payload: string) =>
        house.app.inject({
          method: 'PUT',
          url: `/v1/sites/${site}/phrases.csv`,
          headers: { authorization: `Bearer ${editor.key}`, 'content-type': 'text/csv' },
          payload,
        })
      expect((await send(csv)).statusCode).toBe(200)
      const list = await ask(house, 'GET', `/v1/sites/${site}/phrases`, { key: editor.key })
      expect(list.body.phrases).toEqual([
        { phrase: '河', language: 'zh-Hant', note: 'a "note", =1+1', severity: 'warning' },
        { phrase: 'casino*', severity: 'notice' },
      ])
      const file = await ask(house, 'GET', `/v1/sites/${site}/phrases.csv`, { key: editor.key })
      expect(file.headers['content-type']).toContain('text/csv')
      const wrong = await send('phrase,severity\r\nfine,notice\r\nbad,fatal\r\n')
      expect(wrong.statusCode).toBe(400)
      expect(wrong.json().detail).toMatch(/^Line 3, column 5: /)
      expect((await send(file.text)).json()).toEqual(list.body)
    })

    test('are for editors and admins', async () => {
      const moderator = await aPerson(house, site)
      expect((await put({ phrases: [] }, moderator.key)).status).toBe(403)
      expect((await ask(house, 'GET', `/v1/sites/${site}/phrases`, { key: moderator.key })).status).toBe(403)
      expect(
        (await ask(house, 'PUT', '/v1/sites/nowhere/phrases', { key: house.admin, body: { phrases: [] } }))
          .status,
      ).toBe(404)
    })
  })
})

describe('screening that fails', () => {
  let house: House
  let site: string

  beforeAll(async () => {
    house = await openHouse({ screen: failing })
    site = await aSite(house)
    await anArticle(house, site, 'ferries', { author: 'Ana Reyes' })
  })
  afterAll(() => house.close())

  test('holds no submission; the queue says that signals are to come; they come', async () => {
    const { id } = await aComment(
      house,
      site,
      {
        text: 'See https://boats.example for the timetable.',
        name: 'Ana Reyes',
      },
      'ferries',
    )
    const read = () => ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: house.admin })
    expect((await read()).body).toMatchObject({ screened: false, signals: [], status: 'pending' })
    expect(await screenLater(house.db, failing, 0)).toBe(0)
    expect(await screenLater(house.db, screener(house.db), 0)).toBe(1)
    expect(await screenLater(house.db, screener(house.db), 0)).toBe(0)
    expect((await read()).body).toMatchObject({
      screened: true,
      signals: [{ code: 'impersonation' }, { code: 'links' }],
    })
  })

  test('is told, and answers null instead of throwing', async () => {
    const faults: unknown[] = []
    const broken = {
      ...house.db,
      desk: Object.create(house.db.desk, { query: { value: () => Promise.reject(new Error('away')) } }),
    }
    const screen = screener(broken, (fault) => faults.push(fault))
    expect(
      await screen({ site, article: 'news', language: 'en', name: null, text: 'Hello there.', removed: {} }),
    ).toBeNull()
    expect(faults).toHaveLength(1)
  })
})
