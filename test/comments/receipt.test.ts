import * as fc from 'fast-check'
import { derivedReceipt, newReceipt, receiptHash } from '../../src/comments/receipt.ts'
import { keyring } from '../../src/http/keyring.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aSite, receiptOf, type TestComment } from '../support/people.ts'
import { problemIn } from '../support/problem.ts'

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const form = new RegExp(`^(?:[${letters}]{5}-){4}[${letters}]{5}$`)
const { receipts: serverKey, idempotency: otherKey } = keyring(
  'a secret that only the tests have, long enough',
)

describe('a new receipt', () => {
  const sample = Array.from({ length: 4_000 }, newReceipt)

  test('is five groups of five, of letters that nobody takes for others', () => {
    for (const receipt of sample) expect(receipt).toMatch(form)
    for (const confusable of 'ILOU') expect(letters).not.toContain(confusable)
  })

  test('holds at least 100 random bits: each of 25 places takes each of 32 letters equally often', () => {
    expect(new Set(sample).size).toBe(sample.length)
    for (let place = 0; place < 29; place += 1) {
      if (place % 6 === 5) continue
      const counts = new Map<string, number>()
      for (const receipt of sample)
        counts.set(receipt.charAt(place), (counts.get(receipt.charAt(place)) ?? 0) + 1)
      expect(counts.size).toBe(32)
      // 125 expected; seven standard deviations either way.
      for (const count of counts.values()) expect(Math.abs(count - 125)).toBeLessThan(78)
    }
  })
})

describe('a receipt as it is typed', () => {
  const receipt = '01234-56789-ABCDE-FGHJK-MNPQR'

  test.each([
    ['in small letters, with spaces', ' 01234 56789 abcde fghjk mnpqr '],
    ['with letters that look like digits', 'Ol234-56789-ABCDE-FGHJK-MNPQR'],
    ['with other dashes', '01234\u201356789\u2014ABCDE\u2010FGHJK\u2212MNPQR'],
    [
      'in full width, as Chinese keyboards write',
      '０１２３４－５６７８９－ＡＢＣＤＥ－ＦＧＨＪＫ－ＭＮＰＱＲ',
    ],
    ['with Burmese digits', '၀၁၂၃၄-၅၆၇၈၉-ABCDE-FGHJK-MNPQR'],
    ['with Khmer digits', '០១២៣៤-៥៦៧៨៩-ABCDE-FGHJK-MNPQR'],
    ['with Lao digits', '໐໑໒໓໔-໕໖໗໘໙-ABCDE-FGHJK-MNPQR'],
    ['with Tibetan digits', '༠༡༢༣༤-༥༦༧༨༩-ABCDE-FGHJK-MNPQR'],
    ['with Arabic digits and a mark of direction', '\u200F٠١٢٣٤-٥٦٧٨٩-ABCDE-FGHJK-MNPQR'],
  ])('is known %s', (_how, typed) => {
    expect(receiptHash(typed)).toEqual(receiptHash(receipt))
  })

  test.each(['', receipt.slice(1), `${receipt}0`, receipt.replace('A', 'U'), receipt.replace('A', 'Ａ́')])(
    'is not, as %p',
    (typed) => {
      expect(receiptHash(typed)).toBeUndefined()
    },
  )
})

describe('a receipt derived from a request', () => {
  const given = fc.tuple(fc.string(), fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uuid())
  test('is the same for the same request, and looks like any other', () => {
    fc.assert(
      fc.property(given, (request) => {
        expect(derive(request)).toBe(derive(request))
        expect(derive(request)).toMatch(form)
      }),
    )
  })

  test('hangs on the key, the request, the comment and the server’s secret', () => {
    fc.assert(
      fc.property(given, given, ([key, print, id], [key2, print2, id2]) => {
        fc.pre(key !== key2 && !Buffer.from(print).equals(Buffer.from(print2)) && id !== id2)
        const receipts = [
          derive([key, print, id]),
          derive([key2, print, id]),
          derive([key, print2, id]),
          derive([key, print, id2]),
          derive([key, print, id], otherKey),
        ]
        expect(new Set(receipts).size).toBe(receipts.length)
      }),
    )
  })
})

