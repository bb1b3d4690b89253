import type { Answer } from '../api/client.ts'
import type { Comment } from '../api/shapes.ts'
import type { HeldState } from '../frame/held-state.ts'
import { claimed, type Filter, isWithin } from '../frame/place.ts'
import type { Drafts } from './drafts.ts'
import type { Service } from './service.ts'
import * as work from './work.ts'
import { current, missing, type Work } from './work.ts'

interface ClaimTools {
  service: Service
  drafts: Drafts
  held: HeldState<Work>
  later: (milliseconds: number, what: () => void) => void
  heard: <Data>(asked: Promise<Answer<Data>>) => Promise<Answer<Data>>
}

/** Milliseconds until comments are asked for again where no answer came. */
const askAgainAfter = 5_000

/** Holds comments for one moderator: those that are wanted, as many as are read next, and as long as they are read. */
export function openClaims({ service, drafts, held, later, heard }: ClaimTools) {
  let filter: Filter = {}

  /** Takes up what is held already, and asks for what is missing. */
  async function take(from: Filter): Promise<void> {
    filter = from
    const renewal = await heard(service.renew())
    if (renewal.kind === 'given') keep(renewal.data)
    await fill()
  }

  function keep(comments: readonly Comment[]): void {
    for (const comment of comments) {
      if (!isWithin(filter, comment) && !drafts.read(comment.id)) void service.release(comment.id)
    }
    const kept = comments.filter((one) => isWithin(filter, one) || drafts.read(one.id))
    held.change((before) => work.came(before, kept, 0))
  }

  /** Other comments are wanted from now on; what is begun stays. */
  async function narrow(to: Filter): Promise<void> {
    if (JSON.stringify(claimed(to)) === JSON.stringify(claimed(filter))) return
    filter = to
    const { held: before } = held.get()
    const gone = before.filter((one) => !isWithin(to, one) && !drafts.read(one.id))
    held.change((now) =>
      gone.reduce<Work>((rest, { id }) => work.without(rest, id), { ...now, isDry: false }),
    )
    await Promise.all(gone.map(({ id }) => heard(service.release(id))))
    await fill()
  }

  async function fill(): Promise<void> {
    const count = missing(held.get())
    if (count === 0) return
    held.change((before) => work.asking(before, count))
    const answer = await heard(service.claim(filter, count))
    const comments = answer.kind === 'given' ? answer.data : []
    held.change((before) => work.came(before, comments, count))
    if (answer.kind === 'lost') later(askAgainAfter, () => void fill())
  }

  /** Holds what is held for longer; what somebody else has taken meanwhile goes, unless it is being read. */
  async function renew(): Promise<void> {
    const renewal = await heard(service.renew())
    if (renewal.kind !== 'given') return
    const mine = new Set(renewal.data.map(({ id }) => id))
    const read = current(held.get())?.id
    const lapsed = held.get().held.filter(({ id }) => id !== read && !mine.has(id))
    held.change((before) => lapsed.reduce((rest, { id }) => work.without(rest, id), before))
    if (held.get().held.length < work.heldAtOnce) await fill()
  }

  return { take, narrow, fill, renew, wanted: () => claimed(filter) }
}
