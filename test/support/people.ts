import { randomBytes } from 'node:crypto'
import { ask, type House } from './house.ts'

/** A site that publishes at once, with an open article called `news`; its key. */
export async function aSite(house: House, settings: Record<string, unknown> = {}): Promise<string> {
  const site = `site-${randomBytes(4).toString('hex')}`
  const made = await ask(house, 'PUT', `/v1/sites/${site}`, {
    key: house.admin,
    body: { name: 'The Test Gazette', publishDelay: 0, times: 'minute', ...settings },
  })
  expect(made.status).toBe(201)
  await anArticle(house, site, 'news')
  return site
}

export async function anArticle(
  house: House,
  site: string,
  key: string,
  settings: Record<string, unknown> = {},
): Promise<void> {
  const made = await ask(house, 'PUT', `/v1/sites/${site}/articles/${encodeURIComponent(key)}`, {
    key: house.admin,
    body: { title: `About ${key}`, ...settings },
  })
  expect(made.status).toBe(201)
}

export interface TestPerson {
  id: string
  pseudonym: string
  key: string
}

/** A person with a role on a site, and a key that decides. */
export async function aPerson(
  house: House,
  site: string,
  role: 'moderator' | 'editor' | 'admin' = 'moderator',
  languages: string[] = [],
): Promise<TestPerson> {
  const pseudonym = `${role} ${randomBytes(4).toString('hex')}`
  const roles = role === 'admin' ? [] : [{ site, role, languages }]
  const invited = await ask(house, 'POST', '/v1/people', {
    key: house.admin,
    body: { pseudonym, admin: role === 'admin', roles },
  })
  expect(invited.status).toBe(201)
  const made = await ask(house, 'POST', '/v1/keys', {
    key: house.admin,
    body: { name: pseudonym, person: invited.body.id, scopes: ['moderation', 'articles', 'administration'] },
  })
  expect(made.status).toBe(201)
  return { id: invited.body.id, pseudonym, key: made.body.key }
}

export interface TestComment {
  id: string
  receipt: string
}

/** A reader's comment, waiting. */
export async function aComment(
  house: House,
  site: string,
  body: Record<string, unknown> = {},
  article = 'news',
): Promise<TestComment> {
  const sent = await ask(
    house,
    'POST',
    `/v1/sites/${site}/articles/${encodeURIComponent(article)}/comments`,
    {
      body: { text: 'A comment with something to say.', ...body },
    },
  )
  expect(sent.status).toBe(202)
  return { id: sent.body.id, receipt: sent.body.receipt }
}

/** Decides about a comment as it stands now, or about `version`. */
export async function decision(
  house: House,
  key: string,
  id: string,
  asked: Record<string, unknown>,
  version?: number,
) {
  const tag = version === undefined ? await currentTag(house, key, id) : `"${version}"`
  return ask(house, 'POST', `/v1/moderation/comments/${id}/decisions`, {
    key,
    body: asked,
    headers: { 'if-match': tag },
  })
}

async function currentTag(house: House, key: string, id: string): Promise<string> {
  const { headers } = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key })
  return String(headers['etag'])
}

/** The published comments of an article, as everybody sees them. */
export async function published(house: House, site: string, article = 'news', query = '') {
  const list = await ask(
    house,
    'GET',
    `/v1/sites/${site}/articles/${encodeURIComponent(article)}/comments${query}`,
  )
  expect(list.status).toBe(200)
  return list.body.comments
}

/** A comment's receipt as its reader sees it. */
export async function receiptOf(house: House, receipt: string) {
  const answer = await ask(house, 'GET', '/v1/receipt', { key: receipt })
  expect(answer.status).toBe(200)
  return answer.body
}