describe('the spelling of a receipt', () => {
  test('is forgiven: case, spaces, hyphens, and the letters that look alike', () => {
    const written = fc.record({
      lower: fc.boolean(),
      between: fc.constantFrom('', '-', ' ', ' - ', '\t', '\n'),
      zero: fc.constantFrom('0', 'O', 'o'),
      one: fc.constantFrom('1', 'I', 'i', 'L', 'l'),
    })
    fc.assert(
      fc.property(written, ({ lower, between, zero, one }) => {
        const receipt = newReceipt()
        const respelled = (lower ? receipt.toLowerCase() : receipt)
          .replaceAll('-', between)
          .replaceAll('0', zero)
          .replaceAll('1', one)
        expect(receiptHash(respelled)).toEqual(receiptHash(receipt))
      }),
    )
  })

  test('is not forgiven where it says something else', () => {
    fc.assert(
      fc.property(fc.nat({ max: 28 }), fc.constantFrom(...letters.split('')), (place, letter) => {
        const receipt = newReceipt()
        fc.pre(place % 6 !== 5 && receipt.charAt(place) !== letter)
        const other = receipt.slice(0, place) + letter + receipt.slice(place + 1)
        expect(receiptHash(other)).not.toEqual(receiptHash(receipt))
      }),
    )
  })

  test.each([
    '',
    '-',
    'a',
    '0'.repeat(24),
    '0'.repeat(26),
    'U'.repeat(25),
    'é'.repeat(25),
    '\0'.repeat(25),
    '零'.repeat(25),
  ])('cannot be %j', (written) => {
    expect(receiptHash(written)).toBeUndefined()
  })

  test('cannot be a long one', () => {
    for (const long of [' '.repeat(16_000), '0 '.repeat(8_000), '-'.repeat(16_000)])
      expect(receiptHash(long)).toBeUndefined()
  })
})

describe('the holder of a receipt', () => {
  let house: House
  let site: string
  let comment: TestComment

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
    comment = await aComment(house, site)
  })
  afterAll(() => house.close())

  const routes = [
    ['GET', '/v1/receipt'],
    ['PUT', '/v1/receipt/text'],
    ['DELETE', '/v1/receipt'],
    ['POST', '/v1/receipt/erasure'],
  ] as const

  test('is known however they write it', async () => {
    const { receipt, id } = comment
    const bare = receipt.replaceAll('-', '')
    for (const written of [
      receipt,
      bare,
      receipt.toLowerCase(),
      receipt.replaceAll('-', ' '),
      receipt.replaceAll('-', ' - '),
      bare.replaceAll('0', 'o').replaceAll('1', 'l'),
      ` ${receipt} `,
    ]) {
      expect(await receiptOf(house, written)).toMatchObject({ id })
    }
  })

  test('is nobody with a wrong one, or with none', async () => {
    const wrong = [
      newReceipt(),
      'wrong',
      '0'.repeat(25),
      `${'a'.repeat(20)} ${'b'.repeat(9_000)}`,
      house.admin,
    ]
    for (const [method, url] of routes) {
      const body = method === 'PUT' ? { text: 'Mine now.' } : undefined
      expect(problemIn(await ask(house, method, url, { body }))).toBe('401 unauthenticated')
      for (const key of wrong) {
        expect(problemIn(await ask(house, method, url, { key, body }))).toBe('401 receipt_unknown')
      }
    }
  })

  test('is no moderator', async () => {
    expect(problemIn(await ask(house, 'GET', '/v1/receipt', { key: house.admin }))).toBe(
      '401 receipt_unknown',
    )
    expect(problemIn(await ask(house, 'GET', '/v1/me', { key: comment.receipt }))).toBe('401 unauthenticated')
    const url = `/v1/moderation/comments/${comment.id}`
    expect(problemIn(await ask(house, 'GET', url, { key: comment.receipt }))).toBe('401 unauthenticated')
  })

  test('sends it in a header and never in an address, nor gets it in one', async () => {
    const { receipt } = comment
    for (const url of [`/v1/receipt?receipt=${receipt}`, `/v1/receipt?access_token=${receipt}`]) {
      expect(problemIn(await ask(house, 'GET', url))).toBe('400 invalid_request')
    }
    expect(problemIn(await ask(house, 'GET', `/v1/receipt/${receipt}`))).toBe('404 not_found')
    const sent = await ask(house, 'POST', `/v1/sites/${site}/articles/news/comments`, { body: { text: 'a' } })
    expect(JSON.stringify(sent.headers)).not.toContain(sent.body.receipt)
    const page = await house.app.inject({
      method: 'POST',
      url: `/${site}/articles/news/comments`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'text=a&nonce=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    })
    const shown = /(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}/.exec(page.body)?.[0]
    expect(shown).toMatch(form)
    expect(page.headers['cache-control']).toBe('no-store')
    const links = [...page.body.matchAll(/(?:href|action|src)="([^"]*)"/g)].map((found) => found[1])
    expect(links.length).toBeGreaterThan(0)
    expect(links.join()).not.toContain(shown)
  })

  test('has nothing of it in the log', async () => {
    const log: string[] = []
    const talkative = await openHouse({
      logger: { level: 'trace', stream: { write: (line) => void log.push(line) } },
    })
    const { receipt } = await aComment(talkative, await aSite(talkative))
    await receiptOf(talkative, receipt)
    await ask(talkative, 'GET', '/v1/me', { key: receipt })
    await talkative.close()
    expect(log.length).toBeGreaterThan(3)
    expect(log.join('\n')).not.toContain(receipt)
    expect(log.join('\n')).not.toContain(receipt.replaceAll('-', ''))
  })
})

function derive([key, print, id]: [string, Uint8Array, string], secret = serverKey): string {
  return derivedReceipt(secret, key, Buffer.from(print), id)
}
