import type { EmbedComment, EmbedView } from '../pages/embed/view.ts'
import { type Item, item } from './comment.ts'
import { make, show } from './make.ts'
import { pressed } from './pressed.ts'
import { type Asked, readView } from './service.ts'
import type { Talk } from './talk.ts'

/** The comments that were asked for so far. */
export interface List {
  elements: HTMLElement[]
  /** what would show more by now, if anything: the page where new comments come */
  watched: () => Asked
  /** takes down and changes what was taken down and changed, and says how many comments are newer than these */
  compare: (fresh: EmbedView) => number
  /** shows what is newer, without moving what is being read; gives the first of them */
  showNewer: (fresh: EmbedView) => HTMLElement | undefined
}

/** A list that begins with the first page of an order. */
export function listOf(talk: Talk, order: string, start: EmbedView): List {
  const items = new Map<string, Item>()
  const top = make('ol', { class: 'list', part: 'list', role: 'list' })
  const empty = make('p', { class: 'quiet', part: 'empty' }, talk.say('list.empty'))
  let asked: Asked = { order }
  let next = start.next
  const more = pressed(talk, talk.say(order === 'newest' ? 'list.older' : 'list.more'), async () => {
    if (next === null) return
    const further: Asked = { order, cursor: next }
    const view = await readView(talk.place, further)
    if (order === 'oldest') asked = further
    next = view.next
    const added = add(view.comments)
    show(more.element, next !== null)
    added?.focus({ preventScroll: true })
  })
  add(start.comments)
  show(more.element, next !== null)

  /** Adds what is not there yet, at the end or before a place; gives the first of it. */
  function add(
    comments: readonly EmbedComment[],
    before: Node | null = null,
    within?: Item,
  ): HTMLElement | undefined {
    let thread = within
    let firstAdded: HTMLElement | undefined
    for (const comment of comments) {
      const known = items.get(comment.id)
      const isTop = comment.parent === undefined
      if (known) {
        if (isTop) thread = known
        continue
      }
      const made = item(talk, comment, items.get(comment.parent ?? ''))
      items.set(comment.id, made)
      firstAdded ??= made.element
      if (isTop) {
        top.insertBefore(made.element, before)
        thread = made
      } else if (thread) repliesOf(thread).append(made.element)
      if (isTop && comment.moreReplies !== undefined) offerReplies(made, comment.moreReplies)
    }
    show(empty, items.size === 0)
    return firstAdded
  }

  function offerReplies(thread: Item, first: string): void {
    let cursor: string | null = first
    const offer = pressed(talk, talk.say('list.moreReplies'), async () => {
      if (cursor === null) return
      const view = await readView(talk.place, { order, parent: thread.comment.id, cursor })
      cursor = view.next
      const added = add(view.comments, null, thread)
      if (cursor === null) offer.element.remove()
      added?.focus({ preventScroll: true })
    })
    repliesOf(thread).after(offer.element)
  }

  const isKnown = (comment: EmbedComment) => items.has(comment.id)

  function unknownIn(fresh: EmbedView): EmbedComment[] {
    // What comes behind all that is known is older, and comes when it is asked for.
    const end = next !== null && order === 'newest' ? fresh.comments.findLastIndex(isKnown) + 1 : undefined
    const looked = fresh.comments.slice(0, end === 0 ? undefined : end)
    return looked.filter((comment) => !isKnown(comment))
  }

  function compare(fresh: EmbedView): number {
    holding(top.querySelectorAll<HTMLElement>('.body'), () => {
      for (const comment of fresh.comments) {
        const known = items.get(comment.id)
        if (known && JSON.stringify(known.comment) !== JSON.stringify(comment)) known.become(comment)
      }
      for (const element of goneFrom(fresh)) {
        for (const inner of [element, ...element.querySelectorAll('li')]) items.delete(inner.id)
        element.remove()
      }
    })
    show(empty, items.size === 0)
    return unknownIn(fresh).length
  }

  /** What stands between comments of a page, and is not on it any more. */
  function goneFrom(fresh: EmbedView): Element[] {
    const there = new Set(fresh.comments.map(({ id }) => id))
    const tops = [...top.children]
    const isThere = ({ id }: Element) => there.has(id)
    const from = order === 'newest' ? 0 : tops.findIndex(isThere)
    const isWhole = fresh.next === null
    const to = isWhole ? tops.length : tops.findLastIndex(isThere)
    if (from < 0) return []
    const replies = fresh.comments
      .filter(({ parent, moreReplies }) => parent === undefined && moreReplies === undefined)
      .flatMap(({ id }) => [...(items.get(id)?.element.querySelectorAll('li') ?? [])])
    return [...tops.slice(from, to), ...replies].filter((element) => !isThere(element))
  }

  return {
    elements: [empty, top, more.element],
    watched: () => asked,
    compare,
    showNewer(fresh) {
      const place = order === 'newest' ? top.firstChild : null
      const newer = new Set(unknownIn(fresh).map(({ id }) => id))
      let added: HTMLElement | undefined
      holding(top.querySelectorAll<HTMLElement>('.body'), () => {
        added = add(
          fresh.comments.filter(({ id }) => items.has(id) || newer.has(id)),
          place,
        )
        for (const id of newer) items.get(id)?.element.classList.add('new')
      })
      return added
    },
  }
}

function repliesOf({ element }: Item): HTMLElement {
  const there = element.querySelector<HTMLElement>('.replies')
  if (there) return there
  const made = make('ol', { class: 'replies', part: 'replies', role: 'list' })
  element.append(made)
  return made
}

/** Keeps the first of these that is in view where it is, whatever comes above it. */
function holding(elements: Iterable<HTMLElement>, change: () => void): void {
  const held = [...elements].find((element) => {
    const { top, bottom } = element.getBoundingClientRect()
    return bottom > 0 && top < innerHeight
  })
  const before = held?.getBoundingClientRect().top ?? 0
  change()
  if (held?.isConnected) scrollBy({ top: held.getBoundingClientRect().top - before, behavior: 'instant' })
}
