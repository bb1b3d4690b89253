import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Comment } from '../api/shapes.ts'
import { useBench } from '../frame/bench.ts'
import { linkTo } from '../frame/place.ts'
import { useKeys } from '../keys/listen.ts'
import { age, languageName } from '../seeing/ages.ts'
import { isHard } from '../seeing/hard.ts'
import { signalsOf, Words } from '../seeing/words.tsx'
import { statusOf, texts } from '../texts.ts'
import { BatchBar } from './batch-bar.tsx'

/** Comments one below the other: each can be opened, and what waits can be selected and decided together. */
export function CommentList({
  comments,
  onDecided,
}: {
  comments: readonly Comment[]
  onDecided: () => void
}): VNode {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const list = useRef<HTMLUListElement>(null)
  const waiting = comments.filter(canDecide)
  const selected = waiting.filter(({ id }) => chosen.has(id))
  useEffect(() => setChosen(new Set()), [comments])

  function toggle(id: string): void {
    setChosen((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }

  useKeys('area', ({ command }) => {
    const lines = [...(list.current?.children ?? [])]
    const at = lines.findIndex((line) => line.contains(document.activeElement))
    if (command === 'next' || command === 'previous') {
      const to = Math.min(Math.max(0, at + (command === 'next' ? 1 : -1)), lines.length - 1)
      lines[to]?.querySelector<HTMLElement>('a')?.focus()
      return true
    }
    const comment = comments[at]
    if (command !== 'select' || !comment || !canDecide(comment)) return false
    toggle(comment.id)
    return true
  })

  return (
    <>
      {waiting.length > 0 && (
        <BatchBar
          selected={selected}
          count={waiting.length}
          onAll={() =>
            setChosen(new Set(selected.length === waiting.length ? [] : waiting.map(({ id }) => id)))
          }
          onDecided={onDecided}
        />
      )}
      {comments.length === 0 && <p class="quiet">{texts.none}</p>}
      <ul class="list" ref={list}>
        {comments.map((comment) => (
          <li key={comment.id} class={chosen.has(comment.id) ? 'chosen' : ''}>
            {canDecide(comment) && (
              <input
                type="checkbox"
                class="pick"
                aria-label={texts.lists.select(comment.name ?? texts.unnamed)}
                checked={chosen.has(comment.id)}
                onChange={() => toggle(comment.id)}
              />
            )}
            <Line comment={comment} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Line({ comment }: { comment: Comment }): VNode {
  const { time, preferences } = useBench()
  const { id, name, article, articleTitle, language, submittedAt, status, text, last, claim } = comment
  const isHidden = preferences.get().collapse && isHard(comment)
  return (
    <div>
      <p class="facts">
        <a href={linkTo({ area: 'comment', one: id })}>
          {name === null ? texts.unnamed : <bdi>{name}</bdi>}, <bdi>{articleTitle ?? article}</bdi>
        </a>
        <span>{languageName(language)}</span>
        <time dateTime={submittedAt}>{age(submittedAt, time())}</time>
        <span>{statusOf(status)}</span>
        {last.by !== null && <bdi>{last.by}</bdi>}
        {claim && (
          <span>
            {texts.lists.heldBy} <bdi>{claim.by}</bdi>
          </span>
        )}
        {comment.signals.map(({ code }) => (
          <span>{texts.signals[code]}</span>
        ))}
      </p>
      {isHidden ? (
        <p class="quiet">{texts.queue.collapsed}</p>
      ) : (
        <Words text={text ?? ''} language={language} signals={signalsOf(comment)} />
      )}
    </div>
  )
}

/** What waits and was seen in full can be decided from a list. */
function canDecide({ status, text }: Comment): boolean {
  return (status === 'pending' || status === 'second_review') && text !== null
}
