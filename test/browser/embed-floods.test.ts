import type { Page } from 'playwright-core'
import { type Embedding, openEmbedding, receiptForm, type Site } from '../support/embedding.ts'
import { ask } from '../support/house.ts'

let embedding: Embedding
beforeAll(async () => {
  embedding = await openEmbedding()
})
afterAll(() => embedding.close())

/** What moderators are told about the one comment that waits. */
async function noticed({ key, moderator }: Site): Promise<string[]> {
  const { body } = await ask(embedding.stage.house, 'GET', `/v1/moderation/queue?site=${key}`, {
    key: moderator.key,
  })
  expect(body.comments).toHaveLength(1)
  return body.comments[0].signals.map(({ code }: { code: string }) => code)
}

async function send(page: Page, words: string): Promise<void> {
  await page.locator('postbag-comments textarea').last().fill(words)
  await page.locator('postbag-comments .send').last().click()
}

const receipt = (page: Page) => page.locator('postbag-comments .receipt code').textContent()
const loadedProof = (requests: readonly string[]) =>
  requests.filter((url) => url.endsWith('/proof.js')).length

describe('on a site that asks for a proof of work', () => {
  let site: Site

  beforeEach(async () => {
    site = await embedding.site({ floods: { honeypot: true, minimumSeconds: null, proofTries: 20 } })
  })

  test('the browser does it when something is sent, once however often that is tried', async () => {
    const { page, context, requests, complaints } = await site.open({
      scripts: ` ${embedding.stage.baseUrl}/proof.js`,
    })
    expect(loadedProof(requests)).toBe(0)
    let tried = 0
    await page.route('**/v1/sites/*/comments?*', async (route) => {
      tried += 1
      if (tried > 1) return route.continue()
      // It arrives, and nobody hears of it.
      await route.fetch()
      return route.abort()
    })
    await send(page, 'When does the last boat leave?')
    await page.locator('postbag-comments .problem:not([hidden])').waitFor()
    await page.locator('postbag-comments .send').last().click()
    expect(await receipt(page)).toMatch(receiptForm)
    expect(await site.stored()).toBe(1)
    expect(await noticed(site)).toEqual([])
    expect(loadedProof(requests)).toBe(1)
    expect(requests.filter((url) => url.includes('/challenge?'))).toHaveLength(1)
    expect(complaints.filter((one) => !one.includes('ERR_FAILED'))).toEqual([])
    await context.close()
  })

  test('a page whose policy has no room for that sends without, and the comment waits longer', async () => {
    const { page, context } = await site.open()
    await send(page, 'Does anybody know?')
    expect(await receipt(page)).toMatch(receiptForm)
    expect(await noticed(site)).toEqual(['unproven'])
    await context.close()
  })
})

test('a slow article says so where one writes, and a second comment is kept for later', async () => {
  const site = await embedding.site()
  await site.published()
  const slowed = await ask(embedding.stage.house, 'PUT', `/v1/sites/${site.key}/articles/news/slow-mode`, {
    key: site.moderator.key,
    body: { minutes: 10, hours: 1 },
  })
  expect(slowed.status).toBe(200)
  const { page, context } = await site.open()
  const hint = await page.locator('postbag-comments .hint').first().textContent()
  expect(hint).toMatch(/^At most 5,000 characters\. .*10 minutes/)
  await send(page, 'The first.')
  await page.locator('postbag-comments .receipt').waitFor()
  await send(page, 'The second.')
  const problem = page.locator('postbag-comments .problem:not([hidden])')
  await problem.waitFor()
  expect(await problem.textContent()).toContain('10 minutes')
  expect(await page.locator('postbag-comments textarea').last().inputValue()).toBe('The second.')
  await context.close()
})
