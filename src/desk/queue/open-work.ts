import type { Answer } from '../api/client.ts'
import type { Comment, Decision, DecisionMade, Problem } from '../api/shapes.ts'
import { type HeldState, heldState } from '../frame/held-state.ts'
import type { Filter } from '../frame/place.ts'
import { texts } from '../texts.ts'
import { openClaims } from './claims.ts'
import type { Drafts } from './drafts.ts'
import type { SentShelf } from './sent-shelf.ts'
import type { Service } from './service.ts'
import * as work from './work.ts'
import { current, noWork, type Sent, type Work } from './work.ts'

export interface WorkTools {
  service: Service
  drafts: Drafts
  shelf: SentShelf
  /** who decides here */
  pseudonym: string
  /** milliseconds for which a decision on a site can be undone */
  undoTime: (site: string) => number
  /** milliseconds of a clock that only goes forward */
  now: () => number
  /** does something so many milliseconds later */
  later: (milliseconds: number, what: () => void) => void
  /** does something as soon as the next comment is painted */
  soon: (what: () => void) => void
  /** says something to whoever cannot see it happen */
  say: (text: string) => void
  /** told when the session has ended */
  onSignedOut: () => void
}

export type DeskWork = ReturnType<typeof openWork>

/** Milliseconds between two tries of a decision: doubled each time. */
const retryAfter = { first: 1_000, most: 30_000 }

/** A service that fails this often at one decision has something against it. */
const mostFaults = 5

/**
 * One moderator's queue. What is decided is gone from the page at once and on its way; an answer that does not come is
 * asked for again, also after the page was loaded anew. Nothing is doubled by that: a decision names the version that it
 * judged, and where that is stale by this very decision, it was made.
 */
