import { aDecided, against, anAppealed, resolve } from '../../support/appeals.ts'
import { ask, type House, openHouse, testBaseUrl } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'
import { aCommentIn, outcomeOf } from '../../support/states.ts'

let house: House
let site: string
let ada: TestPerson
let eve: TestPerson

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house, { publishDelay: 100, times: 'hour' })
  ada = await aPerson(house, site)
  eve = await aPerson(house, site, 'editor')
})
afterAll(() => house.close())

const own = (receipt: string | undefined) => ask(house, 'GET', '/v1/receipt/statement', { key: receipt })
const about = (id: string, key = ada.key, query = '') =>
  ask(house, 'GET', `/v1/moderation/comments/${id}/statement${query}`, { key })

describe('the reader of a decision', () => {
  test('reads why it was made, with the receipt', async () => {
    const { id, receipt } = await aDecided(house, site, ada)
    const { status, headers, body } = await own(receipt)
    expect(status).toBe(200)
    expect(headers['cache-control']).toBe('no-store')
    expect(body).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      site,
      comment: id,
      version: 2,
      action: 'reject',
      decidedBy: 'a person',
      decidedAt: expect.stringMatching(/T\d\d:00:00\.000Z$/),
      annulled: false,
      termsVersion: 1,
      termsUrl: `${testBaseUrl}/v1/sites/${site}/terms/1`,
      rules: [{ code: 'topic', title: 'Keep to the article', text: expect.stringContaining('article') }],
      reason: against.reject.reason,
      redress: {
        appealUntil: expect.stringMatching(/T\d\d:00:00\.000Z$/),
        appealUrl: `${testBaseUrl}/${site}/my-comment`,
        text: expect.stringContaining('another person decides'),
      },
    })
    expect(body.id).not.toBe(id)
    expect((await ask(house, 'GET', body.termsUrl.replace(testBaseUrl, ''))).body).toMatchObject({
      version: 1,
    })
    expect((await ask(house, 'GET', body.redress.appealUrl.replace(testBaseUrl, ''))).status).toBe(200)
  })

  test.each(['reject', 'return', 'unpublish'] as const)('and of a decision to %s at once', async (action) => {
    const { receipt } = await aDecided(house, site, ada, action)
    expect((await own(receipt)).body).toMatchObject({ action, reason: against[action].reason })
  })

  test('and of an edit once it shows; never of one that was undone before', async () => {
    const { id, receipt } = await aDecided(house, site, ada, 'edit')
    expect(outcomeOf(await own(receipt))).toBe('404 statement_not_found')
    await house.ahead(101)
    expect((await own(receipt)).body).toMatchObject({ action: 'edit', version: 2 })
    await decision(house, ada.key, id, { ...against.edit, text: 'Late.' })
    await decision(house, ada.key, id, { action: 'undo' })
    await house.ahead(101)
    expect((await own(receipt)).body).toMatchObject({ version: 2, annulled: false })
  })

  test('of the newest of several', async () => {
    const { id, receipt } = await aDecided(house, site, ada, 'edit')
    await house.ahead(101)
    await decision(house, ada.key, id, against.unpublish)
    expect((await own(receipt)).body).toMatchObject({ action: 'unpublish', version: 3 })
    expect((await about(id, ada.key, '?version=2')).body).toMatchObject({ action: 'edit', version: 2 })
  })

  test('is told when it was undone', async () => {
    const { id, receipt } = await aDecided(house, site, ada)
    await decision(house, ada.key, id, { action: 'undo' })
    expect((await own(receipt)).body).toMatchObject({ action: 'reject', annulled: true })
  })

  test('keeps it when the words are erased, without what the moderator wrote', async () => {
    const { receipt } = await aDecided(house, site, ada)
    await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })
    const { body } = await own(receipt)
    expect(body).toMatchObject({ action: 'reject', reason: null, rules: [{ code: 'topic' }] })
  })

  test('finds none where nothing was decided against the text, or for another receipt', async () => {
    for (const state of ['pending', 'second_review', 'published, due', 'expired', 'withdrawn'] as const) {
      const { id, receipt } = await aCommentIn(house, state, site, ada)
      expect(outcomeOf(await own(receipt))).toBe('404 statement_not_found')
      expect(outcomeOf(await about(id))).toBe('404 statement_not_found')
    }
    expect(outcomeOf(await own(undefined))).toBe('401 unauthenticated')
    expect(outcomeOf(await own(ada.key))).toBe('401 receipt_unknown')
  })

  test('learns of an outcome of an appeal that it is the last word', async () => {
    const { receipt, appeal } = await anAppealed(house, site, ada)
    await resolve(house, eve.key, appeal, { outcome: 'partly_reversed', text: 'Late.', rules: ['respect'] })
    await house.ahead(101)
    const { body } = await own(receipt)
    expect(body).toMatchObject({ action: 'edit', version: 4, redress: { appealUntil: null } })
    expect(body.redress.text).toMatch(/^This is the outcome of an appeal\. .*court/)
  })
})

