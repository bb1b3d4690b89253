import { Problem, type ProblemCode } from '../../src/http/problems.ts'
import { languages, pageLanguages } from '../../src/pages/languages.ts'
import { problemVoice } from '../../src/pages/problem-voice.ts'
import { isMessageKey } from '../../src/pages/told.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, anArticle, aPerson, aSite, decision } from '../support/people.ts'

const nonce = 'a-nonce-of-22-characters-at-least'

describe('the pages for readers', () => {
  let house: House
  let site: string
  let moderator: string
  let pages: Record<string, () => Promise<Answer>>

  interface Answer {
    status: number
    html: string
  }
  let lang = ''
  const inLang = (path: string) => `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`
  const get = async (path: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const { statusCode, payload } = await house.app.inject({ url: path, headers })
    return { status: statusCode, html: payload }
  }
  const languageAt = async (path: string) => languageOf((await get(path)).html)
  const post = async (path: string, form: Record<string, string>): Promise<Answer> => {
    const { statusCode, payload } = await house.app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(form).toString(),
    })
    return { status: statusCode, html: payload }
  }
  const own = (receipt: string, more: Record<string, string> = {}) =>
    post(inLang(`/${site}/my-comment`), { receipt, ...more })

  beforeAll(async () => {
    house = await openHouse()
    // Names and titles without letters, so that every letter is the interface's.
    site = await aSite(house, { name: '1' })
    await anArticle(house, site, 'talk', { title: '2' })
    await anArticle(house, site, 'none', { title: '3' })
    await anArticle(house, site, 'slow', { title: '5' })
    const slowed = { key: house.admin, body: { minutes: 10 } }
    await ask(house, 'PUT', `/v1/sites/${site}/articles/slow/slow-mode`, slowed)
    await aComment(house, site, { text: '1' }, 'slow')
    await anArticle(house, site, 'shut', { title: '4', open: false })
    moderator = (await aPerson(house, site)).key
    const sent = async (decided: Record<string, unknown> | null, words: Record<string, unknown> = {}) => {
      const comment = await aComment(house, site, { text: '5 + 5', ...words }, 'talk')
      if (decided) await decision(house, moderator, comment.id, decided)
      return comment
    }
    const edited = await sent(
      { action: 'edit', text: '6', rules: ['respect', 'private_details'], reason: '7' },
      { name: '8' },
    )
    const reply = await sent({ action: 'approve' }, { parent: edited.id })
    const gone = await sent({ action: 'approve' })
    await sent({ action: 'approve' }, { parent: gone.id })
    await decision(house, moderator, gone.id, { action: 'unpublish', rules: ['respect'], reason: '9' })
    const pending = await sent(null)
    const rejected = await sent({ action: 'reject', rules: ['respect'], reason: '9' })
    const appealed = await sent({ action: 'reject', rules: ['respect'], reason: '9' })
    await ask(house, 'POST', '/v1/receipt/appeal', { key: appealed.receipt, body: { text: '10' } })
    const returned = await sent({ action: 'return', rules: ['respect'], reason: '9' })
    const withdrawn = await sent(null)
    await own(withdrawn.receipt, { action: 'withdraw' })
    const erased = await sent(null)
    await own(erased.receipt, { action: 'erase' })
    const report = async () => {
      const path = `/v1/sites/${site}/comments/${edited.id}/reports`
      const { body } = await ask(house, 'POST', path, {
        body: { kind: 'rule', rule: 'respect', explanation: '11' },
      })
      return body
    }
    const [reported, kept, erasedReport] = [await report(), await report(), await report()]
    await ask(house, 'POST', `/v1/moderation/reports/${kept.id}/resolution`, {
      key: moderator,
      body: { outcome: 'keep', explanation: '12' },
    })
    await own(erasedReport.receipt, { action: 'erase' })
    const form = inLang
    pages = {
      'an article': () => get(inLang(`/${site}/articles/talk`)),
      'an article with a form for a reply': () => get(inLang(`/${site}/articles/talk?reply=${edited.id}`)),
      'an article without comments': () => get(inLang(`/${site}/articles/none`)),
      'an article that is closed': () => get(inLang(`/${site}/articles/shut`)),
      'an article that is slow': () => get(inLang(`/${site}/articles/slow`)),
      'a comment sent too soon': () =>
        post(form(`/${site}/articles/slow/comments`), { nonce: `${nonce}-soon`, text: '1' }),
      'a comment': () => get(inLang(`/${site}/articles/talk/comments/${reply.id}`)),
      'the terms': () => get(inLang(`/${site}/terms`)),
      'a receipt': () =>
        post(form(`/${site}/articles/none/comments`), { nonce: `${nonce}-${lang}`, text: `1${lang.length}` }),
      'no text': () => post(form(`/${site}/articles/none/comments`), { nonce, text: ' ' }),
      'too much text': () =>
        post(form(`/${site}/articles/none/comments`), { nonce, text: '1'.repeat(5_001) }),
      'too long a name': () =>
        post(form(`/${site}/articles/none/comments`), { nonce, text: '1', name: '1'.repeat(81) }),
      'a reply to nothing': () =>
        post(form(`/${site}/articles/none/comments`), { nonce, text: '1', parent: edited.id }),
      'a closed article that is sent to': () =>
        post(form(`/${site}/articles/shut/comments`), { nonce, text: '1' }),
      'the form for a receipt': () => get(inLang(`/${site}/my-comment`)),
      'a receipt that nobody has': () => own('AAAAA-BBBBB-CCCCC-DDDDD-EEEEE'),
      'one’s own, waiting': () => own(pending.receipt),
      'one’s own, edited': () => own(edited.receipt),
      'one’s own, rejected': () => own(rejected.receipt),
      'one’s own, appealed': () => own(appealed.receipt),
      'one’s own, returned': () => own(returned.receipt),
      'one’s own, taken down': () => own(gone.receipt),
      'one’s own, withdrawn': () => own(withdrawn.receipt),
      'one’s own, erased': () => own(erased.receipt),
      'one’s own, to be withdrawn': () => own(pending.receipt, { action: 'ask-withdraw' }),
      'one’s own, to be erased': () => own(pending.receipt, { action: 'ask-erase' }),
      'a report': () => own(reported.receipt),
      'a report, kept': () => own(kept.receipt),
      'a report, erased': () => own(erasedReport.receipt),
      'a report, to be taken back': () => own(reported.receipt, { action: 'ask-withdraw' }),
      'a report, to be erased': () => own(reported.receipt, { action: 'ask-erase' }),
      'an appeal without words': () => own(rejected.receipt, { action: 'appeal', text: ' ' }),
      'a second appeal': () => own(appealed.receipt, { action: 'appeal', text: '1' }),
      'an appeal against nothing': () => own(pending.receipt, { action: 'appeal', text: '1' }),
      'a text sent again that was not returned': () =>
        own(pending.receipt, { action: 'resubmit', text: '1' }),
      'an article that is not there': () => get(inLang(`/${site}/articles/missing`)),
      'a site that is not there': () => get(inLang('/missing/articles/talk')),
      'a cursor of nothing': () => get(inLang(`/${site}/articles/talk?cursor=x`)),
      'a form that was spoilt': () =>
        post(form(`/${site}/articles/none/comments`), { nonce: 'x', text: '1' }),
    }
  })
  afterAll(() => house.close())

  test('have no words but those of the messages', async () => {
    lang = 'en'
    const bracketed = Object.entries(languages.en.messages).map(([key, text]) => [key, `⟦${text}⟧`])
    const written = await ask(house, 'PUT', `/v1/sites/${site}/texts/en`, {
      key: house.admin,
      body: Object.fromEntries(bracketed),
    })
    expect(written.status).toBe(200)
    const told: Record<string, string[]> = {}
    for (const [name, open] of Object.entries(pages)) {
      // The texts of a site that is not there are nobody's own.
      if (name !== 'a site that is not there') told[name] = outside((await open()).html)
    }
    expect(Object.fromEntries(Object.entries(told).filter(([, words]) => words.length > 0))).toEqual({})
    expect(outside('<p>⟦<a>in</a> and ⟦in⟧⟧ out</p>')).toEqual(['out'])
    await ask(house, 'PUT', `/v1/sites/${site}/texts/en`, { key: house.admin, body: {} })
  })

  test.each(pageLanguages)('are in %s from title to foot', async (language) => {
    lang = language
    const direction = language === 'ug' ? 'rtl' : 'ltr'
    const english = Object.entries(languages.en.messages).flatMap(([key, text]) =>
      isMessageKey(key) && /\p{L}{3}/u.test(text) && !text.includes('{') && !text.includes('<') ? [text] : [],
    )
    for (const [name, open] of Object.entries(pages)) {
      const { html, status } = await open()
      expect([name, status < 500]).toEqual([name, true])
      expect([name, html.slice(0, 80)]).toEqual([
        name,
        expect.stringContaining(`<html lang="${language}" dir="${direction}">`),
      ])
      const words = interfaceOf(html)
      expect([name, words]).toEqual([name, expect.not.stringMatching(/[{}]|undefined|\[object/)])
      if (language === 'en') continue
      expect([name, english.filter((text) => words.includes(text))]).toEqual([name, []])
      const isLatin = language === 'vi'
      const foreign = isLatin ? [] : (words.match(/[A-Za-z]{2,}/g) ?? [])
      expect([name, foreign.filter((one) => one !== 'UTC')]).toEqual([name, []])
    }
  })

  test('keep the text that was typed, when they refuse it in the reader’s language', async () => {
    lang = 'my'
    const text = `${'က'.repeat(5_001)} <b>"&amp;`
    const { status, html } = await post(inLang(`/${site}/articles/none/comments`), {
      nonce,
      text,
      name: '<i>',
    })
    expect(status).toBe(422)
    expect(html).toContain('၅,၀၀၀')
    expect(html.includes(`${'က'.repeat(5_001)} &lt;b>&quot;&amp;amp;</textarea>`)).toBe(true)
    expect(html).toContain(`action="/${site}/articles/none/comments?lang=my#form"`)
    expect(html).toContain('value="&lt;i>"')
  })

  test('are in the article’s language, else in the site’s, else in English', async () => {
    const korean = await aSite(house, { language: 'ko' })
    await anArticle(house, korean, 'hong-kong', { language: 'zh-HK' })
    await anArticle(house, korean, 'french', { language: 'fr' })
    const french = await aSite(house, { language: 'fr' })
    expect(await languageAt(`/${korean}/articles/hong-kong`)).toBe('yue')
    expect(await languageAt(`/${korean}/articles/french`)).toBe('ko')
    expect(await languageAt(`/${korean}/articles/missing`)).toBe('ko')
    expect(await languageAt(`/${korean}/terms`)).toBe('ko')
    expect(await languageAt(`/${korean}/my-comment`)).toBe('ko')
    expect(await languageAt(`/${french}/articles/news`)).toBe('en')
    expect(await languageAt(`/${korean}/articles/hong-kong?lang=vi`)).toBe('vi')
    expect(await languageAt(`/${korean}/articles/hong-kong?lang=zh-TW`)).toBe('zh-Hant')
  })

  test('say a publisher’s own notice in its language', async () => {
    const notice = 'Une seule règle : la courtoisie.'
    const french = await aSite(house, { language: 'fr', notice })
    expect((await get(`/${french}/articles/news?lang=ug`)).html).toContain(`<bdi lang="fr">${notice}</bdi>`)
  })

  test('keep a chosen language in every link and form of theirs', async () => {
    lang = 'lo'
    for (const name of [
      'an article',
      'a comment',
      'a receipt',
      'one’s own, returned',
      'the terms',
      'no text',
    ]) {
      const { html = '' } = (await pages[name]?.()) ?? {}
      const addresses = [...html.matchAll(/ (?:href|action)="([/?][^"]*)"/g)].flatMap(
        ([, address]) => address ?? [],
      )
      const ours = addresses.filter((address) => !/^\/(?:assets|v1)\//.test(address))
      expect(ours.length).toBeGreaterThan(0)
      expect([name, ours.filter((address) => !/[?&;]lang=/.test(address))]).toEqual([name, []])
    }
  })

  test('offer themselves in every language, by its own name', async () => {
    const { html } = await get(`/${site}/articles/talk?reply=6f9619ff-8b86-4011-b42d-00c04fc964ff`)
    for (const language of pageLanguages) {
      const place = `?reply=6f9619ff-8b86-4011-b42d-00c04fc964ff&amp;lang=${language}`
      expect(html).toContain(`href="${place}" lang="${language}" hreflang="${language}"`)
      expect(html).toContain(`>${languages[language].name}</a>`)
    }
    expect(html).toMatch(/lang="en"[^>]* aria-current="true"/)
    expect(html.match(/aria-current/g)).toHaveLength(1)
  })

  test('are the same page whatever else is asked for, so that memory cannot be filled by asking', async () => {
    const fresh = await aSite(house)
    const read = house.memory.read.bind(house.memory)
    const asked = new Set<string>()
    house.memory.read = (address, build) => {
      asked.add(address)
      return read(address, build)
    }
    const first = (await get(`/${fresh}/articles/news`)).html
    for (const query of [
      '?lang=xx',
      '?lang=',
      '?lang=en%00',
      '?lang=ko&lang=vi',
      '?anything=1',
      `?lang=${'x'.repeat(400)}`,
    ]) {
      const { status, html } = await get(`/${fresh}/articles/news${query}`)
      expect([query, status, withoutNonce(html)]).toEqual([query, 200, withoutNonce(first)])
    }
    await get(`/${fresh}/articles/news?lang=zh-TW`)
    await get(`/${fresh}/articles/news?x=1&lang=ZH-hant`)
    await get(`/${fresh}/articles/n%65ws?lang=zh-Hant`)
    house.memory.read = read
    expect(asked.size).toBe(2)
  })

  test('of a failure ask no database for the language where it is away, or too much is asked', async () => {
    const korean = await aSite(house, { language: 'ko' })
    const failed = {
      query: {},
      params: { site: korean },
      headers: { 'accept-language': 'lo' },
    }
    const speaks = async (code: ProblemCode, query = {}) =>
      (await problemVoice(house.db, new Problem(code), { ...failed, query })).language
    expect(await speaks('article_not_found')).toBe('ko')
    expect(await speaks('unavailable')).toBe('lo')
    expect(await speaks('too_many_requests')).toBe('lo')
    expect(await speaks('unavailable', { lang: 'vi' })).toBe('vi')
  })

  test('of a failure are in the browser’s language where nothing else says which', async () => {
    const french = { 'accept-language': 'fr-CH, km;q=0.9, en;q=0.8' }
    expect((await get('/missing/articles/news', french)).html).toContain('<html lang="km"')
    expect((await get('/missing/articles/news', { 'accept-language': '*,;q=1,' })).html).toContain(
      '<html lang="en"',
    )
    expect((await get('/missing/articles/news?lang=ko', french)).html).toContain('<html lang="ko"')
    expect((await get('/desk/second-factor?lang=ko', french)).html).toContain('<html lang="en"')
  })
})

