import type { PublicComment } from '../../../src/comments/comment.ts'
import { type Inquiry, leavesItsPlace, shownNow } from './inquiry.ts'
import { moveLasts } from './life.ts'
import { send } from './newsroom.ts'
import { readAll } from './passer-by.ts'
import type { CommentRow } from './record.ts'

/** Each article shows, over HTTP, what the lives of its comments say, and counts it right. */
export async function checkLists(inquiry: Inquiry): Promise<string[]> {
  const { room, record } = inquiry
  const answers = answersIn([...record.comments.values()])
  const faults: string[] = []
  for (const { key: site, articles } of room.sites) {
    const counts: Record<string, number> = {}
    for (const article of articles) {
      const { comments, count } = await readAll(room, site, article)
      const here = [...record.comments.values()].filter((one) => one.site === site && one.article === article)
      const expected = here.flatMap((comment) => expectedLine(inquiry, comment, answers))
      faults.push(...missing(expected, comments.map(line), `${site} ${article}`))
      counts[article] = expected.filter((one) => !one.endsWith(' gone')).length
      if (count !== counts[article]) faults.push(`${article} says ${count}, shown are ${counts[article]}`)
    }
    const asked = articles.map((article) => `article=${encodeURIComponent(article)}`).join('&')
    const { body } = await send(room, 'counts', 'GET', `/v1/sites/${site}/counts?${asked}`)
    if (JSON.stringify(body.counts) !== JSON.stringify(counts))
      faults.push(`${site} counts ${JSON.stringify(body.counts)}, not ${JSON.stringify(counts)}`)
  }
  return faults
}

/** Whatever anybody saw at any time was public then: a person had published it, it was due, and it said just that. */
export function checkGlimpses({ room, lives, words }: Inquiry): string[] {
  return room.ledger.glimpses.flatMap(({ comment, from, to, words: seen }) => {
    const shown = lives.get(comment)?.shown ?? []
    // Where a comment was, nothing of it is seen.
    if (seen === null)
      return shown.some((one) => one.from < to) ? [] : [`${comment} left a place, and never was`]
    const isRight = shown.some((one) => {
      const meant = words.get(`${comment} ${one.revision}`)
      return (
        one.from <= to &&
        from <= one.until + moveLasts &&
        meant?.text === seen.text &&
        meant.name === seen.name
      )
    })
    return isRight ? [] : [`${comment} was seen as ${JSON.stringify(seen)}, which was not public`]
  })
}

/** What each reader's receipt says is what became of their comment, as far as they may know. */
export async function checkReceipts(inquiry: Inquiry, every: number): Promise<string[]> {
  const { room, record, lives, words } = inquiry
  const faults: string[] = []
  const asked = [...room.ledger.comments.values()].filter((_one, index) => index % every === 0)
  await eachOf(asked, async ({ id, receipt, words: first, sentAgain }) => {
    const { body } = await send(room, 'receipt', 'GET', '/v1/receipt', { key: receipt })
    const comment = record.comments.get(id)
    const shown = shownNow(inquiry, id)
    const status = statusForReader(lives.get(id)?.stand.status, shown)
    if (body.id !== id || body.status !== status)
      faults.push(`${id} is ${status}, its receipt says ${body.status}`)
    const sent = comment?.erased ? undefined : (sentAgain.at(-1) ?? first).text
    if (body.submitted?.text !== sent) faults.push(`${id}: the receipt has other words than were sent`)
    const published = shown === undefined ? undefined : words.get(`${id} ${shown}`)?.text
    if (body.published?.text !== published) faults.push(`${id}: the receipt shows other words than everybody`)
  })
  return faults
}

function statusForReader(status: string | undefined, shown: number | undefined): string | undefined {
  if (status === 'second_review') return 'pending'
  return status === 'published' && shown === undefined ? 'pending' : status
}

function expectedLine(inquiry: Inquiry, comment: CommentRow, answers: Map<string, CommentRow[]>): string[] {
  const shown = shownNow(inquiry, comment.id)
  if (shown === undefined) return leavesItsPlace(inquiry, comment, answers) ? [`${comment.id} gone`] : []
  const words = inquiry.words.get(`${comment.id} ${shown}`)
  return [`${comment.id} ${JSON.stringify([words?.name, words?.text])}`]
}

function line({ id, name, text, gone }: PublicComment): string {
  return gone ? `${id} gone` : `${id} ${JSON.stringify([name, text])}`
}

function answersIn(comments: readonly CommentRow[]): Map<string, CommentRow[]> {
  const answers = new Map<string, CommentRow[]>()
  for (const comment of comments) {
    if (comment.parent !== null)
      answers.set(comment.parent, [...(answers.get(comment.parent) ?? []), comment])
  }
  return answers
}

/** What is in one list and not in the other, and what is there twice. */
export function missing(expected: readonly string[], found: readonly string[], where: string): string[] {
  const [wanted, given] = [new Set(expected), new Set(found)]
  return [
    ...expected.filter((one) => !given.has(one)).map((one) => `${where} lacks ${one}`),
    ...found.filter((one) => !wanted.has(one)).map((one) => `${where} has ${one}`),
    ...(given.size < found.length ? [`${where} has something twice`] : []),
  ]
}

/** Four at a time. */
export async function eachOf<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const left = [...all]
  const go = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await act(next)
  }
  await Promise.all([go(), go(), go(), go()])
}