describe('a moderator', () => {
  test('reads the statement of a comment that they may see, also before it shows', async () => {
    const { id } = await aDecided(house, site, ada, 'edit')
    expect((await about(id)).body).toMatchObject({ comment: id, action: 'edit', reason: against.edit.reason })
    const elsewhere = await aPerson(house, await aSite(house))
    expect(outcomeOf(await about(id, elsewhere.key))).toBe('403 forbidden')
    expect(outcomeOf(await about(id, 'pbk_made-up'))).toBe('401 unauthenticated')
    expect(outcomeOf(await about('6f9619ff-8b86-4011-b42d-00c04fc964ff'))).toBe('404 comment_not_found')
    for (const version of [1, 3, 2_147_483_647]) {
      expect(outcomeOf(await about(id, ada.key, `?version=${version}`))).toBe('404 statement_not_found')
    }
    expect(outcomeOf(await about(id, ada.key, '?version=0'))).toBe('400 invalid_request')
  })
})

describe('the fields of the Transparency Database', () => {
  test('of a rejection', async () => {
    const { id } = await aComment(house, site, {
      text: 'CALL ME at https://casino.example NOW NOW NOW +1 202 555 0175!!',
    })
    await decision(house, ada.key, id, { action: 'reject', rules: ['promotion', 'language'] })
    const { body } = await about(id)
    expect(body.fields).toEqual({
      puid: body.id,
      decision_visibility: ['DECISION_VISIBILITY_OTHER'],
      decision_visibility_other: 'not published after review before publication',
      decision_monetary: null,
      decision_provision: null,
      decision_account: null,
      end_date_visibility_restriction: null,
      application_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      content_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      territorial_scope: expect.arrayContaining(['AT', 'DE', 'IS', 'LI', 'NO', 'SK']),
      decision_facts: expect.stringContaining('A person read the comment before it could be published'),
      source_type: 'SOURCE_VOLUNTARY',
      source_identity: null,
      automated_detection: 'Yes',
      automated_decision: 'AUTOMATED_DECISION_NOT_AUTOMATED',
      decision_ground: 'DECISION_GROUND_INCOMPATIBLE_CONTENT',
      decision_ground_reference_url: body.termsUrl,
      illegal_content_legal_ground: null,
      illegal_content_explanation: null,
      incompatible_content_ground: 'Terms of use, version 1: promotion, language',
      incompatible_content_explanation: expect.stringMatching(/^No advertising[^]*\nNo obscenity/),
      incompatible_content_illegal: 'No',
      category: 'STATEMENT_CATEGORY_CONSUMER_INFORMATION',
      category_addition: ['STATEMENT_CATEGORY_OTHER_VIOLATION_TC'],
      category_specification: ['KEYWORD_HIDDEN_ADVERTISEMENT', 'KEYWORD_OTHER'],
      category_specification_other: expect.stringContaining('No obscenity and no shouting'),
      content_type: ['CONTENT_TYPE_TEXT'],
      content_type_other: null,
      content_language: 'EN',
    })
    expect(body.fields.territorial_scope).toHaveLength(30)
  })

  test.each([
    ['edit', 'DECISION_VISIBILITY_OTHER', 'published with marked passages removed or changed'],
    ['return', 'DECISION_VISIBILITY_OTHER', expect.stringContaining('returned to be changed')],
    ['unpublish', 'DECISION_VISIBILITY_CONTENT_REMOVED', null],
  ] as const)('of a decision to %s', async (action, visibility, other) => {
    const { id } = await aDecided(house, site, ada, action)
    expect((await about(id)).body.fields).toMatchObject({
      decision_visibility: [visibility],
      decision_visibility_other: other,
    })
  })

  test('say whether screening had noticed something, in which language the text is, and which rule led', async () => {
    const plain = await aDecided(house, site, ada)
    expect((await about(plain.id)).body.fields).toMatchObject({ automated_detection: 'No' })
    const tibetan = await aComment(house, site, { text: 'བོད་ཡིག་གི་བསམ་འཆར་ཞིག་ཡིན།' })
    await decision(house, ada.key, tibetan.id, { action: 'reject', rules: ['respect', 'topic'] })
    expect((await about(tibetan.id)).body.fields).toMatchObject({
      content_language: 'BO',
      category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
      category_addition: ['STATEMENT_CATEGORY_OTHER_VIOLATION_TC'],
      incompatible_content_ground: 'Terms of use, version 1: respect, topic',
    })
  })

  test('fit into the database, however long the rules are', async () => {
    const long = await aSite(house)
    const codes = Array.from(
      { length: 20 },
      (_, at) => `rule_${'x'.repeat(30)}_${'abcdefghijklmnopqrst'[at]}`,
    )
    await ask(house, 'POST', `/v1/sites/${long}/terms`, {
      key: house.admin,
      body: { introduction: 'Long.', rules: codes.map(longRule) },
    })
    const moderator = await aPerson(house, long)
    const { id } = await aComment(house, long)
    expect((await decision(house, moderator.key, id, { action: 'reject', rules: codes })).status).toBe(201)
    const { fields } = (await about(id, moderator.key)).body
    const most = {
      incompatible_content_ground: 500,
      incompatible_content_explanation: 2_000,
      category_specification_other: 500,
      decision_facts: 5_000,
    }
    for (const [name, limit] of Object.entries(most)) {
      const text: string = fields[name]
      expect([name, text.length <= limit, text.isWellFormed()]).toEqual([name, true, true])
    }
    expect(fields.incompatible_content_explanation).toMatch(/…$/)
  })
})

function longRule(code: string) {
  return {
    code,
    title: '\u{1f6a2}'.repeat(60),
    text: '\u{1f6a2}'.repeat(2_000),
    permits: ['reject'],
    keywords: ['KEYWORD_OTHER'],
  }
}