export function openWork(tools: WorkTools) {
  const { service, drafts, shelf, say } = tools
  const held: HeldState<Work> = heldState(noWork)
  const connection = heldState({ isLost: false, isSignedOut: false })
  const onTheirWay = new Set<string>()

  const claims = openClaims({ service, drafts, held, later: tools.later, heard })

  /** Asks again for what was not answered before the page was loaded, and takes up what is held. */
  async function begin(from: Filter): Promise<void> {
    for (const { comment, asked } of shelf.read()) {
      held.change((before) => work.send(before, comment, { ...asked, next: 0 }))
      void deliver(comment.id)
    }
    await claims.take(from)
  }

  function decide(asked: Decision, comment = current(held.get())): void {
    if (!comment) return
    const { held: before, coming } = held.get()
    const next = Math.max(0, Math.min(10, work.heldAtOnce - (before.length - 1) - coming))
    const whole = { ...asked, next, nextFrom: claims.wanted() }
    held.change((now) => work.send(now, comment, whole))
    shelf.write(held.get().sent)
    const { held: rest } = held.get()
    say(`${texts.done[asked.action]} ${rest.length > 0 ? '' : texts.queue.empty}`.trim())
    tools.soon(() => void deliver(comment.id))
  }

  async function deliver(id: string): Promise<void> {
    const sent = sentOf(id)
    if (!sent || onTheirWay.has(id)) return
    onTheirWay.add(id)
    const answer = await heard(service.decide(sent.comment, sent.asked))
    onTheirWay.delete(id)
    const isFault = answer.kind === 'refused' && answer.problem.status >= 500
    if (answer.kind === 'given') settle(sent, answer.data)
    else if (answer.kind === 'refused' && !(isFault && sent.tries < mostFaults))
      turnDown(sent, answer.problem)
    else tryAgain(id, answer.kind === 'lost' ? answer.retryAfter : 0)
  }

  function tryAgain(id: string, seconds: number): void {
    held.change((before) => work.unanswered(before, id))
    const tries = sentOf(id)?.tries ?? 1
    const wait = Math.min(retryAfter.most, retryAfter.first * 2 ** (tries - 1))
    if (!connection.get().isSignedOut) tools.later(Math.max(wait, seconds * 1_000), () => void deliver(id))
  }

  function settle({ comment }: Sent, { version, decidedAt, visibleAt, next }: DecisionMade): void {
    const given = visibleAt === undefined ? undefined : Date.parse(visibleAt) - Date.parse(decidedAt)
    remember(comment, version, given ?? tools.undoTime(comment.site), next)
  }

  function remember(comment: Comment, version: number, time: number, next: readonly Comment[]): void {
    const { id } = comment
    const isUndone = sentOf(id)?.undo ?? false
    const until = tools.now() + time - lastMoment
    held.change((before) => work.made(before, id, { version, until }, next))
    drafts.erase(id)
    shelf.write(held.get().sent)
    if (isUndone) void undoMade(id, version)
    if (held.get().held.length === 0) void claims.fill()
  }

  function turnDown(sent: Sent, problem: Problem): void {
    const { comment, asked } = sent
    const { current: standing } = problem
    const isOurs =
      standing?.version === comment.version + 1 &&
      standing.last.by === tools.pseudonym &&
      standing.last.action === asked.action
    if (isOurs) {
      remember(comment, standing.version, tools.undoTime(comment.site), [])
      void claims.fill()
      return
    }
    const isBack = problem.status === 422 || problem.status === 400 || problem.status >= 500
    const text = standing ? texts.news.cameFirst(standing, asked.action) : problem.detail
    held.change((before) => work.refused(before, comment.id, text, { isBack }))
    shelf.write(held.get().sent)
    say(`${texts.news.refused} ${text}`)
    void claims.fill()
  }

  function undo(): void {
    const one = work.newest(held.get(), tools.now())
    if (!one) {
      say(texts.undo.nothing)
      return
    }
    const { id } = one.comment
    if ('version' in one) {
      held.change((before) => work.undoing(before, id))
      void undoMade(id, one.version)
    } else held.change((before) => work.undoLater(before, id))
  }

  async function undoMade(id: string, version: number): Promise<void> {
    const answer = await heard(service.undo(id, version))
    if (answer.kind === 'lost') {
      tools.later(retryAfter.first, () => void undoMade(id, version))
      return
    }
    const isOurs =
      answer.kind === 'refused' &&
      answer.problem.current?.last.action === 'undo' &&
      answer.problem.current.last.by === tools.pseudonym
    if (answer.kind === 'refused' && !isOurs) {
      held.change((before) => work.stands(before, id, answer.problem.detail))
      say(`${texts.news.refused} ${answer.problem.detail}`)
      return
    }
    if (answer.kind === 'signed_out') return
    const again = await heard(service.read(id))
    if (again.kind !== 'given') {
      tools.later(retryAfter.first, () => void undoMade(id, version))
      return
    }
    held.change((before) => work.undone(before, again.data))
    say(texts.done.undo)
  }

  function skip(): void {
    const comment = current(held.get())
    if (!comment) return
    held.change((before) => work.without(before, comment.id))
    say(texts.queue.skipped)
    void heard(service.skip(comment.id)).then(claims.fill)
  }

  /** Shows a comment first: one that came back, or that somebody followed a link to. */
  async function show(id: string): Promise<Answer<Comment>> {
    const answer = await heard(service.read(id))
    if (answer.kind === 'given') held.change((before) => work.shown(before, answer.data))
    return answer
  }

  /** The session is there again: what was not answered is asked again. */
  function resume(): void {
    connection.change((before) => ({ ...before, isSignedOut: false }))
    for (const { comment } of held.get().sent) void deliver(comment.id)
    for (const { comment, version, isUndoing } of held.get().made) {
      if (isUndoing) void undoMade(comment.id, version)
    }
    void claims.fill()
  }

  async function heard<Data>(asked: Promise<Answer<Data>>): Promise<Answer<Data>> {
    const answer = await asked
    const isLost = answer.kind === 'lost'
    const isSignedOut = answer.kind === 'signed_out'
    const before = connection.get()
    if (isSignedOut && !before.isSignedOut) tools.onSignedOut()
    if (before.isLost !== isLost || isSignedOut) {
      connection.change((known) => ({ isLost, isSignedOut: isSignedOut || known.isSignedOut }))
    }
    return answer
  }

  function sentOf(id: string): Sent | undefined {
    return held.get().sent.find(({ comment }) => comment.id === id)
  }

  return {
    held,
    connection,
    heard,
    begin,
    narrow: claims.narrow,
    fill: claims.fill,
    renew: claims.renew,
    decide,
    undo,
    skip,
    show,
    resume,
    turn: (by: 1 | -1) => held.change((before) => work.turned(before, by)),
    dismiss: (news: work.News) => held.change((before) => work.read(before, news)),
  }
}

/** Milliseconds before the end in which nobody is promised an undo: it has to arrive. */
const lastMoment = 500
