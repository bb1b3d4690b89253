import type { Comment, Decision } from '../api/shapes.ts'

/** How many comments are held at a time, so that the next one is there before it is asked for. */
export const heldAtOnce = 5

/** How many decisions are remembered, to be seen and undone. */
const remembered = 8

/** A decision on its way to the service. */
export interface Sent {
  comment: Comment
  asked: Decision
  /** how often it was asked without an answer */
  tries: number
  /** whether it is to be undone as soon as it is known to be made */
  undo: boolean
}

/** A decision that the service made. */
export interface Made {
  comment: Comment
  asked: Decision
  /** the comment's version since then */
  version: number
  /** when it can be undone no more, in milliseconds of the page's clock */
  until: number
  isUndoing: boolean
}

/** What did not go as it was asked: somebody else came first, or the service refused. */
export interface News {
  comment: Comment
  text: string
}

/** All that one moderator has in hand. Every function here gives a new one and knows neither time nor network. */
export interface Work {
  /** the comments that wait here; `at` is the one that is read */
  held: readonly Comment[]
  at: number
  sent: readonly Sent[]
  /** the newest first */
  made: readonly Made[]
  news: readonly News[]
  /** how many more were asked for and have not come yet */
  coming: number
  /** whether there were fewer than were asked for */
  isDry: boolean
  /** how many decisions were made here */
  count: number
}

export const noWork: Work = {
  held: [],
  at: 0,
  sent: [],
  made: [],
  news: [],
  coming: 0,
  isDry: false,
  count: 0,
}

export function current({ held, at }: Work): Comment | undefined {
  return held[at]
}

/** How many more to ask for. */
export function missing({ held, coming }: Work): number {
  return Math.max(0, heldAtOnce - held.length - coming)
}

export function asking(work: Work, count: number): Work {
  return { ...work, coming: work.coming + count }
}

/** Comments came that were asked for; those that are here or were just decided are not taken twice. */
export function came(work: Work, comments: readonly Comment[], asked: number): Work {
  const here = new Set([...work.held, ...work.sent.map(({ comment }) => comment)].map(({ id }) => id))
  const fresh = comments.filter(({ id }) => !here.has(id))
  return {
    ...work,
    held: [...work.held, ...fresh],
    coming: Math.max(0, work.coming - asked),
    isDry: asked > 0 ? comments.length < asked : work.isDry,
  }
}

/** The comment that is read is decided, as far as the moderator is concerned. */
export function send(work: Work, comment: Comment, asked: Decision): Work {
  return {
    ...without(work, comment.id),
    sent: [...work.sent, { comment, asked, tries: 0, undo: false }],
    coming: work.coming + (asked.next ?? 0),
  }
}

/** What is held of a comment goes: it was decided, passed on, or is no longer ours. */
export function without(work: Work, id: string): Work {
  const place = work.held.findIndex((comment) => comment.id === id)
  if (place < 0) return work
  const held = work.held.filter((comment) => comment.id !== id)
  const at = place < work.at ? work.at - 1 : work.at
  return { ...work, held, at: Math.min(at, Math.max(0, held.length - 1)) }
}

/** The service made it, and sent the next ones. */
export function made(
  work: Work,
  id: string,
  one: Pick<Made, 'version' | 'until'>,
  next: readonly Comment[],
): Work {
  const sent = work.sent.find(({ comment }) => comment.id === id)
  if (!sent) return work
  const { comment, asked, undo } = sent
  const settled = { ...work, sent: work.sent.filter((other) => other !== sent), count: work.count + 1 }
  const done = { ...one, comment, asked, isUndoing: undo }
  return came({ ...settled, made: [done, ...settled.made].slice(0, remembered) }, next, asked.next ?? 0)
}

/** No answer came; it will be asked again. */
export function unanswered(work: Work, id: string): Work {
  return withSent(work, id, (sent) => ({ ...sent, tries: sent.tries + 1 }))
}

/** It was not made, and is not asked again. `isBack`: the comment waits here still, right behind the one that is read. */
export function refused(work: Work, id: string, text: string, { isBack }: { isBack: boolean }): Work {
  const sent = work.sent.find(({ comment }) => comment.id === id)
  if (!sent) return work
  const { comment, asked } = sent
  const rest = {
    ...work,
    sent: work.sent.filter((other) => other !== sent),
    coming: Math.max(0, work.coming - (asked.next ?? 0)),
    news: [{ comment, text }, ...work.news].slice(0, remembered),
  }
  return isBack
    ? { ...rest, held: inserted(rest.held, Math.min(rest.at + 1, rest.held.length), comment) }
    : rest
}

/** Forgets what was told. */
export function read(work: Work, news: News): Work {
  return { ...work, news: work.news.filter((one) => one !== news) }
}

/** A comment is read now: one that came back, or that somebody asked for. */
export function shown(work: Work, comment: Comment): Work {
  const rest = without(work, comment.id)
  return { ...rest, held: inserted(rest.held, rest.at, comment) }
}

/** The next or the previous of those that are held. */
export function turned(work: Work, by: 1 | -1): Work {
  return { ...work, at: Math.min(Math.max(0, work.at + by), Math.max(0, work.held.length - 1)) }
}

/** What can be undone now: the newest decision, whether or not it is known to be made. */
export function newest(work: Work, now: number): Sent | Made | undefined {
  const sent = work.sent.findLast(({ undo }) => !undo)
  return sent ?? work.made.find(({ until, isUndoing }) => !isUndoing && until > now)
}

/** What is on its way is undone once it is made. */
export function undoLater(work: Work, id: string): Work {
  return withSent(work, id, (sent) => ({ ...sent, undo: true }))
}

export function undoing(work: Work, id: string): Work {
  return {
    ...work,
    made: work.made.map((one) => (one.comment.id === id ? { ...one, isUndoing: true } : one)),
  }
}

/** It is undone: the comment waits again, and is read now. */
export function undone(work: Work, comment: Comment): Work {
  const rest = {
    ...work,
    made: work.made.filter((one) => one.comment.id !== comment.id),
    count: work.count - 1,
  }
  return shown(rest, comment)
}

/** It was not undone. */
export function stands(work: Work, id: string, text: string): Work {
  const one = work.made.find(({ comment }) => comment.id === id)
  if (!one) return work
  return {
    ...work,
    made: work.made.filter((other) => other !== one),
    news: [{ comment: one.comment, text }, ...work.news].slice(0, remembered),
  }
}

function withSent(work: Work, id: string, change: (sent: Sent) => Sent): Work {
  return { ...work, sent: work.sent.map((sent) => (sent.comment.id === id ? change(sent) : sent)) }
}

function inserted<One>(list: readonly One[], at: number, one: One): One[] {
  return [...list.slice(0, at), one, ...list.slice(at)]
}
