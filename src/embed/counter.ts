import { countGraphemes } from '../comments/graphemes.ts'
import { make, show } from './make.ts'
import type { Talk } from './talk.ts'

/** Milliseconds without typing, after which the number is said; whoever listens is not interrupted at every letter. */
const pause = 1_000

/**
 * How many characters are left, counted as the service counts them. What is seen changes at once; what is heard
 * changes after a pause, and only where the end is near.
 */
export function counter(
  talk: Talk,
  field: HTMLTextAreaElement,
): { seen: HTMLElement; heard: HTMLElement; update: () => void } {
  const { textGraphemes } = talk.face.limits
  const seen = make('p', { class: 'hint', part: 'counter', 'aria-hidden': 'true', hidden: true })
  const heard = make('p', { class: 'heard', 'aria-live': 'polite' })
  let timer: ReturnType<typeof setTimeout> | undefined

  // The service trims white space too; what else it takes out (src/comments/cleaning.ts) nobody types.
  function update(): void {
    const left = textGraphemes - countGraphemes(field.value.trim())
    const words = left < 0 ? talk.counted('form.over', -left) : talk.counted('form.left', left)
    seen.textContent = words
    seen.classList.toggle('bad', left < 0)
    show(seen, field.value !== '')
    clearTimeout(timer)
    timer = setTimeout(() => {
      heard.textContent = left < textGraphemes / 4 ? words : ''
    }, pause)
  }
  field.addEventListener('input', update)
  return { seen, heard, update }
}
