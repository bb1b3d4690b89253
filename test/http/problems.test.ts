import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { problems } from '../../src/http/problem-list.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, anArticle, aPerson, aSite, type TestPerson } from '../support/people.ts'
import { innards, problemIn, sendRaw } from '../support/problem.ts'

const unknownId = '00000000-0000-4000-8000-000000000000'

describe('every failure is a problem (RFC 9457)', () => {
  let house: House
  let site: string
  let comments: string
  let moderator: TestPerson
  const log: string[] = []

  beforeAll(async () => {
    house = await openHouse({ logger: { level: 'info', stream: { write: (line) => void log.push(line) } } })
    site = await aSite(house, { origins: ['https://news.example'] })
    comments = `/v1/sites/${site}/articles/news/comments`
    moderator = await aPerson(house, site)
  })
  afterAll(() => house.close())

  const sendJson = (payload: string | Buffer, url = comments) =>
    sendRaw(house, { method: 'POST', url, payload, headers: { 'content-type': 'application/json' } })

  test('401: without a key, with a wrong one, with a wrong receipt', async () => {
    expect(problemIn(await ask(house, 'GET', '/v1/me'))).toBe('401 unauthenticated')
    expect(problemIn(await ask(house, 'GET', '/v1/me', { key: 'pbk_wrong' }))).toBe('401 unauthenticated')
    expect(problemIn(await ask(house, 'GET', '/v1/receipt'))).toBe('401 unauthenticated')
    expect(problemIn(await ask(house, 'GET', '/v1/receipt', { key: 'wrong' }))).toBe('401 receipt_unknown')
    const signIn = { login: 'nobody', password: 'a wrong password' }
    expect(problemIn(await ask(house, 'POST', '/v1/session', { body: signIn }))).toBe('401 sign_in_failed')
  })

  test('403: what a moderator may not do, and a page that may not send', async () => {
    expect(problemIn(await ask(house, 'GET', '/v1/people', { key: moderator.key }))).toBe('403 forbidden')
    const headers = { origin: 'https://elsewhere.example' }
    expect(problemIn(await ask(house, 'POST', comments, { headers, body: { text: 'a' } }))).toBe(
      '403 origin_not_allowed',
    )
  })

  describe('404', () => {
    test.each(['/nowhere', '/v1', '/v1/', '/v2/sites', '/.env', '//', '/V1/me', '/v1/me/', '/problems/none'])(
      'there is nothing at %s',
      async (url) => {
        expect(problemIn(await ask(house, 'GET', url))).toBe('404 not_found')
      },
    )

    test.each(['/%', '/%zz', '/v1/sites/%E0%A4%A', '/v1/sites/demo/articles/%ff/comments', '/%C0%AF'])(
      'nor at %s, which is not percent-encoding',
      async (url) => {
        expect(problemIn(await ask(house, 'GET', url))).toBe('404 not_found')
      },
    )

    test('nor at an address of 10,000 characters', async () => {
      const url = `/v1/sites/${site}/articles/${'a'.repeat(10_000)}/comments`
      expect(problemIn(await ask(house, 'GET', url))).toBe('404 not_found')
    })

    test('what is missing is named', async () => {
      const asAdmin = { key: house.admin }
      expect(problemIn(await ask(house, 'GET', '/v1/sites/no-site'))).toBe('404 site_not_found')
      expect(problemIn(await ask(house, 'GET', `/v1/sites/${site}/articles/none/comments`))).toBe(
        '404 article_not_found',
      )
      expect(problemIn(await ask(house, 'GET', `/v1/sites/${site}/terms/9`))).toBe('404 terms_not_found')
      expect(problemIn(await ask(house, 'GET', `/v1/moderation/comments/${unknownId}`, asAdmin))).toBe(
        '404 comment_not_found',
      )
      expect(problemIn(await ask(house, 'DELETE', `/v1/keys/${unknownId}`, asAdmin))).toBe(
        '404 key_not_found',
      )
      expect(problemIn(await ask(house, 'POST', `/v1/people/${unknownId}/sign-in-link`, asAdmin))).toBe(
        '404 person_not_found',
      )
    })
  })

  describe('405 names what is possible', () => {
    test.each([
      ['PATCH', '/v1/sites/any', 'GET, HEAD, PUT'],
      ['DELETE', '/v1/sites/any/articles/any', 'PUT'],
      ['HEAD', '/v1/sites/any/articles/any', 'PUT'],
      ['PUT', '/v1/sites/any/articles/any/comments', 'GET, HEAD, POST'],
      ['POST', '/v1/receipt', 'DELETE, GET, HEAD'],
      ['HEAD', '/v1/receipt/erasure', 'POST'],
      ['GET', '/v1/session', 'DELETE, POST'],
      ['POST', '/v1/me?unheardOf=1', 'GET, HEAD'],
      ['PATCH', '/v1/sites/any/articles/https%3A%2F%2Fnews.example%2Fa/comments', 'GET, HEAD, POST'],
      ['POST', '/livez', 'GET, HEAD'],
      ['POST', '/openapi.json', 'GET, HEAD'],
    ] as const)('%s %s', async (method, url, allow) => {
      const answer = await ask(house, method, url)
      expect(String(answer.headers['allow']).split(', ').toSorted().join(', ')).toBe(allow)
      expect(problemIn(answer)).toBe('405 method_not_allowed')
    })
  })

  test('413: a body too large, by its length and by its bytes', async () => {
    const body = { text: 'a'.repeat(500_000) }
    expect(problemIn(await ask(house, 'POST', comments, { body }))).toBe('413 body_too_large')
    expect((await ask(house, 'POST', comments, { body })).body.detail).toMatch(/\d bytes/)
  })

  test.each([
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=a',
    'text/html',
    'application/x-www-form-urlencoded',
    'application/jsonx',
    'a',
    '',
  ])('415: a body of the kind "%s"', async (type) => {
    const answer = await sendRaw(house, {
      method: 'POST',
      url: comments,
      payload: '{"text":"a"}',
      headers: { 'content-type': type },
    })
    expect(problemIn(answer)).toBe('415 unsupported_media_type')
  })

  test('428 and 412: a decision names its version', async () => {
    const { id } = await aComment(house, site)
    const url = `/v1/moderation/comments/${id}/decisions`
    const approve = { key: moderator.key, body: { action: 'approve' } }
    expect(problemIn(await ask(house, 'POST', url, approve))).toBe('428 precondition_required')
    const stale = await ask(house, 'POST', url, { ...approve, headers: { 'if-match': '"7"' } })
    expect(problemIn(stale)).toBe('412 stale_version')
    expect(stale.headers['etag']).toBe('"1"')
    expect(stale.body.current).toMatchObject({ version: 1, status: 'pending', last: { action: 'submit' } })
  })

  test('409 and 422: codes of their own', async () => {
    await anArticle(house, site, 'closed', { open: false })
    const closed = await ask(house, 'POST', `/v1/sites/${site}/articles/closed/comments`, {
      body: { text: 'a' },
    })
    expect(problemIn(closed)).toBe('409 article_closed')
    expect(problemIn(await ask(house, 'POST', comments, { body: { text: ' ' } }))).toBe('422 text_empty')
  })

  test('`instance` is what the log calls the request, and no other request is called so', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => ask(house, 'GET', '/nowhere')))
    const instances = answers.map(({ body }) => String(body.instance).replace('urn:postbag:request:', ''))
    expect(new Set(instances).size).toBe(3)
    for (const instance of instances) {
      expect(
        log.filter((line) => line.includes('"status":404') && JSON.parse(line).reqId === instance),
      ).toHaveLength(1)
    }
    const restarted = await openHouse()
    const { body } = await ask(restarted, 'GET', '/nowhere')
    await restarted.close()
    expect(
      log.some((line) => JSON.parse(line).reqId === body.instance.replace('urn:postbag:request:', '')),
    ).toBe(false)
  })

  test('no failure gives away what was sent, nor does the log', async () => {
    const marker = 'Zqxjkvbw'
    const answers = await Promise.all([
      sendJson(`{"text":"${marker}"`),
      sendJson(`{"text":"${marker}","parent":"${marker}"}`),
      sendJson(`{"text":"${marker.repeat(1_000)}","name":"${marker.repeat(100)}"}`),
      sendJson(`{"text":"${marker}","parent":"${unknownId}"}`),
      sendJson(`{"text":"${marker}"}`, '/v1/sites/no-site/articles/news/comments'),
      ask(house, 'GET', `/v1/sites/${site}/articles/${marker}/comments`),
      ask(house, 'GET', `${comments}?cursor=${marker}`),
      ask(house, 'GET', `/${marker}`),
      ask(house, 'GET', '/v1/receipt', { key: marker }),
      ask(house, 'GET', `/v1/moderation/queue?q=${marker}`, { key: marker }),
      ask(house, 'POST', '/v1/session', { body: { login: marker, password: marker } }),
      ask(house, 'POST', comments, { body: { text: marker }, headers: { 'idempotency-key': marker } }),
    ])
    for (const { status, text } of answers) {
      expect(status).toBeGreaterThanOrEqual(400)
      expect(text).not.toContain(marker)
      expect(text).not.toMatch(innards)
    }
    expect(log.join('')).not.toContain(marker)
  })

  test('each kind of problem has a page behind its type, and is used', async () => {
    const sources = sourceFiles(join(import.meta.dirname, '../../src'))
      .filter((file) => !file.endsWith('problems.ts') && !file.includes('generated'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n')
    const besidesDescriptions = sources.replaceAll(/\banswers\([^)]*\)/g, '')
    const used = new Set([...besidesDescriptions.matchAll(/'(\w+)'/g)].map((found) => found[1]))
    expect(Object.keys(problems).filter((code) => !used.has(code))).toEqual([])

    for (const [code, [status, title]] of Object.entries(problems)) {
      const page = await ask(house, 'GET', `/problems/${code}`)
      expect(page.status).toBe(200)
      expect(page.text).toContain(title)
      expect(page.text).toContain(String(status))
    }
  })
})

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}
