import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { answerTo, api } from '../api/client.ts'
import { useAnswer } from '../frame/asked.ts'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { texts } from '../texts.ts'

/** Milliseconds between two counts. They are a hint: what is decided never depends on them. */
const every = 20_000

/** How much waits, and who else is at work. */
export function Counts({ site }: { site: string | undefined }): VNode | null {
  const { work, me } = useBench()
  const { count } = useHeld(work.held)
  // Anew after every few decisions, and from time to time.
  const { data, again } = useAnswer(
    () => answerTo(api.GET('/v1/moderation/queue/counts')),
    `${site} ${Math.floor(count / 5)}`,
  )
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && again(), every)
    return () => clearInterval(timer)
  }, [])
  if (!data) return null
  const mine = data.sites.filter((one) => site === undefined || one.site === site)
  const pending = mine.reduce((sum, one) => sum + one.pending, 0)
  const second = mine.reduce((sum, one) => sum + one.secondReview, 0)
  const others = data.here.filter(({ by }) => by !== me.person?.pseudonym)
  return (
    <p class="counts">
      <span>
        {mine.some((one) => one.pending >= 1_000)
          ? texts.queue.atLeast(pending)
          : texts.queue.waiting(pending)}
      </span>
      {second > 0 && <span> · {texts.queue.second(second)}</span>}
      {others.length > 0 && (
        <span>
          {' '}
          · {texts.queue.alsoHere}{' '}
          {others.map(({ by }, at) => (
            <>
              {at > 0 && ', '}
              <bdi>{by}</bdi>
            </>
          ))}
        </span>
      )}
    </p>
  )
}
