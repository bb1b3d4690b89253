import { acceptable, type Hostile } from './inputs.ts'
import type { Case } from './requests.ts'
import type { Asked } from './service.ts'
import { inJson, sites, type World } from './world.ts'

/** Pages of hostile texts that are stored already: what waits, and what is published. */
export function storedTexts(texts: Hostile[]): Case[] {
  return texts.filter(isTelling).flatMap(pagesOf)
}

/** Those that make the most of a page, or take the longest to write on it. */
const telling = new Set([
  'less-than signs',
  'quotation marks',
  'addresses with a query',
  'private use between letters',
  'two alphabets in every word',
  'Khmer with spaces of no width',
  'letters under thirty marks in descending classes',
  'rare Han, ever another one',
  'fillers',
])

function isTelling({ what }: Hostile): boolean {
  return telling.has(what)
}

function pagesOf(hostile: Hostile, at: number): Case[] {
  const text = acceptable(hostile)
  const article = `stored-${at}`
  const path = `/v1/sites/${sites.edits}/articles/${article}`
  const publish = once(async (world: World) => {
    await world.service.ask(world.asAdmin('PUT', path, { title: 'Long comments' }))
    for (let count = 0; count < 50; count += 1) {
      const { id } = await world.comment(sites.edits, text, article)
      await world.decide(id, { action: 'approve' })
    }
  })
  let key = ''
  const wait = once(async (world: World) => {
    await world.service.ask(world.asAdmin('PUT', `/v1/sites/${site(at)}`, { limits: largest }))
    await world.service.ask(world.asAdmin('PUT', `/v1/sites/${site(at)}/articles/news`, { title: 'News' }))
    for (let count = 0; count < 50; count += 1) await world.comment(site(at), text)
    key = await world.moderator(site(at))
  })
  const asModerator = (where: string): Asked => ({
    method: 'GET',
    path: where,
    headers: { authorization: `Bearer ${key}` },
  })
  const fifty = `fifty comments of ${hostile.what}`
  return [
    page(
      `the list of ${fifty}`,
      after(publish, () => ({ method: 'GET', path: `${path}/comments` })),
    ),
    page(
      `the page of ${fifty}`,
      after(publish, () => ({ method: 'GET', path: `/${sites.edits}/articles/${article}` })),
    ),
    page(
      `the queue with ${fifty}`,
      after(wait, () => asModerator('/v1/moderation/queue')),
    ),
    page(
      `the desk with ${fifty}`,
      after(wait, () => asModerator('/desk')),
    ),
    {
      what: `one more than ${fifty}, a little different`,
      answers: [202],
      prepare: after(wait, () =>
        inJson('POST', `/v1/sites/${site(at)}/articles/news/comments`, {
          text: `Not quite the same. ${text.slice(200)}`.toWellFormed(),
        }),
      ),
    },
  ]
}

/** Asks once all that is ready. */
function after(ready: (world: World) => Promise<void>, asked: (world: World) => Asked): Case['prepare'] {
  return async (world) => {
    await ready(world)
    return asked(world)
  }
}

const largest = { textGraphemes: 20_000, textBytes: 65_536, nameGraphemes: 200 }

function site(at: number): string {
  return `waiting-${at}`
}

function page(what: string, prepare: Case['prepare']): Case {
  return { what, answers: [200], prepare }
}

/** What is made ready by the first of several runs. */
function once(make: (world: World) => Promise<void>): (world: World) => Promise<void> {
  let made: Promise<void> | undefined
  return (world) => (made ??= make(world))
}
