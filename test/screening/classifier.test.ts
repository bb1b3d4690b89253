import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { Webhook } from 'standardwebhooks'
import { noAnswer } from '../../src/screening/classification.ts'
import { classifier } from '../../src/screening/classifier.ts'
import { Signal } from '../../src/screening/signal.ts'
import { freePort } from '../support/ports.ts'
import { type Answering, openReceiver, type Receiver, withJson } from '../support/receiver.ts'

const secret = `whsec_${randomBytes(32).toString('base64')}`

const text = {
  text: 'You 🐟 should be thrown off that boat, “captain”.',
  language: 'en',
  site: 'gazette',
  article: { key: 'news', title: 'The evening boat', url: 'https://gazette.example/boat' },
}

const json = { 'content-type': 'application/json' }

let receiver: Receiver

beforeAll(async () => {
  receiver = await openReceiver(withJson({ scores: [] }))
})
afterAll(() => receiver.close())

function ask(how: Answering, { patience = 5_000, at = new Date() } = {}) {
  receiver.answers(how)
  const classify = classifier({ url: receiver.url, secret, patience })
  return classify({ webhookId: '3f0c5f5e-3a35-4d06-9bd0-8f0f2a6f6c11', at, text })
}

describe('a call', () => {
  test('is one POST of JSON that holds the text, its language and its article, and nothing else', async () => {
    receiver.received.length = 0
    await ask(withJson({ scores: [] }))
    expect(receiver.received).toHaveLength(1)
    const [call] = receiver.received
    expect(call).toMatchObject({
      method: 'POST',
      path: '/classify',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'user-agent': 'Postbag' },
    })
    expect(JSON.parse(call?.body ?? '')).toEqual(text)
    expect(Object.keys(call?.headers ?? {}).filter((name) => !ofHttp.has(name))).toEqual([
      'webhook-id',
      'webhook-timestamp',
      'webhook-signature',
    ])
  })

  test('is signed as Standard Webhooks says: their library takes it', async () => {
    receiver.received.length = 0
    await ask(withJson({ scores: [] }))
    const [{ body, headers } = { body: '', headers: {} }] = receiver.received
    const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    expect(new Webhook(secret).verify(body, signed)).toEqual(text)
    const forger = new Webhook(randomBytes(32).toString('base64'))
    expect(() => forger.verify(body, signed)).toThrow('No matching signature')
    expect(() => new Webhook(secret).verify(body.replace('boat', 'quay'), signed)).toThrow('No matching')
  })

  test('carries the time that it is given', async () => {
    receiver.received.length = 0
    await ask(withJson({ scores: [] }), { at: new Date('2026-11-24T12:00:00.900Z') })
    expect(receiver.received[0]?.headers['webhook-timestamp']).toBe('1795521600')
  })

  test('takes no field along that somebody adds to a text', async () => {
    receiver.received.length = 0
    const named = { ...text, name: 'Robin Reader', article: { ...text.article, author: 'A. Writer' } }
    await classifier({ url: receiver.url, secret })({ webhookId: 'one', at: new Date(), text: named })
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toEqual(text)
  })
})

