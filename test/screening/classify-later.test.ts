import { randomBytes } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { screenLater } from '../../src/comments/screen-later.ts'
import { connect } from '../../src/database/client.ts'
import { classifier } from '../../src/screening/classifier.ts'
import { type Classifying, classifiedLater, classifying } from '../../src/screening/classify-later.ts'
import type { Screen } from '../../src/screening/screened.ts'
import { forgetUnclassified, takeUnclassified } from '../../src/screening/unclassified-store.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../support/people.ts'
import { type Answering, openReceiver, type Received, type Receiver, withJson } from '../support/receiver.ts'

const secret = `whsec_${randomBytes(32).toString('base64')}`
const threat = withJson({ scores: [{ label: 'threat', score: 0.92 }] })
const threatSignal = {
  code: 'classifier',
  severity: 'warning',
  message: 'The classifier scores “threat” at 92 %.',
  ranges: [],
}
/** What the house notices by itself is another test's: here it is a link, or nothing. */
const screenHere: Screen = async ({ text, language }) => ({
  language,
  signals: text.includes('https:')
    ? [{ code: 'links', severity: 'notice', message: 'The text contains 1 link.', ranges: [] }]
    : [],
  matchHash: 0n,
  simhash: 0n,
})
const never: Answering = () => undefined

let house: House
let receiver: Receiver
let site: string
let editor: TestPerson
let screen: Screen
let node: Classifying
/** whether the service wakes the node, as it does outside of tests */
let isWoken: boolean
let faults: [fault: string, tries: number][]

beforeAll(async () => {
  house = await openHouse({
    screen: (text) => screen(text),
    onTaken: () => isWoken && node.wake(),
  })
  receiver = await openReceiver(threat)
  site = await aSite(house, { name: 'The Harbour Gazette' })
  editor = await aPerson(house, site, 'editor')
})
beforeEach(() => {
  screen = classifiedLater(screenHere)
  faults = []
  node = aNode()
  isWoken = true
  receiver.received.length = 0
  receiver.answers(threat)
})
afterEach(async () => {
  await node.stop()
  await forgetUnclassified(house.db.desk)
})
afterAll(async () => {
  await house.close()
  await receiver.close()
})

