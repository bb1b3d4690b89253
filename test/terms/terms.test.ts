import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, decision, receiptOf } from '../support/people.ts'
import { problemIn } from '../support/problem.ts'

const rule = {
  code: 'kindness',
  title: 'Be kind',
  text: 'Write as you would speak.',
  permits: ['reject', 'return'],
}
const terms = { introduction: 'What we ask of you.', rules: [rule] }

describe('terms of use', () => {
  let house: House

  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())

  const publish = (site: string, body: unknown, key = house.admin) =>
    ask(house, 'POST', `/v1/sites/${site}/terms`, { key, body })
  const read = (site: string, version = '') => ask(house, 'GET', `/v1/sites/${site}/terms${version}`)

  test('are published as the next version, with defaults, and found at their address', async () => {
    const site = await aSite(house, { language: 'my' })
    const made = await publish(site, terms)
    expect(made.status).toBe(201)
    expect(made.headers['location']).toBe(`/v1/sites/${site}/terms/2`)
    expect(made.body).toEqual({
      version: 2,
      language: 'my',
      introduction: 'What we ask of you.',
      publishedAt: expect.stringMatching(/Z$/),
      rules: [
        { ...rule, needsSecond: false, category: 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC', keywords: [] },
      ],
    })
    expect((await read(site)).body).toEqual(made.body)
    expect((await read(site, '/2')).body).toEqual(made.body)
    expect((await ask(house, 'GET', `/v1/sites/${site}`)).body.terms).toEqual(made.body)
  })

  test('keep the order of their rules and all that is said of them', async () => {
    const site = await aSite(house)
    const rules = ['z', 'a', 'm'].map((code) => ({
      code,
      title: `The rule ${code}`,
      text: 'Two\nlines, “quotes” & <tags>.',
      permits: ['edit', 'reject', 'return', 'unpublish'],
      needsSecond: code === 'a',
      category: 'STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH',
      keywords: ['KEYWORD_HATE_SPEECH', 'မေတ္တာ'],
    }))
    expect((await publish(site, { language: 'de', introduction: 'x', rules })).body).toMatchObject({
      language: 'de',
      rules,
    })
  })

  test('stay as they are: an older version is there, word for word, and nothing changes one', async () => {
    const site = await aSite(house)
    const first = await read(site, '/1')
    await publish(site, terms)
    await publish(site, { ...terms, introduction: 'Something else.' })
    expect((await read(site, '/1')).text).toBe(first.text)
    expect((await read(site)).body.version).toBe(3)
    for (const method of ['PUT', 'DELETE', 'PATCH'] as const) {
      const answer = await ask(house, method, `/v1/sites/${site}/terms/1`, { key: house.admin })
      expect(problemIn(answer)).toBe('405 method_not_allowed')
    }
    for (const change of [
      `update terms set introduction = 'x' where site = $1`,
      `update rule set text = 'x' where site = $1`,
      'delete from rule_permit where site = $1',
    ]) {
      await expect(house.owner.query(change, [site])).rejects.toThrow('published terms are frozen')
    }
  })

  test('judge a submission in the version under which it was sent', async () => {
    const site = await aSite(house)
    const before = await aComment(house, site)
    await publish(site, terms)
    const after = await aComment(house, site)
    const reject = (id: string, code: string) =>
      decision(house, house.admin, id, { action: 'reject', rules: [code] })

    expect(problemIn(await reject(before.id, 'kindness'))).toBe('422 rule_unknown')
    expect(problemIn(await reject(after.id, 'topic'))).toBe('422 rule_unknown')
    expect((await reject(before.id, 'topic')).status).toBe(201)
    expect((await reject(after.id, 'kindness')).status).toBe(201)
    await publish(site, { ...terms, rules: [{ ...rule, title: 'Be kinder' }] })
    expect((await receiptOf(house, after.receipt)).decision.rules).toEqual([
      { code: 'kindness', title: 'Be kind', text: rule.text },
    ])
  })

  test('judge a text that was sent again in the version in force by then', async () => {
    const site = await aSite(house)
    const { id, receipt } = await aComment(house, site)
    await decision(house, house.admin, id, {
      action: 'return',
      rules: ['topic'],
      reason: 'Please say how it connects.',
    })
    await publish(site, terms)
    await ask(house, 'PUT', '/v1/receipt/text', { key: receipt, body: { text: 'How it connects.' } })
    const { body } = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: house.admin })
    expect(body).toMatchObject({ termsVersion: 2, rules: [expect.objectContaining({ code: 'kindness' })] })
  })

  test('permit only what they say', async () => {
    const site = await aSite(house)
    await publish(site, terms)
    const { id } = await aComment(house, site)
    const edit = { action: 'edit', text: 'Changed.', rules: ['kindness'] }
    expect(problemIn(await decision(house, house.admin, id, edit))).toBe('422 rule_does_not_permit')
  })

  test.each([
    [{ rules: [rule] }, '#/introduction'],
    [{ introduction: ' ', rules: [rule] }, '#/introduction'],
    [{ introduction: 'a' }, '#/rules'],
    [{ introduction: 'a', rules: [] }, '#/rules'],
    [{ introduction: 'a', rules: [rule, rule] }, '#/rules'],
    [{ introduction: 'a', rules: [{ ...rule, code: 'Be-kind' }] }, '#/rules/0/code'],
    [{ introduction: 'a', rules: [{ ...rule, title: '' }] }, '#/rules/0/title'],
    [{ introduction: 'a', rules: [{ ...rule, text: 'a\0' }] }, '#/rules/0/text'],
    [{ introduction: 'a', rules: [{ ...rule, permits: [] }] }, '#/rules/0/permits'],
    [{ introduction: 'a', rules: [{ ...rule, permits: ['approve'] }] }, '#/rules/0/permits/0'],
    [{ introduction: 'a', rules: [{ ...rule, permits: ['edit', 'edit'] }] }, '#/rules/0/permits'],
    [{ introduction: 'a', rules: [{ ...rule, keywords: [7] }] }, '#/rules/0/keywords/0'],
    [{ introduction: 'a', rules: [{ ...rule, weight: 7 }] }, '#/rules/0/weight'],
    [{ introduction: 'a', rules: [rule], language: 'abcd' }, '#/language'],
    [{ introduction: 'a', rules: [rule], version: 7 }, '#/version'],
  ])('such as %j are refused', async (body, pointer) => {
    const site = await aSite(house)
    const answer = await publish(site, body)
    expect(problemIn(answer)).toBe('400 invalid_request')
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer })])
    expect((await read(site)).body.version).toBe(1)
  })

  test('are published by editors and admins, of a site that is there', async () => {
    const site = await aSite(house)
    const moderator = await aPerson(house, site, 'moderator')
    const editor = await aPerson(house, site, 'editor')
    expect(problemIn(await publish(site, terms, moderator.key))).toBe('403 forbidden')
    expect((await publish(site, terms, editor.key)).status).toBe(201)
    expect(problemIn(await publish('no-site', terms))).toBe('404 site_not_found')
    expect(problemIn(await read('no-site'))).toBe('404 terms_not_found')
    expect(problemIn(await read(site, '/3'))).toBe('404 terms_not_found')
  })

  test('published at the same moment become versions of their own', async () => {
    const site = await aSite(house)
    const made = await Promise.all(Array.from({ length: 6 }, () => publish(site, terms)))
    expect(new Set(made.map(({ body }) => body.version))).toEqual(new Set([2, 3, 4, 5, 6, 7]))
  })
})
