import { randomBytes, randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type Chance, chanceOf } from '../support/newsroom/chance.ts'
import { type Asked, asker, type Said } from './asking.ts'
import type { Intention, Ledger } from './ledger.ts'

interface LivesOptions {
  /** what all of its comments begin with, unlike those of every other client */
  name: string
  seed: number
  /** of the services: any may be asked */
  ports: number[]
  /** of a person who decides */
  key: string
  ledger: Ledger
}

/** A site that publishes at once, and one on which everything can be undone for two minutes. */
export const sites = { swift: 0, slow: 120 } as const
export const articles = ['ferry', 'harbour', 'market', 'school'] as const

/** Of what shows under this one, nothing is ever taken down. */
export const steady = 'ferry'

/** Where the comments of an article are sent to and read. */
export function listOf(site: string, article: string): string {
  return `/v1/sites/${site}/articles/${article}/comments`
}

/** A comment as its one client knows it. */
interface Known {
  mark: string
  site: string
  article: string
  id: string
  receipt: string
  version: number
}

/** What is told of an intention: which of its members the comment does not say already. */
type Wish = Pick<Intention, 'what' | 'action' | 'text' | 'isRival'>

/**
 * Lives of comments, one after the other, as often as wanted at the same time: each is sent by a reader and perhaps
 * sent again, taken back, decided about, undone, returned and resubmitted. Nobody else touches it. Whoever hears
 * nothing certain asks for the same thing again, but for one in twenty, who gives up.
 */
export function lives({ name, seed, ports, key, ledger }: LivesOptions) {
  const { ask, close } = asker()
  let intentions = 0
  let born = 0
  let turn = 0

  /** What became of it for certain; undefined where somebody gave up. `isUncertain`: an earlier try may have done it. */
  async function pursue(
    chance: Chance,
    comment: Pick<Known, 'mark' | 'site' | 'article' | 'version'>,
    wish: Wish,
    asked: Asked,
  ): Promise<(Said & { wasUncertain: boolean }) | undefined> {
    const { mark, site, article, version } = comment
    const n = (intentions += 1)
    const givesUp = chance.happens(0.05)
    await ledger.intend({ n, at: Date.now(), mark, site, article, version, ...wish })
    for (let tries = 0; ; tries += 1) {
      const port = ports[(turn += 1) % ports.length] ?? 0
      const said = await ask(port, asked)
      const { status, retryAfter, body } = said
      const code = text(body['code'])
      ledger.hear({
        n,
        at: Date.now(),
        status,
        port,
        ...(code !== undefined && { code }),
        ...(status < 300 && { id: text(body['id']), receipt: text(body['receipt']), version: made(body) }),
        ...(status === 503 && { retryAfter }),
      })
      if (isCertain(status, code)) return { ...said, wasUncertain: tries > 0 }
      if (givesUp) return undefined
      await delay(20 + randomInt(Math.min(40 * 2 ** tries, 400)))
    }
  }

  async function live(): Promise<void> {
    const number = (born += 1)
    const chance = chanceOf(seed, `${name} ${number}`)
    const mark = `${name}-${number}`
    const site = chance.one(['swift', 'slow']) ?? 'swift'
    const article = chance.one(articles) ?? 'ferry'
    const sent = `${mark} ${someWords(chance)}`
    const submission: Asked = {
      method: 'POST',
      path: listOf(site, article),
      headers: { 'idempotency-key': randomBytes(24).toString('base64url') },
      body: { text: sent },
    }
    const place = { mark, site, article, version: 0 }
    const wish = { action: 'submit', text: sent } as const
    const said = await pursue(chance, place, { what: 'submit', ...wish }, submission)
    if (said?.status !== 202) return
    const comment = {
      ...place,
      id: String(said.body['id']),
      receipt: String(said.body['receipt']),
      version: 1,
    }
    if (chance.happens(0.05)) await pursue(chance, place, { what: 'submit again', ...wish }, submission)
    await chance.weighed(ways)({ chance, comment, withdraw, decide, resubmit, look })
  }

  /** Whether the comment's next version is certainly there. */
  async function decide(chance: Chance, comment: Known, body: Decided, isRival?: true): Promise<boolean> {
    const asked: Asked = {
      method: 'POST',
      path: `/v1/moderation/comments/${comment.id}/decisions`,
      headers: { authorization: `Bearer ${key}`, 'if-match': `"${comment.version}"` },
      body,
    }
    const { action } = body
    const said = await pursue(chance, comment, { what: 'decide', action, text: body.text, isRival }, asked)
    // Whoever heard nothing, and then that somebody came first, was it themselves.
    const isMade = said?.status === 201 || (said?.status === 412 && said.wasUncertain)
    if (isMade) comment.version += 1
    return isMade
  }

  async function withdraw(chance: Chance, comment: Known): Promise<boolean> {
    const said = await pursue(
      chance,
      comment,
      { what: 'withdraw', action: 'withdraw' },
      { method: 'DELETE', path: '/v1/receipt', headers: { authorization: `Bearer ${comment.receipt}` } },
    )
    return said?.status === 204
  }

  async function resubmit(chance: Chance, comment: Known): Promise<boolean> {
    const sent = `${comment.mark} ${someWords(chance)}`
    const said = await pursue(
      chance,
      comment,
      { what: 'resubmit', action: 'resubmit', text: sent },
      {
        method: 'PUT',
        path: '/v1/receipt/text',
        headers: { authorization: `Bearer ${comment.receipt}` },
        body: { text: sent },
      },
    )
    const isMade = said?.status === 200 || (said?.status === 409 && said.wasUncertain)
    if (isMade) comment.version += 1
    return isMade
  }

  async function look(chance: Chance, comment: Known): Promise<void> {
    const asked: Asked = {
      method: 'GET',
      path: '/v1/receipt',
      headers: { authorization: `Bearer ${comment.receipt}` },
    }
    await pursue(chance, comment, { what: 'read receipt', action: 'none' }, asked)
  }

  return { live, close }
}