describe('a text that a classifier is asked about', () => {
  test('is taken in at once; the queue says that signals are to come; they come, and the version stays', async () => {
    const gate = new EventEmitter()
    receiver.answers(async (received, answer) => {
      await once(gate, 'open')
      return threat(received, answer)
    })
    const other = await aSite(house)
    const { id } = await aComment(house, other, { text: 'I shall find you, see https://boats.example.' })
    await until(() => receiver.received.length === 1)
    const before = await read(id)
    expect(before.body).toMatchObject({
      status: 'pending',
      version: 1,
      screened: false,
      signals: [{ code: 'links' }],
    })
    const queue = await ask(house, 'GET', `/v1/moderation/queue?site=${other}&signal=links`, {
      key: house.admin,
    })
    expect(queue.body.comments).toMatchObject([{ id, screened: false }])

    gate.emit('open')
    await untilScreened(id)
    const after = await read(id)
    expect(after.body).toEqual({
      ...before.body,
      screened: true,
      signals: [...before.body.signals, threatSignal],
    })
    expect(after.headers['etag']).toBe(before.headers['etag'])
    const found = await ask(house, 'GET', `/v1/moderation/queue?site=${other}&signal=classifier`, {
      key: house.admin,
    })
    expect(found.body.comments).toMatchObject([{ id, screened: true }])
  })

  test('is sent alone, with its language and its article, in a call that is signed', async () => {
    const other = await aSite(house)
    const name = 'Robin of the Quay'
    const idempotencyKey = 'a-key-of-22-characters-at-least'
    const article = 'https://gazette.example/boats?id=7'
    await ask(house, 'PUT', `/v1/sites/${other}/articles/${encodeURIComponent(article)}`, {
      key: house.admin,
      body: { title: 'Boats', url: article, language: 'my' },
    })
    const text = 'ခင်ဗျားတို့ကို ကျွန်တော် မမေ့ပါဘူး။ The boat.'
    const sent = await ask(
      house,
      'POST',
      `/v1/sites/${other}/articles/${encodeURIComponent(article)}/comments`,
      {
        body: { text, name },
        headers: { 'idempotency-key': idempotencyKey, 'x-forwarded-for': '192.0.2.77' },
      },
    )
    await untilScreened(sent.body.id)
    const [call] = receiver.received
    expect(JSON.parse(String(call?.body))).toEqual({
      text,
      language: 'my',
      site: other,
      article: { key: article, title: 'Boats', url: article },
    })
    expect(isSigned(call)).toBe(true)
    const all = JSON.stringify(call)
    for (const personal of [name, idempotencyKey, '192.0.2.77', sent.body.id, sent.body.receipt]) {
      expect(all).not.toContain(personal)
    }
  })

  test('is asked about once, also when it is sent again with its Idempotency-Key', async () => {
    const url = `/v1/sites/${site}/articles/news/comments`
    const sent = {
      body: { text: 'Sent twice, meant once.' },
      headers: { 'idempotency-key': 'another-key-of-22-characters' },
    }
    const { body } = await ask(house, 'POST', url, sent)
    await untilScreened(body.id)
    expect((await ask(house, 'POST', url, sent)).body.id).toBe(body.id)
    await settled()
    expect(receiver.received).toHaveLength(1)
  })

  test('waits for a screening that failed, and is asked about after it', async () => {
    screen = async () => null
    const { id } = await aComment(house, site, { text: 'Screened late, then classified.' })
    await settled()
    expect(receiver.received).toEqual([])
    expect(await screenLater(house.db, classifiedLater(screenHere), 0)).toBe(1)
    expect((await read(id)).body).toMatchObject({ screened: false, signals: [] })
    node.wake()
    await untilScreened(id)
    expect((await read(id)).body.signals).toEqual([threatSignal])
  })

  test('is the reader’s: a new text of theirs as well, a moderator’s edit not', async () => {
    const { id, receipt } = await aComment(house, site, { text: 'First words of it.' })
    await untilScreened(id)
    await decision(house, editor.key, id, {
      action: 'return',
      rules: ['private_details'],
      reason: 'Mend it.',
    })
    await ask(house, 'PUT', '/v1/receipt/text', { key: receipt, body: { text: 'Second words of it.' } })
    await untilScreened(id)
    expect((await read(id)).body).toMatchObject({ version: 3, signals: [threatSignal] })
    await decision(house, editor.key, id, { action: 'edit', text: 'Words […]', rules: ['language'] })
    await settled()
    expect(receiver.received.map(({ body }) => JSON.parse(body).text)).toEqual([
      'First words of it.',
      'Second words of it.',
    ])
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(2)
  })

  test('is one of many: none is lost, none is asked about twice, and only a few at once', async () => {
    let open = 0
    let most = 0
    receiver.answers(async (received, answer) => {
      open += 1
      most = Math.max(most, open)
      await pause(20)
      open -= 1
      return threat(received, answer)
    })
    const crowded = await aSite(house)
    const sent = await Promise.all(
      Array.from({ length: 40 }, (_, at) => aComment(house, crowded, { text: `Reader ${at} wrote this.` })),
    )
    for (const { id } of sent) await untilScreened(id)
    expect(new Set(receiver.received.map(({ body }) => JSON.parse(body).text)).size).toBe(40)
    expect(receiver.received).toHaveLength(40)
    expect(most).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(8)
  })
})

test('texts that have piled up are worked off side by side, however often anybody looks', async () => {
  isWoken = false
  const piled = await aSite(house)
  const sent = []
  for (let at = 0; at < 16; at += 1) sent.push(await aComment(house, piled, { text: `Reader ${at} waits.` }))
  let open = 0
  receiver.answers(async (received, answer) => {
    open += 1
    await until(() => open >= 8)
    return threat(received, answer)
  })
  node.wake()
  for (const { id } of sent) await untilScreened(id)
  expect(receiver.received).toHaveLength(16)
})

