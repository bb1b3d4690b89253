import { languages } from '../../src/pages/languages.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aPerson, aSite } from '../support/people.ts'

describe('a publisher’s own texts', () => {
  let house: House
  let site: string
  let editor: string

  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())
  beforeEach(async () => {
    site = await aSite(house)
    editor = (await aPerson(house, site, 'editor')).key
  })

  const put = (body: unknown, language = 'en', key = editor) =>
    ask(house, 'PUT', `/v1/sites/${site}/texts/${language}`, { key, body })
  const read = (language = 'en', key = editor) =>
    ask(house, 'GET', `/v1/sites/${site}/texts/${language}`, { key })
  const page = async (query = '') => {
    const { payload } = await house.app.inject(`/${site}/articles/news${query}`)
    return payload
  }

  test('show on the pages of their site and language at once, and on no others', async () => {
    const other = await aSite(house)
    expect(await page()).toContain('No comments yet.')
    expect((await put({ 'list.empty': 'Be the first to write.' })).status).toBe(200)
    expect(await page()).toContain('Be the first to write.')
    expect(await page()).not.toContain('No comments yet.')
    expect(await page('?lang=vi')).toContain(languages.vi.messages['list.empty'])
    expect((await house.app.inject(`/${other}/articles/news`)).payload).toContain('No comments yet.')
  })

  test('are replaced as a whole, and an empty object brings the standard texts back', async () => {
    await put({ 'list.empty': 'First!', 'list.older': 'More' })
    await put({ 'list.older': 'Earlier' })
    expect((await read()).body.texts).toEqual({ 'list.older': 'Earlier' })
    expect(await page()).toContain('No comments yet.')
    expect((await put({})).body.texts).toEqual({})
    const { rows } = await house.owner.query('select from site_text where site = $1', [site])
    expect(rows).toEqual([])
  })

  test('are read with the standard texts, and with whether those need a native reader', async () => {
    await put({ 'list.empty': '아직 없습니다.' }, 'ko')
    const { body } = await read('ko')
    expect(body).toEqual({
      language: 'ko',
      needsNativeReader: true,
      texts: { 'list.empty': '아직 없습니다.' },
      standard: languages.ko.messages,
    })
    expect((await read('en')).body.needsNativeReader).toBe(false)
  })

  test.each([
    ['a key that there is not', { 'list.nothing': 'x' }, '#/list.nothing', 'unknown_text'],
    ['a key that every object has', { constructor: 'x' }, '#/constructor', 'unknown_text'],
    ['a brace that nothing closes', { 'list.empty': 'none {yet' }, '#/list.empty', 'not_icu'],
    [
      'a plural without other',
      { 'form.textHint': '{most, plural, one {one}}' },
      '#/form.textHint',
      'not_icu',
    ],
    ['a placeholder too many', { 'list.empty': 'None, {reader}' }, '#/list.empty', 'other_placeholders'],
    ['a placeholder too few', { 'list.title': 'Comments' }, '#/list.title', 'other_placeholders'],
    [
      'a placeholder of another kind',
      { 'comment.rule': '{title, number}' },
      '#/comment.rule',
      'other_placeholders',
    ],
    ['a date', { 'list.title': '{count, date}' }, '#/list.title', 'other_placeholders'],
    ['a tag too many', { 'list.empty': '<b>None</b>' }, '#/list.empty', 'other_placeholders'],
    ['a tag too few', { 'form.answering': 'An answer' }, '#/form.answering', 'other_placeholders'],
    [
      'a number in no currency that there is',
      { 'list.title': '{count, number, ::currency/X}' },
      '#/list.title',
      'other_placeholders',
    ],
    ['nothing', { 'list.empty': ' ' }, '#/list.empty', 'too_small'],
    ['a control character', { 'list.empty': 'a\u0007b' }, '#/list.empty', 'custom'],
  ])('are refused for %s, by the name of the text', async (_what, texts, pointer, code) => {
    const { status, body } = await put({ 'list.older': 'Earlier', ...texts })
    expect(status).toBe(400)
    expect(body.code).toBe('invalid_request')
    expect(body.detail).toContain(pointer.slice(2))
    expect(body.errors.map((one: { pointer: string }) => one.pointer)).toEqual([pointer])
    expect(body.errors[0].code).toBe(code)
    expect((await read()).body.texts).toEqual({})
  })

  test('say what a text has to have', async () => {
    const { body } = await put({ 'form.answering': 'An answer to {one}' })
    expect(body.errors[0].detail).toBe('It has to have <link>…</link>; it has {one}.')
  })

  test('may say a number as it is, and leave ICU’s signs in quotes', async () => {
    const texts = { 'list.title': "'{'{count}'}'", 'list.empty': 'None <3 it’s' }
    expect((await put(texts)).status).toBe(200)
    expect(await page()).toContain('{0}')
    expect(await page()).toContain('None &lt;3 it’s')
  })

  test('are words wherever they stand, and no markup', async () => {
    const hostile = "'<script>'alert(1)'</script>'\"><img src=x onerror=alert(1)>"
    const refused = await put({ 'list.empty': hostile })
    expect(refused.body.errors[0].code).toMatch(/not_icu|other_placeholders/)
    const quoted = "'<script>alert(1)</script>\"><img src=x>'"
    const texts = {
      'list.empty': quoted,
      'form.title': quoted,
      'page.languages': quoted,
      'feed.title': quoted,
    }
    expect((await put(texts)).status).toBe(200)
    const shown = await page()
    expect(shown).toContain('&lt;script>alert(1)&lt;/script>&quot;>&lt;img src=x>')
    expect(shown).not.toMatch(/<script>alert|<img/)
  })

  test('are an editor’s or an admin’s to write, of a site that is there, in a language of ours', async () => {
    const moderator = (await aPerson(house, site)).key
    expect((await put({}, 'en', moderator)).status).toBe(403)
    expect((await read('en', moderator)).status).toBe(403)
    expect((await put({}, 'en', house.admin)).status).toBe(200)
    expect((await put({}, 'fr')).status).toBe(400)
    expect((await put({}, 'zh')).status).toBe(400)
    expect((await put(['list.empty'])).status).toBe(400)
    expect((await ask(house, 'PUT', '/v1/sites/none/texts/en', { key: house.admin, body: {} })).status).toBe(
      404,
    )
    expect((await ask(house, 'GET', '/v1/sites/none/texts/en', { key: house.admin })).status).toBe(404)
    expect((await ask(house, 'GET', `/v1/sites/${site}/texts/en`)).status).toBe(401)
  })

  test('show at once whoever wrote them, because PostgreSQL tells of every change', async () => {
    expect(await page()).toContain('No comments yet.')
    const values = [site, { 'list.empty': 'One.' }]
    await house.owner.query("insert into site_text (site, language, texts) values ($1, 'en', $2)", values)
    expect(await page()).toContain('One.')
    await house.owner.query('update site_text set texts = $2 where site = $1', [
      site,
      { 'list.empty': 'Two.' },
    ])
    expect(await page()).toContain('Two.')
    await house.owner.query('delete from site_text where site = $1', [site])
    expect(await page()).toContain('No comments yet.')
  })

  test.each(['[]', '"text"', '{}', 'null'])('are some, and never %s', async (texts) => {
    const written = house.owner.query(
      "insert into site_text (site, language, texts) values ($1, 'en', $2::jsonb)",
      [site, texts],
    )
    await expect(written).rejects.toThrow('site_text_are_some')
  })

  test('that a later release cannot use give way to the standard ones', async () => {
    await house.owner.query('insert into site_text (site, language, texts) values ($1, $2, $3)', [
      site,
      'en',
      { 'list.title': '{gone}', 'no.such': 'text', 'list.empty': 'None.' },
    ])
    expect(await page()).toContain('Comments (0)')
    expect(await page()).toContain('None.')
    expect((await read()).body.texts).toEqual({ 'list.title': '{gone}', 'list.empty': 'None.' })
  })
})
