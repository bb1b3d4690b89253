import { type Answer, answerTo, api } from '../api/client.ts'
import type { Comment, CommentToJudge, History } from '../api/shapes.ts'
import { type Lettered, lettered } from '../deciding/rule-letters.ts'
import { type HeldState, heldState } from '../frame/held-state.ts'

/** What is known of the comments that are held, besides what came with them. */
interface Known {
  /** by `site version` of the terms */
  rules: ReadonlyMap<string, readonly Lettered[]>
  /** by the comment's id */
  pasts: ReadonlyMap<string, Past>
}

/** What happened before, for one version of a comment. */
export interface Past {
  version: number
  history: History
  judged: CommentToJudge
}

export interface Details {
  known: HeldState<Known>
  /** Fetches rules, and the past of those that have one; forgets what is held no more. */
  prepare: (comments: readonly Comment[]) => void
  /** Fetches what happened before, also of a comment without a past worth showing unasked. */
  fetchPast: (comment: Comment) => Promise<void>
}

type Heard = <Data>(asked: Promise<Answer<Data>>) => Promise<Answer<Data>>

export function openDetails(heard: Heard): Details {
  const known = heldState<Known>({ rules: new Map(), pasts: new Map() })
  const underWay = new Set<string>()

  async function once(key: string, fetch: () => Promise<void>): Promise<void> {
    if (underWay.has(key)) return
    underWay.add(key)
    await fetch()
    underWay.delete(key)
  }

  function fetchRules({ site, termsVersion }: Comment): Promise<void> {
    const key = rulesKey({ site, termsVersion })
    return once(key, async () => {
      const path = { site, version: termsVersion }
      const answer = await heard(answerTo(api.GET('/v1/sites/{site}/terms/{version}', { params: { path } })))
      if (answer.kind !== 'given') return
      const rules = lettered(answer.data.rules)
      known.change((before) => ({ ...before, rules: new Map([...before.rules, [key, rules]]) }))
    })
  }

  function fetchPast({ id, version }: Comment): Promise<void> {
    return once(`${id} ${version}`, async () => {
      const params = { path: { id } }
      const [history, judged] = await Promise.all([
        heard(answerTo(api.GET('/v1/moderation/comments/{id}/history', { params }))),
        heard(answerTo(api.GET('/v1/moderation/comments/{id}', { params }))),
      ])
      if (history.kind !== 'given' || judged.kind !== 'given') return
      const past = { version, history: history.data, judged: judged.data }
      known.change((before) => ({ ...before, pasts: new Map([...before.pasts, [id, past]]) }))
    })
  }

  return {
    known,
    prepare(comments) {
      const { rules, pasts } = known.get()
      const ids = new Set(comments.map(({ id }) => id))
      const kept = [...pasts].filter(([id]) => ids.has(id))
      if (kept.length < pasts.size) known.change((before) => ({ ...before, pasts: new Map(kept) }))
      for (const comment of comments) {
        if (!rules.has(rulesKey(comment))) void fetchRules(comment)
        const isKnown = pasts.get(comment.id)?.version === comment.version
        if (hasPast(comment) && !isKnown) void fetchPast(comment)
      }
    },
    fetchPast,
  }
}

export function rulesKey({ site, termsVersion }: Pick<Comment, 'site' | 'termsVersion'>): string {
  return `${site} ${termsVersion}`
}

/** Whether a comment is understood only by others, or by what was done about it before. */
function hasPast({ version, parent, staff, danger, signals }: Comment): boolean {
  const repeats = signals.some(({ code }) => code === 'repeat')
  return version > 1 || parent !== null || staff === true || danger === true || repeats
}
