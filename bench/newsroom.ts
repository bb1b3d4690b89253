import type { Client } from 'pg'
import { keyring } from '../src/http/keyring.ts'
import { sealCursor } from '../src/http/paging.ts'
import { aModerator, aSite, commentsOn, withKey } from './desk.ts'
import type { Asked } from './service.ts'
import type { Stage } from './stage.ts'
import { type Answered, type Wire, wire, written } from './wire.ts'

export const works = [
  'a first page',
  'a first page of the longest article',
  'a late page of the longest article',
  'submit',
  'a receipt',
  'claim 5',
  'decide',
  'a page of 50 of the queue',
] as const
export type Work = (typeof works)[number]

/** A site with so many comments, and everything that people do there, one at a time. */
export interface Newsroom {
  comments: number
  owner: Client
  /** does it once, with what may be watched just around the one request; how many milliseconds that took */
  work: (work: Work, watch?: Watch) => Promise<number>
}

interface Watch {
  begin: () => Promise<void>
  end: () => Promise<void>
}

/** Comments of the longest article, where there are enough. */
const longest = 100_000
/** Of the other articles, so many are read, from all over the table. */
const read = 50

/**
 * Fills a stage: a tenth of the comments waits, four tenths show in articles of 50 each, a quarter but at most 100,000 in
 * one article, and the rest was rejected.
 */
export async function openNewsroom(stage: Stage, comments: number): Promise<Newsroom> {
  const service = await stage.service()
  await aSite(service, { publishDelay: 0 })
  const { key } = await aModerator(service, 'bench')
  const articles = Math.floor((comments * 0.4) / 50)
  const long = Math.min(longest, comments / 4)
  const waiting = comments / 10
  await stage.crowd(
    {
      site: 'bench',
      waiting,
      published: { articles: 1, each: long, word: 'long' },
      rejected: comments - waiting - articles * 50 - long,
    },
    { site: 'bench', published: { articles, each: 50 } },
  )
  const places = await placesIn(stage.owner, keyring(stage.secrets.POSTBAG_SECRET).cursors, long)

  const { ask, send } = talker(service.port, key)
  let watched: Watch | undefined
  let took = 0
  /** The one request of a work; what else is asked only leads up to it. */
  async function timed(request: () => Promise<string>): Promise<string> {
    await watched?.begin()
    const began = performance.now()
    const body = await request()
    took = performance.now() - began
    await watched?.end()
    return body
  }

  let nth = 0
  /** A page that is not in memory: under each spelling of its address, a page is kept by itself. */
  async function page(path: string): Promise<void> {
    const body = await timed(() => ask('200', 'GET', spelledAnew(path, nth)))
    if (JSON.parse(body).comments.length !== 50) throw new Error(`Not a page of 50: ${path}`)
  }
  let receipt = ''
  async function submit(): Promise<void> {
    const text = `Number ${nth} says that the boat was late again. `.repeat(6)
    const body = await timed(() => ask('202', 'POST', commentsOn('news'), { body: JSON.stringify({ text }) }))
    receipt = JSON.parse(body).receipt
  }
  const claim = async (): Promise<{ id: string; version: number }[]> =>
    JSON.parse(await send('200', 'POST', '/v1/moderation/claims', { site: 'bench', limit: 5 })).comments
  const release = () => send('204', 'DELETE', '/v1/moderation/claims')

  const all: Record<Work, () => Promise<void>> = {
    'a first page': () => page(commentsOn(`article-${1 + Math.floor(((nth % read) * articles) / read)}`)),
    'a first page of the longest article': () => page(commentsOn('long-1')),
    'a late page of the longest article': () =>
      page(`${commentsOn('long-1')}?cursor=${places[nth % places.length]}`),
    submit,
    async 'a receipt'() {
      const headers = { authorization: `Bearer ${receipt}` }
      await timed(() => ask('200', 'GET', '/v1/receipt', { headers }))
    },
    async 'claim 5'() {
      let claimed: unknown[] = []
      await timed(async () => {
        claimed = await claim()
        return ''
      })
      await release()
      if (claimed.length !== 5) throw new Error('There were not five to claim.')
    },
    async decide() {
      const [first] = await claim()
      if (!first) throw new Error('There was nothing to decide.')
      const path = `/v1/moderation/comments/${first.id}/decisions`
      await timed(() => send('201', 'POST', path, { action: 'approve' }, first.version))
      await release()
    },
    async 'a page of 50 of the queue'() {
      const body = await timed(() => send('200', 'GET', '/v1/moderation/queue?site=bench&limit=50'))
      if (JSON.parse(body).comments.length !== 50) throw new Error('Not a page of 50 of the queue.')
    },
  }
  return {
    comments,
    owner: stage.owner,
    async work(work, watch) {
      watched = watch
      nth += 1
      await all[work]()
      return took
    },
  }
}

/**
 * Speaks with the service over one connection, as anybody or with this key; each time from another address. It is made
 * when it is used first, because the service ends one on which nothing is said.
 */
function talker(port: number, key: string) {
  let failed: Error | undefined
  let connection: Wire | undefined
  let asked = 0
  async function ask(
    status: string,
    method: string,
    path: string,
    more?: Parameters<typeof written>[3],
  ): Promise<string> {
    if (failed) throw failed
    connection ??= wire(port, true, (error) => (failed = error))
    const { ask: send } = connection
    const request = written(method, path, (asked += 1), more)
    const answer = await new Promise<Answered>((resolve) => send(request, resolve))
    if (answer.status !== status) throw new Error(`${request}\n${answer.status} ${answer.body}`)
    return answer.body
  }
  const send = (status: string, method: Asked['method'], path: string, body?: unknown, version?: number) =>
    ask(status, method, path, withKey(key, method, path, body, version))
  return { ask, send }
}

/** Cursors to places all over the second half of the longest article. */
async function placesIn(owner: Client, key: Buffer, long: number): Promise<string[]> {
  const { rows } = await owner.query<{ article: string; shown_at: string; id: string }>(
    `select article_id as article, to_jsonb(first_shown_at) #>> '{}' as shown_at, id
       from (select c.*, row_number() over (order by c.first_shown_at desc, c.id desc) as place
               from comment c join article a on a.id = c.article_id
              where a.site = 'bench' and a.key = 'long-1') as listed
      where place > $1 and place % $2 = 0 and place <= $3`,
    [long / 2, Math.floor((long / 2 - 60) / read), long - 60],
  )
  return rows.map(({ article, shown_at, id }) => sealCursor(key, 'threads newest', [article, shown_at, id]))
}

/** The same address, in which a number decides which letters are spelled as per cents. */
function spelledAnew(address: string, number: number): string {
  const [path = '', query] = address.split('?')
  let left = number
  const spelled = path.replace(/[a-z]/g, (letter) => {
    const isPlain = left % 2 === 0
    left = Math.floor(left / 2)
    return isPlain ? letter : `%${letter.charCodeAt(0).toString(16)}`
  })
  return query === undefined ? spelled : `${spelled}?${query}`
}
