import type { Browser } from 'playwright-core'
import { openStage, type Stage, type Visitor } from './browser.ts'
import { ask } from './house.ts'
import { aComment, aPerson, aSite, decision, type TestComment, type TestPerson } from './people.ts'
import { newspaperPage, openPublisher, type Publisher, strictPolicy } from './publisher.ts'

/** A service, a newspaper in whose pages its embed is, and a moderator. */
export interface Embedding {
  stage: Stage
  publisher: Publisher
  /** a new site that takes comments from the newspaper */
  site(settings?: Record<string, unknown>): Promise<Site>
  close(): Promise<void>
}

export interface Site {
  key: string
  moderator: TestPerson
  /** a published comment */
  published(body?: Record<string, unknown>, decided?: Record<string, unknown>): Promise<TestComment>
  /** how many comments are stored, whatever became of them */
  stored(): Promise<number>
  /** the element for the article `news` */
  element(attributes?: string, inside?: string): string
  /** opens a page of the newspaper's, whose policy is as strict as the documented lines allow, or none with `head` */
  open(what?: Opening): Promise<Visitor>
}

interface Opening {
  visitor?: Parameters<Browser['newContext']>[0]
  body?: string
  head?: string
  language?: string
  /** what else the policy lets scripts come from */
  scripts?: string
  /** before the page is opened */
  prepare?: (visitor: Visitor) => Promise<void>
}

export async function openEmbedding(): Promise<Embedding> {
  const [stage, publisher] = [await openStage(), await openPublisher()]
  return {
    stage,
    publisher,
    site: (settings) => siteOn(stage, publisher, settings),
    async close() {
      await publisher.close()
      await stage.close()
    },
  }
}

async function siteOn(
  stage: Stage,
  publisher: Publisher,
  settings: Record<string, unknown> = {},
): Promise<Site> {
  const { house, baseUrl } = stage
  const key = await aSite(house, { origins: [publisher.origin], ...settings })
  const moderator = await aPerson(house, key, 'editor')
  const element = (attributes = '', inside = '') =>
    `<postbag-comments site="${key}" article="news" ${attributes}>${inside}</postbag-comments>`
  return {
    key,
    moderator,
    element,
    async published(body, decided = { action: 'approve' }) {
      const comment = await aComment(house, key, body)
      expect((await decision(house, moderator.key, comment.id, decided, 1)).status).toBe(201)
      return comment
    },
    async stored() {
      const { rows } = await house.owner.query('select count(*)::int as count from comment where site = $1', [
        key,
      ])
      return rows[0].count
    },
    async open({
      visitor: options,
      body = element(),
      head = '',
      language = 'en',
      scripts = '',
      prepare,
    } = {}) {
      const visitor = await stage.visitor(options)
      await prepare?.(visitor)
      const policy = head === '' ? strictPolicy(baseUrl, scripts) : {}
      await visitor.page.goto(publisher.page(newspaperPage(baseUrl, body, head, language), policy))
      await visitor.page.locator('postbag-comments .box').first().waitFor()
      return visitor
    },
  }
}

/** What a receipt looks like. */
export const receiptForm = /^(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}$/

/** Takes a comment down. */
export async function takeDown({ stage }: Embedding, { moderator }: Site, id: string): Promise<void> {
  const made = await decision(stage.house, moderator.key, id, {
    action: 'unpublish',
    rules: ['respect'],
    reason: 'So.',
  })
  expect(made.status).toBe(201)
}

/** How the holder of a receipt sees what they sent. */
export async function held({ stage }: Embedding, receipt: string) {
  return (await ask(stage.house, 'GET', '/v1/receipt', { key: receipt })).body
}

/** What the page keeps: cookies of any origin, and all that its scripts can store. */
export async function keptBy({ context, page }: Visitor): Promise<unknown[]> {
  const stored = await page.evaluate(() => [
    ...Object.entries(localStorage),
    ...Object.entries(sessionStorage),
  ])
  return [...(await context.cookies()), ...stored]
}
