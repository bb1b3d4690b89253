import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Comment } from '../api/shapes.ts'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { CommandButton } from '../keys/command-button.tsx'
import { texts } from '../texts.ts'
import type { Made } from './work.ts'

/** The last decisions: on their way, made and how long they can be undone, and a button for the newest. */
export function Recent(): VNode | null {
  const { work, now, preferences } = useBench()
  useHeld(preferences)
  const { sent, made, count } = useHeld(work.held)
  const open = made.filter(({ until, isUndoing }) => isUndoing || until > now())
  useSeconds(open.length > 0)
  if (sent.length + made.length === 0) return null
  const canUndo = sent.some(({ undo }) => !undo) || open.some(({ isUndoing }) => !isUndoing)
  return (
    <section class="recent">
      <h2>{texts.undo.recent}</h2>
      {canUndo && <CommandButton command="undo" onPress={() => work.undo()} />}
      <ul>
        {sent.toReversed().map(({ comment, asked, tries, undo }) => (
          <li key={comment.id}>
            {texts.done[asked.action]} <Beginning comment={comment} />{' '}
            <span class="quiet">
              {undo ? texts.undo.undoing : tries > 0 ? texts.undo.trying : texts.undo.sending}
            </span>
          </li>
        ))}
        {made.map((one) => (
          <li key={one.comment.id}>
            {texts.done[one.asked.action]} <Beginning comment={one.comment} />{' '}
            <span class="quiet">{timeLeft(one, now())}</span>
          </li>
        ))}
      </ul>
      <p class="quiet">{texts.queue.decided(count)}</p>
    </section>
  )
}

function timeLeft({ isUndoing, until }: Made, now: number): string {
  if (isUndoing) return texts.undo.undoing
  return until > now ? texts.undo.left(Math.ceil((until - now) / 1_000)) : ''
}

/** As much of a comment as tells it from others. */
export function Beginning({ comment }: { comment: Comment }): VNode {
  return (
    <a href={`#/comment/${comment.id}`} class="beginning">
      <bdi lang={comment.language}>
        {Array.from((comment.text ?? '').slice(0, 120))
          .slice(0, 48)
          .join('')}
      </bdi>
    </a>
  )
}

/** Draws anew every second, as long as something counts down. */
function useSeconds(isOn: boolean): void {
  const [, setTick] = useState(0)
  useEffect(() => {
    if (!isOn) return undefined
    const timer = setInterval(() => setTick((tick) => tick + 1), 1_000)
    return () => clearInterval(timer)
  }, [isOn])
}
