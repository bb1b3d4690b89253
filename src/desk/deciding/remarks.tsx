import type { VNode } from 'preact'
import { answerTo, api } from '../api/client.ts'
import type { Comment, SavedReason } from '../api/shapes.ts'
import { useAnswer } from '../frame/asked.ts'
import type { Draft } from '../queue/drafts.ts'
import { texts } from '../texts.ts'

/** What is said with a decision: to the reader, with the site's saved reasons to begin with, and to moderators. */
export function Remarks({
  comment,
  draft,
  onDraft,
}: {
  comment: Comment
  draft: Draft
  onDraft: (draft: Draft) => void
}): VNode {
  const saved = useSavedReasons(comment.site)
  const fitting = saved.filter(({ rule }) => rule === null || draft.rules.includes(rule))
  return (
    <>
      {fitting.length > 0 && (
        <div class="rules" role="group" aria-label={texts.deciding.saved}>
          {fitting.map(({ title, text }) => (
            <button type="button" onClick={() => onDraft({ ...draft, reason: text })}>
              <bdi>{title}</bdi>
            </button>
          ))}
        </div>
      )}
      <label>
        {draft.form === 'return' ? texts.deciding.whatToChange : texts.deciding.reason}
        <textarea
          rows={2}
          dir="auto"
          value={draft.reason}
          onInput={({ currentTarget }) => onDraft({ ...draft, reason: currentTarget.value })}
        />
      </label>
      <label>
        {texts.deciding.note}
        <textarea
          rows={1}
          dir="auto"
          value={draft.note}
          onInput={({ currentTarget }) => onDraft({ ...draft, note: currentTarget.value })}
        />
      </label>
    </>
  )
}

/** Without an answer there are none. */
function useSavedReasons(site: string): readonly SavedReason[] {
  const asked = useAnswer(
    () => answerTo(api.GET('/v1/moderation/saved-reasons', { params: { query: { site } } })),
    site,
  )
  return asked.data?.reasons ?? []
}
