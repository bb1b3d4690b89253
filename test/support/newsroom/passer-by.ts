import type { PublicComment } from '../../../src/comments/comment.ts'
import type { Chance } from './chance.ts'
import { listUrl, type Newsroom, send } from './newsroom.ts'

/** Reads pages of articles while others work, and remembers all that was there. */
export async function passBy(room: Newsroom, chance: Chance, pages: number): Promise<void> {
  for (let left = pages; left > 0; left -= 1) {
    const site = chance.one(room.sites)
    const article = chance.one(site?.articles ?? [])
    if (!site || article === undefined) return
    const from = room.now()
    const answer = await send(room, 'list', 'GET', `${listUrl(site.key, article)}?limit=20`)
    const comments: PublicComment[] = answer.body.comments
    for (const { id, name, text } of comments) {
      const words = text === null ? null : { name, text }
      room.ledger.glimpses.push({ comment: id, from, to: room.now(), words })
    }
  }
}

/** Everything that an article shows, page after page, and how many comments it says that this is. */
export async function readAll(
  room: Newsroom,
  site: string,
  article: string,
): Promise<{ comments: PublicComment[]; count: number }> {
  const url = listUrl(site, article)
  const comments: PublicComment[] = []
  let count = 0
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await send(room, 'list', 'GET', `${url}?limit=50${cursor && `&cursor=${cursor}`}`)
    const page: PublicComment[] = body.comments
    comments.push(...page)
    for (const { id, moreReplies } of page) {
      if (moreReplies !== undefined) comments.push(...(await readReplies(room, url, id, moreReplies)))
    }
    count = body.article.count
    cursor = body.next
  }
  return { comments, count }
}

async function readReplies(
  room: Newsroom,
  url: string,
  root: string,
  first: string,
): Promise<PublicComment[]> {
  const comments: PublicComment[] = []
  for (let cursor: string | null = first; cursor !== null; ) {
    const { body } = await send(room, 'list', 'GET', `${url}?parent=${root}&limit=100&cursor=${cursor}`)
    comments.push(...body.comments)
    cursor = body.next
  }
  return comments
}
