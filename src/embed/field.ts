import { make } from './make.ts'
import type { Talk } from './talk.ts'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** Something to fill in: with its label, what helps to fill it in, and room for what is wrong with it. */
export interface Field<C extends Control = Control> {
  control: C
  /** all of it, for the form */
  parts: HTMLElement[]
  /** says what is wrong with it; null for nothing any more */
  fault: (words: string | null) => void
}

export function field<C extends Control>(talk: Talk, label: string, control: C, hint?: string): Field<C> {
  control.id = talk.id()
  control.setAttribute('part', 'field')
  const help = make('p', { class: 'hint', part: 'hint', id: talk.id() }, hint)
  const wrong = make('p', { class: 'fault', part: 'fault', id: talk.id(), hidden: true })
  const described = hint === undefined ? [] : [help.id]
  const describe = (ids: string[]) => {
    if (ids.length > 0) control.setAttribute('aria-describedby', ids.join(' '))
    else control.removeAttribute('aria-describedby')
  }
  describe(described)
  return {
    control,
    parts: [
      make('label', { for: control.id, part: 'label' }, label),
      ...(hint === undefined ? [] : [help]),
      wrong,
      control,
    ],
    fault(words) {
      wrong.textContent = words
      wrong.hidden = words === null
      if (words === null) control.removeAttribute('aria-invalid')
      else control.setAttribute('aria-invalid', 'true')
      describe(words === null ? described : [wrong.id, ...described])
    },
  }
}

/** A box to tick, with its words behind it. */
export function tick(talk: Talk, words: string): { control: HTMLInputElement; parts: HTMLElement[] } {
  const control = make('input', { type: 'checkbox', id: talk.id() })
  return {
    control,
    parts: [make('p', { class: 'tick' }, control, make('label', { for: control.id }, words))],
  }
}