describe('its scores', () => {
  test('become signals, the highest first, each as grave as its score is high', async () => {
    const scores = [
      { label: 'sarcasm', score: 0.494 },
      { label: 'insult', score: 0.5 },
      { label: 'profanity', score: 0.79 },
      { label: 'threat', score: 0.8, message: 'It wishes somebody harm.', ranges: [{ start: 4, end: 6 }] },
      { label: 'spam', score: 0 },
      { label: 'hate', score: 1 },
    ]
    const answered = await ask(withJson({ scores, model: 'of the publisher', took: 12 }))
    expect(answered).toEqual({
      signals: [
        signal('warning', 'The classifier scores “hate” at 100 %.'),
        {
          ...signal('warning', 'The classifier scores “threat” at 80 %. It wishes somebody harm.'),
          ranges: [{ start: 4, end: 6 }],
        },
        signal('notice', 'The classifier scores “profanity” at 79 %.'),
        signal('notice', 'The classifier scores “insult” at 50 %.'),
        signal('info', 'The classifier scores “sarcasm” at 49 %.'),
        signal('info', 'The classifier scores “spam” at 0 %.'),
      ],
    })
    expect(signalsIn(answered)).toEqual(signalsIn(answered).map((one) => Signal.parse(one)))
  })

  test('may be none, and may come with nulls and as another kind of JSON', async () => {
    expect(await ask(withJson({ scores: [] }))).toEqual({ signals: [] })
    const body = '{"scores":[{"label":"spam","score":0.9,"message":null,"ranges":null}]}'
    expect(await ask(bytes(body, { 'content-type': 'application/vnd.scores+json' }, 201))).toEqual({
      signals: [signal('warning', 'The classifier scores “spam” at 90 %.')],
    })
  })

  test('say nothing that breaks, turns or floods the line, and that PostgreSQL could not keep', async () => {
    const label = `thr\u0000eat\u202E\r\n\ud800 ${'x'.repeat(200)}`
    const message = `\u2066Look\u2028here\t\u0085: ${'🐟'.repeat(400)}`
    const [one] = signalsIn(await ask(withJson({ scores: [{ label, score: 0.6, message }] })))
    expect(one?.message).toBe(
      `The classifier scores “thr eat ${'x'.repeat(71)}…” at 60 %. Look here : ${'🐟'.repeat(287)}…`,
    )
  })

  test('have labels of eighty characters at most', async () => {
    for (const [label, told] of [
      ['x'.repeat(80), 'x'.repeat(80)],
      ['x'.repeat(81), `${'x'.repeat(79)}…`],
    ]) {
      const [one] = signalsIn(await ask(withJson({ scores: [{ label, score: 0.6 }] })))
      expect(one?.message).toBe(`The classifier scores “${told}” at 60 %.`)
    }
  })

  test('that never came are told of, too', () => {
    expect(noAnswer).toEqual(
      signal('info', 'The classifier did not answer, and is no longer asked about this text.'),
    )
  })

  test('point at whole characters of the text, in order, and at no more than fifty places', async () => {
    const end = text.text.length
    const given = [
      { start: 40, end },
      { start: 0, end: 3 },
      { start: 5, end: 7 },
      { start: 2, end: 5 },
      { start: 3, end: 3 },
      { start: 9, end: 8 },
      { start: 30, end: end + 1 },
      { start: 0, end: 2 },
    ]
    expect(signalsIn(await ask(scored({ label: 'spam', score: 0, ranges: given })))[0]?.ranges).toEqual([
      { start: 0, end: 2 },
      { start: 0, end: 3 },
      { start: 40, end },
    ])
    const ranges = Array.from({ length: 60 }, () => ({ start: 0, end: 3 }))
    const [one] = signalsIn(await ask(scored({ label: 'spam', score: 0, ranges })))
    expect(one?.ranges).toHaveLength(50)
  })
})

