import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { readBrowserFiles } from '../../src/pages/browser-files.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aPerson, aSite } from '../support/people.ts'

describe('the desk as a program of the browser', () => {
  const browser = readBrowserFiles()
  const { path, needs } = browser.entry('desk.js')
  let house: House
  let cookie: string

  beforeAll(async () => {
    house = await openHouse()
    const person = await aPerson(house, await aSite(house))
    const { body } = await ask(house, 'POST', `/v1/people/${person.id}/sign-in-link`, { key: house.admin })
    const signedIn = await ask(house, 'POST', '/v1/session', { body: { link: body.link } })
    cookie = String(signedIn.headers['set-cookie']).split(';', 1)[0] ?? ''
  })
  afterAll(() => house.close())

  test('is a page that runs nothing but its own files, is framed by nobody, and is kept by nobody', async () => {
    const { status, headers, text } = await ask(house, 'GET', '/desk', { headers: { cookie } })
    expect(status).toBe(200)
    const policy = String(headers['content-security-policy'])
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]) {
      expect(policy).toContain(part)
    }
    expect(policy).not.toContain('unsafe')
    expect(headers['cache-control']).toBe('no-store')
    expect(text).toContain(`<script type="module" src="${path}">`)
    for (const need of needs) expect(text).toContain(`<link rel="modulepreload" href="${need}"`)
    expect(text).not.toMatch(/<script(?![^>]* src=)/)
    expect(text).not.toContain('style=')
  })

  test('without script leads to the forms', async () => {
    const { text } = await ask(house, 'GET', '/desk', { headers: { cookie } })
    expect(text).toContain('<noscript><meta http-equiv="refresh" content="0; url=/desk/forms"')
    expect((await ask(house, 'GET', '/desk/forms', { headers: { cookie } })).text).toContain(
      'Waiting for a decision',
    )
  })

  test('is for whoever is signed in', async () => {
    const { text } = await ask(house, 'GET', '/desk')
    expect(text).toContain('Sign in to the desk')
    expect(text).not.toContain(path)
  })

  test('sends each file as small as the browser takes it, to be kept for ever', async () => {
    const bytes = browser.files.get(path.slice(path.lastIndexOf('/') + 1))?.bytes
    expect(bytes && brotliDecompressSync(bytes.br).equals(bytes.identity)).toBe(true)
    expect(bytes && gunzipSync(bytes.gzip).equals(bytes.identity)).toBe(true)
    const { headers } = await ask(house, 'GET', path, { headers: { 'accept-encoding': 'gzip, br' } })
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    })
    expect((await ask(house, 'GET', path)).headers['content-encoding']).toBeUndefined()
    expect((await ask(house, 'GET', '/assets/browser/none.js')).status).toBe(404)
  })

  test('takes at most 60 kB of script to show the queue', () => {
    const sizes = [path, ...needs].map(
      (one) => browser.files.get(one.slice(one.lastIndexOf('/') + 1))?.bytes.gzip.length ?? Infinity,
    )
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(60_000)
  })
})
