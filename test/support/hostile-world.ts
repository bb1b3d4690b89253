import { ask, type House } from './house.ts'
import { anArticle, aSite, type TestPerson } from './people.ts'

/** A site on which hostile strings are everywhere: its name, notice, terms and people, an article and its comments. */
export interface World {
  site: string
  /** where the comments are */
  article: string
  title: string
  name: string
  notice: string
  introduction: string
  rules: { code: string; title: string; text: string }[]
  /** who has a hostile pseudonym */
  rival: TestPerson
  /** each string that was taken, as the reader's words and name, waiting, as the API gives it */
  waiting: Waiting[]
  /** each string that was not taken, and why */
  refused: { text: string; status: number; code: string }[]
  /** all of them as one text */
  heap: string
}

interface Waiting {
  id: string
  sent: string
  receipt: string
  name: string | null
  text: string
}

/** Makes the world of so many strings (at most 60), with every one waiting for a decision. */
export async function openWorld(house: House, strings: readonly string[]): Promise<World> {
  const written = strings.map(publishable).filter((string) => string !== '')
  const name = packed(written, 200)
  const notice = packed(written, 2_000)
  const site = await aSite(house, {
    name,
    notice,
    origins: ['https://news.example'],
    limits: { textGraphemes: 20_000, textBytes: 65_536 },
  })
  const { introduction, rules } = await publishTerms(house, site, written)
  const article = packed(written, 300).replaceAll(/\p{Cc}/gu, ' ')
  const title = packed(written.toReversed(), 500)
  await anArticle(house, site, article, { title, url: 'https://news.example/?a=1&lt=2&quot;=%22' })
  const rival = await aRival(house, site, packed(written, 60))
  const sent = await eightAtOnce(strings, (string) => submit(house, { site, article }, string))
  return {
    site,
    article,
    title,
    name,
    notice,
    introduction,
    rules,
    rival,
    waiting: await asStored(house, site, sent),
    refused: sent
      .filter(({ status }) => status !== 202)
      .map(({ text, status, code }) => ({ text, status, code })),
    heap: strings.join('\n\n'),
  }
}

/** What a publisher may write of it: no control characters, no halves of pairs, trimmed; here with line breaks as HTML has them. */
export function publishable(string: string): string {
  return string
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]/g, '')
    .toWellFormed()
    .trim()
}

/** As many of them as have room, each on a line of its own; of a first one that is too long, its beginning. */
export function packed(strings: readonly string[], most: number): string {
  let pack = ''
  for (const string of strings) {
    const longer = pack === '' ? string : `${pack}\n${string}`
    if (longer.length <= most) pack = longer
  }
  return (pack || `${strings[0]}`.slice(0, most)).toWellFormed().trim()
}

/** Does the same with each, a few at a time, in order. */
export async function eightAtOnce<One, Made>(
  all: readonly One[],
  work: (one: One) => Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = []
  for (let at = 0; at < all.length; at += 8)
    made.push(...(await Promise.all(all.slice(at, at + 8).map(work))))
  return made
}

async function publishTerms(house: House, site: string, written: string[]) {
  const rules = written.map((text, at) => ({
    code: `r${at}`,
    title: packed([text], 120),
    text,
    permits: ['edit', 'reject', 'return', 'unpublish'],
  }))
  const made = await ask(house, 'POST', `/v1/sites/${site}/terms`, {
    key: house.admin,
    body: { introduction: packed(written, 10_000), rules },
  })
  expect(made.status).toBe(201)
  expect(made.body.rules.map((rule: { text: string }) => rule.text)).toEqual(written)
  return made.body
}

async function aRival(house: House, site: string, pseudonym: string): Promise<TestPerson> {
  const invited = await ask(house, 'POST', '/v1/people', {
    key: house.admin,
    body: { pseudonym, roles: [{ site, role: 'moderator' }] },
  })
  expect(invited.status).toBe(201)
  const { id } = invited.body
  const made = await ask(house, 'POST', '/v1/keys', {
    key: house.admin,
    body: { name: pseudonym, person: id, scopes: ['moderation'] },
  })
  expect(made.status).toBe(201)
  return { id, pseudonym, key: made.body.key }
}

async function submit(house: House, { site, article }: Pick<World, 'site' | 'article'>, text: string) {
  const url = `/v1/sites/${site}/articles/${encodeURIComponent(article)}/comments`
  const { status, body } = await ask(house, 'POST', url, {
    body: { text, name: Array.from(text).slice(0, 60).join('') },
  })
  return { text, status, code: body.code, id: body.id, receipt: body.receipt }
}

async function asStored(
  house: House,
  site: string,
  sent: { id: string; text: string; receipt: string }[],
): Promise<Waiting[]> {
  const queue = await ask(house, 'GET', `/v1/moderation/queue?site=${site}&limit=100`, { key: house.admin })
  expect(queue.status).toBe(200)
  return queue.body.comments.flatMap(({ id, name, text }: Waiting) =>
    sent
      .filter((one) => one.id === id)
      .map((one) => ({ id, name, text, sent: one.text, receipt: one.receipt })),
  )
}