describe('a classifier that does not answer', () => {
  test('holds no submission and no decision', async () => {
    receiver.answers(never)
    node = aNode(2_000)
    const began = performance.now()
    const { id } = await aComment(house, site, { text: 'Written while the classifier sleeps.' })
    expect(performance.now() - began).toBeLessThan(2_000)
    const approved = await decision(house, editor.key, id, { action: 'approve' })
    expect(approved.status).toBe(201)
    const list = await ask(house, 'GET', `/v1/sites/${site}/articles/news/comments`)
    expect(list.body.comments[0]).toMatchObject({ id })
  })

  test('is asked again after growing pauses, as about the same text; in the end the text goes without', async () => {
    receiver.answers(withJson({ scores: [] }, 500))
    const { id } = await aComment(house, site, { text: 'Nobody will say anything about this.' })
    for (const [at, seconds] of [10, 60, 600, 3_600].entries()) {
      await until(() => receiver.received.length === at + 1)
      await settled()
      expect((await read(id)).body).toMatchObject({ screened: false, signals: [] })
      await house.ahead(seconds - 5)
      node.wake()
      await settled()
      expect(receiver.received).toHaveLength(at + 1)
      await house.ahead(5)
      node.wake()
    }
    await untilScreened(id)
    expect(receiver.received).toHaveLength(5)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(5)
    expect(receiver.received.every(isSigned)).toBe(true)
    expect((await read(id)).body).toMatchObject({
      version: 1,
      status: 'pending',
      signals: [
        {
          code: 'classifier',
          severity: 'info',
          message: 'The classifier did not answer, and is no longer asked about this text.',
        },
      ],
    })
    expect(faults).toEqual([1, 2, 3, 4, 5].map((tries) => ['status_500', tries]))
  })

  test('gets a text’s signals there once it does', async () => {
    receiver.answers(never)
    node = aNode(200)
    const { id } = await aComment(house, site, { text: 'Said about this on the second call.' })
    await until(() => faults.length === 1)
    await settled()
    expect(faults).toEqual([['timed_out', 1]])
    receiver.answers(threat)
    await house.ahead(10)
    node.wake()
    await untilScreened(id)
    expect((await read(id)).body.signals).toEqual([threatSignal])
    expect(receiver.received).toHaveLength(2)
  })

  test('and a service without one wait for nothing', async () => {
    isWoken = false
    const { id } = await aComment(house, site, { text: 'Sent before the setting was taken away.' })
    expect((await read(id)).body.screened).toBe(false)
    await forgetUnclassified(house.db.desk)
    expect((await read(id)).body).toMatchObject({ screened: true, signals: [] })
  })
})

describe('nothing is sent', () => {
  test.each<[string, (comment: { id: string; receipt: string }) => Promise<unknown>]>([
    ['that was withdrawn', ({ receipt }) => ask(house, 'DELETE', '/v1/receipt', { key: receipt })],
    ['that was erased', ({ receipt }) => ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })],
    ['that was published', ({ id }) => decision(house, editor.key, id, { action: 'approve' })],
    [
      'that was rejected',
      ({ id }) => decision(house, editor.key, id, { action: 'reject', rules: ['topic'] }),
    ],
  ])('%s before', async (_what, change) => {
    isWoken = false
    const comment = await aComment(house, site, { text: 'Gone from the queue before anybody asked.' })
    await change(comment)
    node.wake()
    await settled()
    expect(receiver.received).toEqual([])
    expect(await unclassified()).toBe(0)
  })

  test('of a text that the reader has written anew: the new one is', async () => {
    isWoken = false
    const { id, receipt } = await aComment(house, site, { text: 'The old words.' })
    await decision(house, editor.key, id, {
      action: 'return',
      rules: ['private_details'],
      reason: 'Mend it.',
    })
    await ask(house, 'PUT', '/v1/receipt/text', { key: receipt, body: { text: 'The new words.' } })
    node.wake()
    await untilScreened(id)
    expect(receiver.received.map(({ body }) => JSON.parse(body).text)).toEqual(['The new words.'])
  })

  test('and nothing is written about words that are erased while the classifier thinks', async () => {
    isWoken = false
    const { id, receipt } = await aComment(house, site, { text: 'I want this back, every word.' })
    let erased = 0
    receiver.answers(async (received, answer) => {
      erased = (await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })).status
      return threat(received, answer)
    })
    node.wake()
    await settled()
    expect(erased).toBe(204)
    expect((await read(id)).body).toMatchObject({ status: 'withdrawn', text: null, signals: [] })
    expect(await unclassified()).toBe(0)
    const kept = await house.owner.query('select 1 from screening where comment_id = $1', [id])
    expect(kept.rows).toEqual([])
  })
})

