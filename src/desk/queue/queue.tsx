import type { VNode } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { useKeys } from '../keys/listen.ts'
import { texts } from '../texts.ts'
import { FilterBar } from './filter-bar.tsx'
import { Judging } from './judging.tsx'
import { NewsList } from './news-list.tsx'
import { Recent } from './recent.tsx'
import { current } from './work.ts'

/** The queue: one comment at a time, the next ones at hand, and what was decided last. */
export function Queue(): VNode {
  const { work, details, place } = useBench()
  const state = useHeld(work.held)
  const { filter } = useHeld(place)
  const comment = current(state)

  // Neither is drawn anew with each comment.
  const bar = useMemo(() => <FilterBar />, [])
  const beside = useMemo(
    () => (
      <aside class="beside" aria-label={texts.undo.recent}>
        <NewsList />
        <Recent />
      </aside>
    ),
    [],
  )

  useEffect(() => details.prepare(state.held), [state.held, details])
  useEffect(() => void work.narrow(filter), [filter.site, filter.language, filter.signal, work])

  useKeys('area', ({ command, repeats }) => {
    if (command === 'next' || command === 'previous') work.turn(command === 'next' ? 1 : -1)
    else if (command === 'undo' && !repeats) work.undo()
    else if (command === 'skip' && !repeats) work.skip()
    else return false
    return true
  })

  return (
    <div class="queue">
      <h1 class="unseen-heading">{texts.queue.heading}</h1>
      {bar}
      {comment ? (
        <Judging key={comment.id} comment={comment} />
      ) : (
        <p class="empty" tabIndex={-1} ref={(empty) => focusIfLost(empty)}>
          {state.coming > 0 ? texts.queue.loading : texts.queue.empty}{' '}
          {state.coming === 0 && (
            <button type="button" onClick={() => void work.fill()}>
              {texts.queue.look}
            </button>
          )}
        </p>
      )}
      {beside}
    </div>
  )
}

/** When what had the focus is gone, it goes here instead of nowhere. */
function focusIfLost(element: HTMLElement | null): void {
  const { activeElement } = document
  if (element && (activeElement === null || activeElement === document.body)) element.focus()
}
