import type { EmbedView } from '../pages/embed/view.ts'
import { commentForm } from './comment-form.ts'
import { listOf } from './list.ts'
import { button, make } from './make.ts'
import { pressed } from './pressed.ts'
import { type Place, readView } from './service.ts'
import { type Talk, talkOf } from './talk.ts'

/** The comments of an article with the form. */
export interface Discussion {
  element: HTMLElement
  /** looks whether there is something newer, and says so */
  refresh: () => Promise<void>
}

export function discussion(place: Place, order: string, view: EmbedView, tell: Talk['tell']): Discussion {
  const { interface: face, article } = view
  if (!face) throw new Error('a list without its words')
  const heard = make('p', { class: 'heard', role: 'status' })
  const announce = (words: string) => {
    heard.textContent = words
  }
  const talk = talkOf(place, face, article.open, { tell, announce })
  const { say, counted } = talk

  const heading = make('h2', { part: 'heading' }, view.heading)
  const form = article.open ? commentForm(talk) : undefined
  let list = listOf(talk, order, view)
  const lists = make('div', {}, ...list.elements)
  let newer: EmbedView | undefined
  const look = pressed(talk, say('list.look'), async () => {
    if (newer) showNewer(newer)
    else {
      await refresh()
      if (!newer) look.label(say('list.look'), say('list.noneNewer'))
    }
  })

  async function refresh(): Promise<void> {
    const fresh = await readView(place, list.watched(), true)
    const count = list.compare(fresh)
    const wasKnown = newer?.article.count === fresh.article.count
    newer = count > 0 ? fresh : undefined
    look.label(count > 0 ? counted('list.newer', count) : say('list.look'))
    if (count === 0) heading.textContent = fresh.heading
    else if (!wasKnown) {
      announce(counted('list.newer', count))
      tell('postbag-newer', { count })
    }
  }

  function showNewer(fresh: EmbedView): void {
    const added = list.showNewer(fresh)
    heading.textContent = fresh.heading
    newer = undefined
    look.label(say('list.look'))
    added?.focus({ preventScroll: true })
  }

  async function turnTo(asked: string): Promise<void> {
    const first = await readView(place, { order: asked })
    list = listOf(talk, asked, first)
    newer = undefined
    lists.replaceChildren(...list.elements)
    heading.textContent = first.heading
    look.label(say('list.look'))
  }

  const tools = make(
    'div',
    { class: 'tools', part: 'tools' },
    form && button(say('form.title'), 'button', form.focus),
    look.element,
    orderOf(talk, order, turnTo),
  )
  const element = make(
    'div',
    { class: 'box', part: 'box', lang: face.language, dir: face.direction },
    heading,
    tools,
    lists,
    heard,
    form?.element ?? make('p', { class: 'quiet', part: 'closed' }, say('form.closed')),
  )
  return { element, refresh }
}

/** Which come first. */
function orderOf(talk: Talk, order: string, turnTo: (order: string) => Promise<void>): HTMLElement {
  const { say, id } = talk
  const choice = make(
    'select',
    { id: id(), part: 'order' },
    make('option', { value: 'newest' }, say('list.newestFirst')),
    make('option', { value: 'oldest' }, say('list.oldestFirst')),
  )
  choice.value = order
  let shown = order
  choice.addEventListener('change', () => {
    turnTo(choice.value)
      .then(() => {
        shown = choice.value
        return undefined
      })
      .catch(() => {
        choice.value = shown
      })
  })
  return make('p', { class: 'order' }, make('label', { for: choice.id }, say('list.order')), ' ', choice)
}
