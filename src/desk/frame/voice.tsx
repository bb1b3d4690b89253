import type { VNode } from 'preact'
import { type HeldState, heldState, useHeld } from './held-state.ts'

/** What was said last, and how many things were said. */
interface Said {
  text: string
  count: number
}

export interface Speaker {
  said: HeldState<Said>
  say: (text: string) => void
}

export function speaker(): Speaker {
  const said = heldState<Said>({ text: '', count: 0 })
  return { said, say: (text) => void said.change(({ count }) => ({ text, count: count + 1 })) }
}

/** Read out by screen readers: two places in turn, so that the same words are read twice when they are said twice. */
export function Voice({ said }: Pick<Speaker, 'said'>): VNode {
  const { text, count } = useHeld(said)
  return (
    <div class="voice">
      <p role="status">{count % 2 === 0 ? text : ''}</p>
      <p role="status">{count % 2 === 1 ? text : ''}</p>
    </div>
  )
}