interface Decided {
  action: string
  rules?: string[]
  reason?: string
  text?: string
}

/** What a life is told with. */
interface Telling {
  chance: Chance
  comment: Known
  decide: (chance: Chance, comment: Known, body: Decided, isRival?: true) => Promise<boolean>
  withdraw: (chance: Chance, comment: Known) => Promise<boolean>
  resubmit: (chance: Chance, comment: Known) => Promise<boolean>
  look: (chance: Chance, comment: Known) => Promise<void>
}

const approval: Decided = { action: 'approve' }
const rejection: Decided = { action: 'reject', rules: ['topic'], reason: 'It is about another thing.' }
const returning: Decided = { action: 'return', rules: ['topic'], reason: 'Please say how it connects.' }

/** What may happen to a comment, and how often. Each goes on only while what came before is certain. */
const ways: [choice: (telling: Telling) => Promise<unknown>, weight: number][] = [
  [async () => undefined, 70],
  [({ chance, comment, look }) => look(chance, comment), 4],
  [({ chance, comment, withdraw }) => withdraw(chance, comment), 6],
  [
    async ({ chance, comment, decide, withdraw }) =>
      (await decide(chance, comment, approval)) &&
      comment.article !== steady &&
      chance.happens(0.3) &&
      withdraw(chance, comment),
    6,
  ],
  [
    async ({ chance, comment, decide }) => {
      const edited = `${comment.mark} ${someWords(chance)}`
      return decide(chance, comment, {
        action: 'edit',
        rules: ['respect'],
        reason: 'No insults.',
        text: edited,
      })
    },
    2,
  ],
  [
    async ({ chance, comment, decide }) =>
      (await decide(chance, comment, chance.happens(0.5) ? approval : rejection)) &&
      comment.site === 'slow' &&
      (await decide(chance, comment, { action: 'undo' })) &&
      decide(chance, comment, rejection),
    6,
  ],
  [
    async ({ chance, comment, decide, resubmit }) =>
      (await decide(chance, comment, returning)) &&
      (await resubmit(chance, comment)) &&
      decide(chance, comment, approval),
    4,
  ],
  [
    ({ chance, comment, decide }) =>
      Promise.all([approval, rejection].map((one) => decide(chance, { ...comment }, one, true))),
    2,
  ],
]

/** An answer after which nobody need ask again. */
function isCertain(status: number, code: string | undefined): boolean {
  return status >= 200 && status < 500 && status !== 429 && code !== 'still_running'
}

function made(body: Record<string, unknown>): number | undefined {
  return typeof body['version'] === 'number' ? body['version'] : undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

const vocabulary =
  'boat ferry evening harbour market school council bridge winter price ticket bus teacher road river late early always never because while people town island weather morning work family children pay open closed again should could would think hope heard saw said asked wrote about with without after before under over'.split(
    ' ',
  )

function someWords(chance: Chance): string {
  const words = Array.from({ length: 8 + chance.below(24) }, () => chance.one(vocabulary) ?? '')
  return `${words.join(' ')}.`
}
