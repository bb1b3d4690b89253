import type { VNode } from 'preact'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { texts } from '../texts.ts'
import { Beginning } from './recent.tsx'

/** What did not go as it was asked, until it is dismissed. */
export function NewsList(): VNode | null {
  const { work, go } = useBench()
  const { news } = useHeld(work.held)
  if (news.length === 0) return null
  return (
    <section class="news">
      <h2>{texts.news.heading}</h2>
      <ul>
        {news.map((one) => (
          <li key={one.comment.id}>
            <Beginning comment={one.comment} />
            <p>{one.text}</p>
            <p class="buttons">
              <button
                type="button"
                onClick={() => {
                  work.dismiss(one)
                  go({ area: 'comment', one: one.comment.id })
                }}
              >
                {texts.news.open}
              </button>
              <button type="button" onClick={() => work.dismiss(one)}>
                {texts.news.dismiss}
              </button>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
