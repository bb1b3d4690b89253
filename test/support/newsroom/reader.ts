import { randomUUID } from 'node:crypto'
import type { PublicComment } from '../../../src/comments/comment.ts'
import type { Chance } from './chance.ts'
import type { SentComment } from './ledger.ts'
import { actor, listUrl, type Newsroom, type NewsSite, send } from './newsroom.ts'
import { floodWords, someWords, type Words } from './words.ts'

/** Somebody who reads and writes, now as this person and now as that. */
export interface Reader {
  chance: Chance
  own: SentComment[]
  /** tells all their texts from those of other readers */
  number: number
}

export function aReader(room: Newsroom, number: number): Reader {
  return { chance: actor(room, `reader ${number}`), own: [], number: (number + 1) * 1_000_000 }
}

/** Sends so many comments, a flood among them if there is one, and looks after those of before. */
export async function readAndWrite(
  room: Newsroom,
  reader: Reader,
  { comments, flood }: { comments: number; flood: number },
): Promise<void> {
  const { chance } = reader
  for (let left = comments - flood; left > 0; left -= 1) {
    await writeComment(room, reader)
    if (chance.happens(0.6)) await lookAfter(room, reader)
    if (chance.happens(0.15)) await reportComment(room, reader)
  }
  if (flood > 0) await writeFlood(room, reader, flood)
}

async function writeComment(room: Newsroom, reader: Reader): Promise<void> {
  const { chance } = reader
  const site = chance.one(room.sites)
  const article = chance.one(site?.articles ?? [])
  if (!site || article === undefined) return
  const parent = chance.happens(0.25) ? await somethingPublished(room, chance, site, article) : undefined
  reader.number += 1
  const words = someWords(chance, reader.number)
  const twice = chance.happens(0.1)
  await Promise.all(
    Array.from({ length: twice ? 2 : 1 }, submission(room, reader, site, article, words, parent, twice)),
  )
}

/** One way to send it, once or several times at once; twice with the same key is once. */
function submission(
  room: Newsroom,
  reader: Reader,
  { key: site }: NewsSite,
  article: string,
  words: Words,
  parent: string | undefined,
  withKey: boolean,
): () => Promise<void> {
  const headers = withKey ? { 'idempotency-key': randomUUID() } : {}
  return async () => {
    const answer = await send(room, 'submit', 'POST', listUrl(site, article), {
      headers,
      body: { ...words, ...(parent !== undefined && { parent }) },
    })
    if (answer.status !== 202) return
    const { id, receipt } = answer.body
    const known = room.ledger.comments.get(id)
    if (known) return expect({ receipt, withKey }).toEqual({ receipt: known.receipt, withKey: true })
    const sent: SentComment = {
      id,
      receipt,
      site,
      article,
      parent: parent ?? null,
      words,
      sentAgain: [],
      withdrawn: false,
      erased: false,
    }
    room.ledger.comments.set(id, sent)
    reader.own.push(sent)
  }
}

/** The same words again and again, four at a time. */
async function writeFlood(room: Newsroom, reader: Reader, many: number): Promise<void> {
  const { chance } = reader
  const site = chance.one(room.sites)
  const article = chance.one(site?.articles ?? [])
  if (!site || article === undefined) return
  const number = chance.below(1_000_000_000)
  for (let left = many; left > 0; left -= 4) {
    const sendOne = () =>
      submission(room, reader, site, article, floodWords(chance, number), undefined, false)()
    await Promise.all(Array.from({ length: Math.min(4, left) }, sendOne))
  }
}

async function somethingPublished(
  room: Newsroom,
  chance: Chance,
  { key }: NewsSite,
  article: string,
): Promise<string | undefined> {
  const answer = await send(room, 'list', 'GET', `${listUrl(key, article)}?limit=10`)
  const comments: PublicComment[] = answer.body.comments
  return chance.one(comments.filter(({ gone }) => !gone))?.id
}

/** Asks what became of a comment, and answers that. */
async function lookAfter(room: Newsroom, { chance, own }: Reader): Promise<void> {
  const comment = chance.one(own.slice(-60))
  if (!comment) return
  const { body } = await send(room, 'receipt', 'GET', '/v1/receipt', { key: comment.receipt })
  if (chance.happens(0.04)) return withdraw(room, comment, chance.happens(0.4))
  if (body.status === 'returned' && chance.happens(0.6)) return sendAgain(room, chance, comment)
  if (body.appealUntil !== undefined ? chance.happens(0.6) : chance.happens(0.02)) await appeal(room, comment)
}

async function withdraw(room: Newsroom, comment: SentComment, erasing: boolean): Promise<void> {
  const { receipt: key } = comment
  const answer = erasing
    ? await send(room, 'erase', 'POST', '/v1/receipt/erasure', { key })
    : await send(room, 'withdraw', 'DELETE', '/v1/receipt', { key })
  comment.withdrawn ||= answer.status === 204
  comment.erased ||= erasing && answer.status === 204
}

async function sendAgain(room: Newsroom, chance: Chance, comment: SentComment): Promise<void> {
  const words = { ...comment.words, text: `${comment.words.text} ${chance.below(1_000)}` }
  const { receipt: key } = comment
  const answer = await send(room, 'send again', 'PUT', '/v1/receipt/text', { key, body: words })
  if (answer.status === 200) comment.sentAgain.push(words)
}

async function appeal(room: Newsroom, { id, receipt }: SentComment): Promise<void> {
  const text = 'Please read the article again.'
  const answer = await send(room, 'appeal', 'POST', '/v1/receipt/appeal', { key: receipt, body: { text } })
  if (answer.status === 202) room.ledger.appeals.push({ comment: id, receipt, text })
}

/** Appeals with the receipt of a report that says that its comment was kept, if one of a few does. */
async function appealAgainstKeeping(room: Newsroom, chance: Chance): Promise<void> {
  for (let left = 4; left > 0; left -= 1) {
    const report = chance.one(room.ledger.reports.slice(-30))
    if (!report) return
    const { id, comment, receipt: key } = report
    const { body } = await send(room, 'receipt', 'GET', '/v1/receipt', { key })
    if (body.appealUntil === undefined) continue
    const asked = { text: 'Please read the comment again.' }
    const answer = await send(room, 'appeal report', 'POST', '/v1/receipt/appeal', { key, body: asked })
    if (answer.status === 202) room.ledger.reportersAppeals.push({ report: id, comment })
    return
  }
}

async function reportComment(room: Newsroom, { chance }: Reader): Promise<void> {
  if (chance.happens(0.7)) await appealAgainstKeeping(room, chance)
  const earlier = chance.one(room.ledger.reports.slice(-10))
  if (earlier && chance.happens(0.1)) {
    const answer = await send(room, 'take report back', 'DELETE', '/v1/receipt', { key: earlier.receipt })
    earlier.takenBack ||= answer.status === 204
    return
  }
  const site = chance.one(room.sites)
  const article = chance.one(site?.articles ?? [])
  const comment = site && article !== undefined && (await somethingPublished(room, chance, site, article))
  if (!site || !comment) return
  const kind = chance.happens(0.8)
    ? { kind: 'rule', rule: 'respect' }
    : { kind: 'law', country: 'DE', goodFaith: true, name: 'A. Reader' }
  const answer = await send(room, 'report', 'POST', `/v1/sites/${site.key}/comments/${comment}/reports`, {
    body: { ...kind, danger: chance.happens(0.1), explanation: 'It insults a reader.' },
  })
  if (answer.status !== 202) return
  const { id, receipt } = answer.body
  room.ledger.reports.push({ id, receipt, comment, takenBack: false })
}