/** The text of a page without what people wrote: that stands in `bdi`, or where the direction is the text's own. */
function interfaceOf(html: string): string {
  return html
    .replace(/<head>.*(<title>.*<\/title>).*<\/head>/s, '$1')
    .replaceAll(/<bdi\b[^>]*>.*?<\/bdi>/gs, '')
    .replaceAll(/<(p|h1|h2|a|textarea)\b[^>]* dir="auto"[^>]*>.*?<\/\1>/gs, '')
    .replaceAll(/<code\b[^>]*>.*?<\/code>/gs, '')
    .replaceAll(/<[^>]* aria-label="([^"]*)"[^>]*>/g, ' $1 ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&\w+;/g, ' ')
}

/** The words that stand outside of all brackets. */
function outside(html: string): string[] {
  let depth = 0
  const signs = Array.from(interfaceOf(html), (sign) => {
    if (sign === '⟦') depth += 1
    if (sign === '⟧') depth -= 1
    return depth > 0 ? ' ' : sign
  })
  return signs.join('').match(/\p{L}+/gu) ?? []
}

function withoutNonce(html: string): string {
  return html.replace(/name="nonce" value="[^"]*"/, '')
}

function languageOf(html: string): string | undefined {
  return /<html lang="([^"]*)"/.exec(html)?.[1]
}
