import { newChallenge, provenBy } from '../../src/comments/proof.ts'
import { forgetProofs, letUnprovenCatchUp } from '../../src/comments/submission-store.ts'
import { proofOfWork } from '../../src/embed/proof-of-work.ts'
import { keyring } from '../../src/http/keyring.ts'
import { ageOf, formNonce } from '../../src/pages/form-nonce.ts'
import { ask, type House, openHouse, testSecret } from '../support/house.ts'
import { aComment, anArticle, aPerson, aSite, decision, type TestPerson } from '../support/people.ts'
import { problemIn } from '../support/problem.ts'
import { statementsDuring } from '../support/statements.ts'

const keys = keyring(testSecret)

describe('against floods', () => {
  let house: House
  let plain: string
  let guarded: string
  let ada: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    plain = await aSite(house)
    guarded = await aSite(house, { floods: { honeypot: true, minimumSeconds: 5, proofTries: 10 } })
    ada = await aPerson(house, guarded, 'editor')
    await anArticle(house, guarded, 'other')
  })
  afterAll(() => house.close())

  const queue = async (site: string) => {
    const { body } = await ask(house, 'GET', `/v1/moderation/queue?site=${site}&limit=100`, {
      key: house.admin,
    })
    return body.comments.map((comment: { text: string; signals: { code: string }[] }) => ({
      text: comment.text,
      codes: comment.signals.map(({ code }) => code).filter((code) => code !== 'repeat'),
    }))
  }
  const codesOf = async (site: string, text: string) =>
    (await queue(site)).find((comment: { text: string }) => comment.text === text)?.codes
  const fill = async (site: string, form: Record<string, string>) =>
    house.app.inject({
      method: 'POST',
      url: `/${site}/articles/news/comments`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ nonce: formNonce(keys.forms), ...form }).toString(),
    })
  const send = (site: string, body: Record<string, unknown>, article = 'news') =>
    ask(house, 'POST', `/v1/sites/${site}/articles/${article}/comments`, { body })
  const aProof = async (site: string, article = 'news') => {
    const { body } = await ask(house, 'GET', `/v1/sites/${site}/challenge?article=${article}`)
    return proofOfWork(body.challenge)
  }

  describe('the field that people do not see', () => {
    test('gives a signal when something stands in it, and the same answer', async () => {
      const answers = [
        await fill(plain, { text: 'By a program.', subject: 'Buy boats' }),
        await fill(plain, { text: 'By a person.', subject: '' }),
      ]
      const [one, other] = answers.map(({ statusCode, headers, body }) => ({
        statusCode,
        type: headers['content-type'],
        body: body.replace(/(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}/, 'RECEIPT'),
      }))
      expect(one).toEqual(other)
      expect(one?.statusCode).toBe(200)
      expect(await codesOf(plain, 'By a program.')).toEqual(['honeypot'])
      expect(await codesOf(plain, 'By a person.')).toEqual([])
    })

    test('is in the form, where neither keyboard nor screen reader meets it, unless the site wants none', async () => {
      const form = async (site: string) => (await house.app.inject(`/${site}/articles/news`)).body
      expect(await form(plain)).toMatch(
        /<p class="leave" aria-hidden="true"><label for="subject">Leave this field empty<\/label><input id="subject" name="subject" tabindex="-1" autocomplete="off"\/><\/p>/,
      )
      const without = await aSite(house, { floods: { honeypot: false } })
      expect(await form(without)).not.toContain('subject')
      await fill(without, { text: 'It was filled in all the same.', subject: 'x' })
      expect(await codesOf(without, 'It was filled in all the same.')).toEqual([])
    })

    test('is none of the API’s: whoever writes to that fills in what they know', async () => {
      expect(problemIn(await send(plain, { text: 'a', subject: '' }))).toBe('400 invalid_request')
    })
  })

  describe('the minimum time', () => {
    test('gives a signal to what comes back sooner, and to what was written in no form of ours', async () => {
      await fill(guarded, { text: 'At once.' })
      await fill(guarded, { text: 'After a minute.', nonce: aMinuteAgo() })
      await fill(guarded, { text: 'From elsewhere.', nonce: 'a-nonce-of-22-characters-at-least' })
      expect(await codesOf(guarded, 'At once.')).toEqual(['quick', 'unproven'])
      expect(await codesOf(guarded, 'After a minute.')).toEqual(['unproven'])
      expect(await codesOf(guarded, 'From elsewhere.')).toEqual(['quick', 'unproven'])
    })

    test('says nothing where a site does not ask for it, and nothing of the API', async () => {
      await fill(plain, { text: 'Quick as well.' })
      await send(guarded, { text: 'Over the API.' })
      expect(await codesOf(plain, 'Quick as well.')).toEqual([])
      expect(await codesOf(guarded, 'Over the API.')).toEqual(['unproven'])
    })

    test('begins with the first form, not with the one that is given back to be mended', async () => {
      const { body, statusCode } = await fill(guarded, { text: ' ', nonce: aMinuteAgo() })
      expect(statusCode).toBe(422)
      const again = /name="nonce" value="([^"]*)"/.exec(body)?.[1] ?? ''
      expect(ageOf(keys.forms, again)?.seconds).toBeGreaterThan(59)
      expect(ageOf(keyring('another secret, which is long enough').forms, again)).toBeNull()
    })
  })

  describe('a proof of work', () => {
    test('is asked for where the site wants it, and kept by nobody', async () => {
      const none = await ask(house, 'GET', `/v1/sites/${plain}/challenge?article=news`)
      expect([none.status, none.body]).toEqual([200, { challenge: null }])
      const some = await ask(house, 'GET', `/v1/sites/${guarded}/challenge?article=news`)
      expect(some.headers['cache-control']).toBe('no-store')
      expect(some.body.challenge.parameters).toMatchObject({ algorithm: 'PBKDF2/SHA-256', cost: 1_000 })
    })

    test('is good for one comment under its article; whatever else is sent as one is taken, and waits longer', async () => {
      const site = await provenSite(house)
      await anArticle(house, site, 'other')
      const proof = await aProof(site)
      const broken = Buffer.from(proof, 'base64')
        .toString()
        .replace(/"derivedKey":"../, '"derivedKey":"zz')
      const old = await proofOfWork(
        await newChallenge(keys.challenges, { site, article: 'news' }, 10, Date.now() - 3_601_000),
      )
      const written: [text: string, proof: string | null | undefined][] = [
        ['Without.', undefined],
        ['With none.', null],
        ['With anything.', 'x'],
        ['With JSON.', Buffer.from('{"challenge":null}').toString('base64')],
        ['With another key.', Buffer.from(broken).toString('base64')],
        ['Of another article.', await aProof(site, 'other')],
        ['Of another site.', await aProof(guarded)],
        ['Too late.', old],
        ['With it.', proof],
        ['With the same.', proof],
        ['With its own.', await aProof(site)],
      ]
      for (const [text, one] of written) {
        const { status, body } = await send(site, { text, ...(one !== undefined && { proof: one }) })
        expect([text, status, Object.keys(body)]).toEqual([text, 202, ['id', 'status', 'receipt', 'notice']])
      }
      const behind = written
        .map(([text]) => text)
        .filter((text) => !['With it.', 'With its own.'].includes(text))
      expect(await queue(site)).toEqual([
        { text: 'With it.', codes: [] },
        { text: 'With its own.', codes: [] },
        ...behind.map((text) => ({ text, codes: ['unproven'] })),
      ])
    })

    test('that several send at once is good for one of them', async () => {
      const site = await provenSite(house)
      const proof = await aProof(site)
      const sent = await Promise.all(
        Array.from({ length: 12 }, (_, nth) => send(site, { text: `Number ${nth} of many.`, proof })),
      )
      expect(sent.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 202))
      const proven = (await queue(site)).filter(({ codes }: { codes: string[] }) => codes.length === 0)
      expect(proven).toHaveLength(1)
    })

    test('costs no statement more, and the same request has its answer again', async () => {
      const site = await provenSite(house)
      const proof = await aProof(site)
      const once = (body: object) => () =>
        ask(house, 'POST', `/v1/sites/${site}/articles/news/comments`, {
          body,
          headers: { 'idempotency-key': 'a-key-that-is-long-enough-for-this' },
        })
      await send(site, { text: 'The first, for which the phrases are read.' })
      const without = await statementsDuring(() => send(site, { text: 'Without any proof.' }))
      const story = once({ text: 'With a proof.', proof })
      const given: unknown[] = []
      expect(await statementsDuring(async () => given.push((await story()).body))).toHaveLength(
        without.length,
      )
      given.push((await story()).body)
      given.push((await once({ text: 'With a proof.', proof: await aProof(site) })()).body)
      expect(given).toEqual([given[0], given[0], given[0]])
    })

    test('that was used is forgotten an hour after it is of no more use', async () => {
      const site = await provenSite(house)
      const proof = await aProof(site)
      await send(site, { text: 'A proof to forget.', proof })
      const known = await provenBy(keys.challenges, { site, article: 'news' }, proof)
      const kept = () =>
        house.owner
          .query('select until from spent_proof where hash = $1', [known?.hash])
          .then(({ rowCount }) => rowCount)
      await forgetProofs(house.db.desk)
      expect(await kept()).toBe(1)
      await house.ahead(2 * 3_600 + 60)
      await forgetProofs(house.db.desk)
      expect(await kept()).toBe(0)
    })
  })

  describe('what waits longer', () => {
    test('catches up after an hour, so many at a time, oldest first', async () => {
      const site = await aSite(house, { floods: { proofTries: 10 } })
      for (const text of ['First without.', 'Second without.', 'Third without.']) await send(site, { text })
      await send(site, { text: 'First with.', proof: await aProof(site) })
      const order = async () => (await queue(site)).map(({ text }: { text: string }) => text)
      await letUnprovenCatchUp(house.db.desk, 3_600, 2)
      expect(await order()).toEqual(['First with.', 'First without.', 'Second without.', 'Third without.'])
      await house.ahead(3_600)
      await send(site, { text: 'Second with.', proof: await aProof(site) })
      await letUnprovenCatchUp(house.db.desk, 3_600, 2)
      expect(await order()).toEqual([
        'First without.',
        'Second without.',
        'First with.',
        'Second with.',
        'Third without.',
      ])
      await letUnprovenCatchUp(house.db.desk, 3_600, 2)
      expect((await order()).slice(0, 3)).toEqual(['First without.', 'Second without.', 'Third without.'])
    })

    test('waits with the rest once somebody had it in their hands', async () => {
      const priority = async (id: string) =>
        (await house.owner.query('select priority from waiting where comment_id = $1', [id])).rows[0]
          ?.priority
      const one = await aComment(house, guarded, { text: 'For a second person.' })
      expect(await priority(one.id)).toBe(-1)
      await decision(house, ada.key, one.id, { action: 'escalate', proposal: 'approve' })
      expect(await priority(one.id)).toBe(0)
      const two = await aComment(house, guarded, { text: 'To be sent again.' })
      await decision(house, ada.key, two.id, { action: 'return', rules: ['topic'], reason: 'Why?' })
      await ask(house, 'PUT', '/v1/receipt/text', { key: two.receipt, body: { text: 'Sent again.' } })
      expect(await priority(two.id)).toBe(0)
      expect(await codesOf(guarded, 'Sent again.')).toEqual([])
    })

    test('comes first all the same when a phrase of the site’s list says so', async () => {
      const put = await ask(house, 'PUT', `/v1/sites/${guarded}/phrases`, {
        key: house.admin,
        body: { phrases: [{ phrase: 'burning boat', severity: 'warning' }] },
      })
      expect(put.status).toBe(200)
      await send(guarded, { text: 'There is a burning boat.' })
      expect((await queue(guarded))[0]).toEqual({
        text: 'There is a burning boat.',
        codes: ['phrase', 'unproven'],
      })
    })
  })

  test('a crowd that is screened later waits by how it came from the beginning', async () => {
    const crowded = await openHouse({ submissions: { atEase: 0 } })
    try {
      const site = await aSite(crowded, { floods: { proofTries: 10 } })
      const { id } = await aComment(crowded, site, { text: 'One of a crowd.' })
      const row = async () =>
        (await crowded.owner.query('select priority, signals from waiting where comment_id = $1', [id]))
          .rows[0]
      expect(await row()).toEqual({ priority: -1, signals: ['unproven'] })
      const { body } = await ask(crowded, 'GET', `/v1/moderation/queue?site=${site}`, { key: crowded.admin })
      expect(body.comments[0]).toMatchObject({ screened: true, signals: [{ code: 'unproven' }] })
      expect(await row()).toEqual({ priority: -1, signals: ['unproven'] })
    } finally {
      await crowded.close()
    }
  })
})

function provenSite(house: House): Promise<string> {
  return aSite(house, { floods: { proofTries: 10 } })
}

/** The nonce of a form that was made a minute ago. */
function aMinuteAgo(): string {
  return formNonce(keys.forms, Date.now() - 60_000)
}
