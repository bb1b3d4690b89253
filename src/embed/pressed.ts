import { button, make } from './make.ts'
import type { Talk } from './talk.ts'

/** A button that asks the service for something. */
export interface Pressed {
  element: HTMLElement
  /** what the button says from now on, and what is said beside it */
  label: (words: string, beside?: string) => void
}

/** A button that asks the service for something, once at a time, and says so where that fails. */
export function pressed(talk: Talk, words: string, act: () => Promise<void>): Pressed {
  const beside = make('span', { class: 'quiet', role: 'status' })
  let isBusy = false
  const asks = button(words, 'button', () => {
    if (isBusy) return
    isBusy = true
    beside.textContent = ''
    asks.setAttribute('aria-busy', 'true')
    act()
      .catch(() => {
        const { unavailable } = talk.face.problems
        beside.textContent = navigator.onLine ? (unavailable?.what ?? '') : talk.say('form.offline')
      })
      .finally(() => {
        isBusy = false
        asks.removeAttribute('aria-busy')
      })
  })
  return {
    element: make('p', { class: 'ask' }, asks, ' ', beside),
    label(says, besides = '') {
      asks.textContent = says
      beside.textContent = besides
    },
  }
}