describe('brings nothing, and says in a word why, when the classifier', () => {
  const huge = JSON.stringify({ scores: [], more: 'x'.repeat(65_536) })

  test.each<[string, Answering, string]>([
    ['fails', withJson({ scores: [] }, 500), 'status_500'],
    ['refuses', withJson({ scores: [] }, 401), 'status_401'],
    ['is too busy', withJson({ scores: [] }, 503), 'status_503'],
    ['says nothing at all', bytes('', {}, 204), 'not_json'],
    ['sends a page', bytes('<p>{"scores":[]}', { 'content-type': 'text/html' }), 'not_json'],
    ['does not say what it sends', bytes('{"scores":[]}', {}), 'not_json'],
    ['sends JSON lines', bytes('{"scores":[]}', { 'content-type': 'application/jsonl' }), 'not_json'],
    ['sends what is no JSON', bytes('{"scores":[]', json), 'unexpected_answer'],
    ['sends no UTF-8', bytes(Buffer.from('{"scores":[],"a":"\xff"}', 'latin1'), json), 'unexpected_answer'],
    ['sends nothing as JSON', bytes('', json), 'unexpected_answer'],
    ['sends something else', bytes('[]', json), 'unexpected_answer'],
    ['sends a score above one', scored({ label: 'spam', score: 1.01 }), 'unexpected_answer'],
    ['sends a score below zero', scored({ label: 'spam', score: -0.1 }), 'unexpected_answer'],
    ['sends a score as words', scored({ label: 'spam', score: '0.5' }), 'unexpected_answer'],
    ['sends a score of nothing', scored({ label: '', score: 0.5 }), 'unexpected_answer'],
    ['sends a label of nothing', scored({ label: '\u202E\u0000 ', score: 0.5 }), 'unexpected_answer'],
    [
      'sends places before the text',
      scored({ label: 'a', score: 0, ranges: [{ start: -1, end: 2 }] }),
      'unexpected_answer',
    ],
    [
      'sends too many scores',
      withJson({ scores: Array.from({ length: 21 }, () => ({ label: 'a', score: 0 })) }),
      'unexpected_answer',
    ],
    ['sends too much', bytes(huge, json), 'too_large'],
    ['sends too much, packed', bytes(gzipSync(huge), { ...json, 'content-encoding': 'gzip' }), 'too_large'],
    [
      'promises more than it sends',
      bytes('{"scores":[]}', { ...json, 'content-length': '9999' }),
      'UND_ERR_SOCKET',
    ],
  ])('%s', async (_what, how, fault) => {
    const hangUp: Answering = async (received, answer) => {
      await how(received, answer)
      if (fault.startsWith('UND_ERR')) answer.socket?.end()
    }
    expect(await ask(hangUp)).toEqual({ fault })
  })

  test('sends on and on: reading ends with what is read', async () => {
    let written = 0
    const flood: Answering = async (_received, answer) => {
      answer.writeHead(200, json)
      while (!answer.destroyed && written < 50_000_000) {
        written += 65_536
        answer.write(' '.repeat(65_536))
        await new Promise(setImmediate)
      }
    }
    expect(await ask(flood)).toEqual({ fault: 'too_large' })
    expect(written).toBeLessThan(50_000_000)
  })

  test.each([301, 302, 307, 308])('redirects (%i): the text goes nowhere else', async (status) => {
    receiver.received.length = 0
    const elsewhere = await openReceiver(withJson({ scores: [] }))
    try {
      expect(await ask(bytes('', { location: elsewhere.url }, status))).toEqual({ fault: `status_${status}` })
      expect(elsewhere.received).toEqual([])
      expect(receiver.received).toHaveLength(1)
    } finally {
      await elsewhere.close()
    }
  })

  test('is slow, from the first byte on or in between', async () => {
    const began = performance.now()
    expect(await ask(() => undefined, { patience: 150 })).toEqual({ fault: 'timed_out' })
    expect(await ask(halfway, { patience: 150 })).toEqual({ fault: 'timed_out' })
    expect(await ask(dropByDrop, { patience: 150 })).toEqual({ fault: 'timed_out' })
    expect(performance.now() - began).toBeLessThan(3_000)
  })

  test('hangs up, is not there, or has no such name', async () => {
    expect(await ask((_received, answer) => void answer.destroy())).toEqual({ fault: 'UND_ERR_SOCKET' })
    const call = { webhookId: 'one', at: new Date(), text }
    const nobody = classifier({ url: `http://127.0.0.1:${await freePort()}/`, secret })
    expect(await nobody(call)).toEqual({ fault: 'ECONNREFUSED' })
    const nameless = classifier({ url: 'https://classifier.invalid/', secret })
    expect(await nameless(call)).toEqual({ fault: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) })
  })
})

/** What a client of HTTP sends of itself. */
const ofHttp = new Set([
  'host',
  'connection',
  'content-type',
  'content-length',
  'accept',
  'accept-encoding',
  'accept-language',
  'sec-fetch-mode',
  'user-agent',
])

function bytes(body: string | Buffer, headers: Record<string, string>, status = 200): Answering {
  return (_received, answer) => void answer.writeHead(status, headers).end(body)
}

const halfway: Answering = (_received, answer) => void answer.writeHead(200, json).write('{"scores":')

const dropByDrop: Answering = (_received, answer) => {
  answer.writeHead(200, json)
  const timer = setInterval(() => answer.write(' '), 20)
  answer.on('close', () => clearInterval(timer))
}

function scored(score: Record<string, unknown>): Answering {
  return withJson({ scores: [score] })
}

function signal(severity: Signal['severity'], message: string): Signal {
  return { code: 'classifier', severity, message, ranges: [] }
}

function signalsIn(answered: Awaited<ReturnType<typeof ask>>): Signal[] {
  expect(answered).toHaveProperty('signals')
  return 'signals' in answered ? answered.signals : []
}
