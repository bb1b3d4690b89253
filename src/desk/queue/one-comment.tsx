import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { answerTo, api } from '../api/client.ts'
import { useAnswer } from '../frame/asked.ts'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { texts } from '../texts.ts'
import { Judging } from './judging.tsx'
import { NewsList } from './news-list.tsx'
import { Recent } from './recent.tsx'

/** One comment by its link: as it is now, with all that happened to it. */
export function OneComment(): VNode {
  const { place, work, details } = useBench()
  const { one: id = '' } = useHeld(place)
  const { sent, made } = useHeld(work.held)
  // What was decided about it here makes it another one.
  const turn = `${sent.some((one) => one.comment.id === id)} ${made.find((one) => one.comment.id === id)?.version}`

  const params = { path: { id } }
  const { data: comment, problem } = useAnswer(
    () => answerTo(api.GET('/v1/moderation/comments/{id}', { params })),
    `${id} ${turn}`,
  )
  useEffect(() => {
    if (!comment) return
    details.prepare([comment, ...work.held.get().held])
    void details.fetchPast(comment)
  }, [comment, details, work])

  return (
    <div class="queue">
      <h1 class="unseen-heading" tabIndex={-1}>
        {texts.areas.comment}
      </h1>
      {comment && <Judging key={`${comment.id} ${comment.version}`} comment={comment} />}
      {problem !== undefined && <p class="told warning">{problem}</p>}
      <aside class="beside" aria-label={texts.undo.recent}>
        <NewsList />
        <Recent />
      </aside>
    </div>
  )
}