describe('of several nodes', () => {
  test('one asks about each text, though all look at once', async () => {
    isWoken = false
    const sent = []
    for (let at = 0; at < 30; at += 1)
      sent.push(await aComment(house, site, { text: `Reader ${at} said so.` }))
    const other = await connect(house.url, { connections: 8 })
    const second = classifying(other, classifier({ url: receiver.url, secret }))
    try {
      receiver.answers(async (received, answer) => {
        await pause(10)
        return threat(received, answer)
      })
      for (let times = 0; times < 8; times += 1) {
        node.wake()
        second.wake()
      }
      for (const { id } of sent) await untilScreened(id)
      expect(receiver.received).toHaveLength(30)
      expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(30)
      for (const { id } of sent) expect((await read(id)).body.signals).toEqual([threatSignal])
    } finally {
      await second.stop()
      await other.close()
    }
  })

  test('another goes on with what one that died had taken, once its time is over', async () => {
    isWoken = false
    const { id } = await aComment(house, site, { text: 'Taken by a node that died.' })
    const dead = await takeUnclassified(house.db.desk, 30)
    expect(dead?.text?.text).toBe('Taken by a node that died.')
    node.wake()
    await settled()
    expect(receiver.received).toEqual([])
    await house.ahead(31)
    node.wake()
    await untilScreened(id)
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([dead?.webhookId])
    expect((await read(id)).body.signals).toEqual([threatSignal])
  })

  test('each that a text ends counts as a call: it is not asked about for ever', async () => {
    isWoken = false
    const { id } = await aComment(house, site, { text: 'Whoever takes this, falls.' })
    for (let tries = 1; tries <= 5; tries += 1) {
      expect(await takeUnclassified(house.db.desk, 30)).toMatchObject({ tries })
      await house.ahead(31)
    }
    node.wake()
    await untilScreened(id)
    expect(receiver.received).toEqual([])
    expect((await read(id)).body.signals).toMatchObject([{ code: 'classifier', severity: 'info' }])
  })

  test('one that stops takes nothing more, and writes what it has asked for', async () => {
    receiver.answers(async (received, answer) => {
      await pause(100)
      return threat(received, answer)
    })
    const { id } = await aComment(house, site, { text: 'Asked about while the service stops.' })
    await until(() => receiver.received.length === 1)
    await node.stop()
    expect((await read(id)).body).toMatchObject({ screened: true, signals: [threatSignal] })
    await aComment(house, site, { text: 'Sent too late for this node.' })
    await pause(50)
    expect(await unclassified()).toBe(1)
    expect(receiver.received).toHaveLength(1)
  })

  test('one whose database is away fails in silence, and works once it is back', async () => {
    isWoken = false
    const { id } = await aComment(house, site, { text: 'Asked about when the database is back.' })
    let isAway = true
    const { desk: well } = house.db
    const query = (sql: string, values: unknown[]) =>
      isAway ? Promise.reject(new Error('away')) : well.query(sql, values)
    const desk = Object.create(well, { query: { value: query } })
    const shaky = classifying({ ...house.db, desk }, classifier({ url: receiver.url, secret }))
    shaky.wake()
    await pause(20)
    expect(receiver.received).toEqual([])
    isAway = false
    shaky.wake()
    await untilScreened(id)
    await shaky.stop()
    expect((await read(id)).body.signals).toEqual([threatSignal])
  })
})

function aNode(patience = 5_000): Classifying {
  const classify = classifier({ url: receiver.url, secret, patience })
  return classifying(house.db, classify, (...fault) => faults.push(fault))
}

function read(id: string) {
  return ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: house.admin })
}

function untilScreened(id: string) {
  return until(async () => (await read(id)).body.screened === true)
}

/** Until all that is due was asked about and written. */
async function settled(): Promise<void> {
  const due = 'select 1 from unclassified where due_at <= moment()'
  await until(async () => (await house.owner.query(due)).rows.length === 0)
  await node.stop()
  node = aNode()
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const began = performance.now()
  while (!(await isSo())) {
    if (performance.now() - began > 10_000) throw new Error('It did not come to that within ten seconds.')
    await pause(5)
  }
}

async function unclassified(): Promise<number> {
  return (await house.owner.query('select 1 from unclassified')).rows.length
}

/** By the library's own reckoning, whatever the time: tests move the clock. */
function isSigned(received: Received | undefined): boolean {
  if (!received) return false
  const { headers, body } = received
  const id = String(headers['webhook-id'])
  const at = new Date(Number(headers['webhook-timestamp']) * 1_000)
  return new Webhook(secret).sign(id, at, body) === headers['webhook-signature']
}
