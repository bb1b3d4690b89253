import { ask, type House, openHouse, testBaseUrl } from '../support/house.ts'
import {
  aComment,
  anArticle,
  aPerson,
  aSite,
  decision,
  receiptOf,
  type TestPerson,
} from '../support/people.ts'
import { problemIn } from '../support/problem.ts'

const v4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const unknownId = '6f9619ff-8b86-4011-b42d-00c04fc964ff'
const day = 86_400

describe('a submission', () => {
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
  const send = (body: unknown, { article = 'news', of = site, headers = {} } = {}) =>
    ask(house, 'POST', at(article, of), { body, headers })

  describe('is taken', () => {
    test('with an id, a status, a receipt and the notice, and where to ask for it', async () => {
      const answer = await send({ text: 'The evening boat.' })
      expect(answer.status).toBe(202)
      expect(answer.headers).toMatchObject({ location: '/v1/receipt', 'cache-control': 'no-store' })
      expect(answer.body).toEqual({
        id: expect.stringMatching(v4),
        status: 'pending',
        receipt: expect.stringMatching(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/),
        notice: expect.stringContaining('real time'),
      })
    })

    test('in the same shape whatever was noticed about it', async () => {
      const shapes = await Promise.all(
        [
          'Quiet words.',
          'BUY NOW https://spam.example BUY NOW',
          'call +49 30 1234567',
          '\u202eevil',
          '<b>a</b>',
        ].map(async (text) => {
          const { status, body } = await send({ text })
          return [status, Object.keys(body), body.status, body.notice]
        }),
      )
      expect(new Set(shapes.map((shape) => JSON.stringify(shape))).size).toBe(1)
    })

    test.each([
      ['with a name', { name: 'Wren' }, 'Wren'],
      ['without one', {}, null],
      ['with null', { name: null }, null],
      ['with nothing in it', { name: ' \u200b' }, null],
    ])('%s', async (_how, more, name) => {
      const { body } = await send({ text: 'Signed or not.', ...more })
      expect(await receiptOf(house, body.receipt)).toMatchObject({
        submitted: { name, text: 'Signed or not.' },
      })
    })

    test('with a null parent, as a thread of its own', async () => {
      expect((await send({ text: 'A thread.', parent: null })).status).toBe(202)
    })

    test('with the site’s own notice', async () => {
      const polite = await aSite(house, { notice: 'Be kind. Nothing appears at once.' })
      expect((await send({ text: 'a' }, { of: polite })).body.notice).toBe(
        'Be kind. Nothing appears at once.',
      )
    })

    test('from the site’s pages, from our own, and from no page at all', async () => {
      for (const origin of ['https://news.example', testBaseUrl]) {
        expect((await send({ text: 'a' }, { headers: { origin } })).status).toBe(202)
      }
      expect((await send({ text: 'a' })).status).toBe(202)
    })
  })

  describe('is refused', () => {
    test.each([
      'https://elsewhere.example',
      'http://news.example',
      'https://news.example.evil.example',
      'null',
      '',
    ])('from the page of another origin: "%s"', async (origin) => {
      expect(problemIn(await send({ text: 'a' }, { headers: { origin } }))).toBe('403 origin_not_allowed')
    })

    test('from there, however the address is written', async () => {
      const headers = { origin: 'https://elsewhere.example' }
      const encoded = site.replace('site', '%73ite')
      for (const url of [
        `/v1/sites/${encoded}/articles/news/comments`,
        `/v1/sites/${encoded}/comments?article=news`,
        `/v1/sites/${site}/comments?article=news`,
        `/v1/sites/${site}/articles/news/%63omments`,
      ]) {
        expect(problemIn(await ask(house, 'POST', url, { headers, body: { text: 'a' } }))).toBe(
          '403 origin_not_allowed',
        )
      }
      const form = await house.app.inject({
        method: 'POST',
        url: `/${encoded}/articles/news/comments`,
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'text=a&nonce=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      })
      expect(form.statusCode).toBe(403)
    })

    test.each(['', ' \n\t ', '\u200b\u200d', '\u3164', '\u2800', '\0', '\ufeff'])(
      'as empty: %j',
      async (text) => {
        const answer = await send({ text })
        expect(problemIn(answer)).toBe('422 text_empty')
        expect(faults(answer)).toEqual(['#/text text_empty'])
      },
    )

    test('as too long, too large, or signed too long, by what the site allows', async () => {
      const small = await aSite(house, { limits: { textGraphemes: 10, textBytes: 40, nameGraphemes: 3 } })
      const long = await send({ text: 'eleven char' }, { of: small })
      const large = await send({ text: '🏳️‍🌈🏳️‍🌈🏳️‍🌈' }, { of: small })
      const signed = await send({ text: 'ten chars.', name: 'Wren' }, { of: small })
      expect([long, large, signed].map(problemIn)).toEqual([
        '422 text_too_long',
        '422 text_too_large',
        '422 name_too_long',
      ])
      expect([long, large, signed].map(faults)).toEqual([
        ['#/text text_too_long'],
        ['#/text text_too_large'],
        ['#/name name_too_long'],
      ])
      expect((await send({ text: 'ten chars.', name: 'नमस्ते'.slice(0, 4) }, { of: small })).status).toBe(202)
      expect((await send({ text: '👩‍👩‍👧‍👦 ten' }, { of: small })).status).toBe(202)
    })

    test('with a field that nobody knows', async () => {
      expect(faults(await send({ text: 'a', email: 'a@b.example' }))).toEqual(['#/email unrecognized_keys'])
    })

    test('for a site or an article that is not there', async () => {
      expect(problemIn(await send({ text: 'a' }, { of: 'no-site' }))).toBe('404 site_not_found')
      expect(problemIn(await send({ text: 'a' }, { article: 'no-article' }))).toBe('404 article_not_found')
    })

    test('where comments are closed, by hand or by age', async () => {
      await anArticle(house, site, 'by-hand', { open: false })
      expect(problemIn(await send({ text: 'a' }, { article: 'by-hand' }))).toBe('409 article_closed')
      const brief = await aSite(house, { closeAfter: 2 })
      expect((await send({ text: 'a' }, { of: brief })).status).toBe(202)
      await house.ahead(2 * day + 1)
      expect(problemIn(await send({ text: 'a' }, { of: brief }))).toBe('409 article_closed')
    })

    test('and leaves no article behind', async () => {
      const article = 'https://news.example/refused'
      expect((await send({ text: ' ' }, { article })).status).toBe(422)
      const { rows } = await house.owner.query('select from article where key = $1', [article])
      expect(rows).toEqual([])
    })
  })

  describe('that answers a comment', () => {
    test('answers a published one of the same article, and nothing else', async () => {
      await anArticle(house, site, 'other')
      const parent = await aComment(house, site, { text: 'A question?' })
      const waiting = await send({ text: 'Too early.', parent: parent.id })
      await decision(house, moderator.key, parent.id, { action: 'approve' })
      const answered = await send({ text: 'An answer.', parent: parent.id })
      const elsewhere = await send({ text: 'Misplaced.', parent: parent.id }, { article: 'other' })
      await decision(house, moderator.key, parent.id, { action: 'unpublish', rules: ['topic'] })
      const gone = await send({ text: 'Too late.', parent: parent.id })
      const unknown = await send({ text: 'To whom?', parent: unknownId })

      expect(answered.status).toBe(202)
      for (const refused of [waiting, elsewhere, gone, unknown]) {
        expect(problemIn(refused)).toBe('409 parent_not_published')
        expect(faults(refused)).toEqual(['#/parent parent_not_published'])
      }
    })

    test('not before the one that it answers is due', async () => {
      const slow = await aSite(house, { publishDelay: 60 })
      const parent = await aComment(house, slow)
      await decision(house, house.admin, parent.id, { action: 'approve' })
      const early = await send({ text: 'Early.', parent: parent.id }, { of: slow })
      expect(problemIn(early)).toBe('409 parent_not_published')
      await house.ahead(61)
      expect((await send({ text: 'In time.', parent: parent.id }, { of: slow })).status).toBe(202)
    })

    test('goes as deep as the site says', async () => {
      const deep = await aSite(house, { replyDepth: 2 })
      let parent: string | null = null
      for (const depth of [0, 1, 2]) {
        const made: { id: string } = await aComment(house, deep, { text: `At depth ${depth}.`, parent })
        await decision(house, house.admin, made.id, { action: 'approve' })
        parent = made.id
      }
      const answer = await send({ text: 'Too deep.', parent }, { of: deep })
      expect(problemIn(answer)).toBe('422 replies_too_deep')
      expect(faults(answer)).toEqual(['#/parent replies_too_deep'])
      const flat = await aSite(house, { replyDepth: 0 })
      const { id } = await aComment(house, flat)
      await decision(house, house.admin, id, { action: 'approve' })
      expect(problemIn(await send({ text: 'a', parent: id }, { of: flat }))).toBe('422 replies_too_deep')
    })
  })
})

function faults(answer: { body: { errors?: { pointer?: string; code: string }[] } }) {
  return answer.body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)
}
