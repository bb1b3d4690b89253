import type { Ref, VNode } from 'preact'
import { Key } from '../../pages/segments.tsx'
import type { Comment } from '../api/shapes.ts'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { didOf, statusOf, texts } from '../texts.ts'
import { age, languageName } from './ages.ts'
import { isHard } from './hard.ts'
import { signalsOf, Words } from './words.tsx'

interface CommentViewProps {
  comment: Comment
  /** whether its text is shown although it may be hard to read */
  isOpen: boolean
  onOpen: () => void
  headingRef: Ref<HTMLHeadingElement>
  wordsRef: Ref<HTMLDivElement>
}

/** The comment that is judged: who wrote it where, its text, and what was noticed. */
export function CommentView({ comment, isOpen, onOpen, headingRef, wordsRef }: CommentViewProps): VNode {
  const { sites, time, preferences, opened } = useBench()
  const { collapse, limit, size } = useHeld(preferences)
  const count = useHeld(opened)
  const { text, language, name, status, last, site } = comment
  const isHidden = collapse && isHard(comment) && !isOpen
  const hasMore = limit === null || count < limit
  return (
    <>
      <header class="about">
        <h2 tabIndex={-1} ref={headingRef}>
          {name === null ? <span class="quiet">{texts.unnamed}</span> : <bdi>{name}</bdi>}{' '}
          <span class="quiet">{texts.queue.on}</span>{' '}
          <a href={articleLink(comment)} target="_blank" rel="noreferrer">
            <bdi>{comment.articleTitle ?? comment.article}</bdi>
          </a>
        </h2>
        <p class="facts">
          {sites.length > 1 && <bdi>{sites.find(({ key }) => key === site)?.name ?? site}</bdi>}
          <span>{languageName(language)}</span>
          {comment.parent !== null && <span>{texts.queue.reply}</span>}
          {comment.staff && <span>{texts.queue.staff}</span>}
          <time dateTime={comment.submittedAt}>
            {texts.queue.ago} {age(comment.submittedAt, time())}
          </time>
          {status !== 'pending' && <strong>{statusOf(status)}</strong>}
        </p>
      </header>
      {comment.danger && <p class="told warning">{texts.queue.danger}</p>}
      {status === 'second_review' && (
        <p class="told notice">
          <bdi>{last.by}</bdi> {texts.queue.proposes(last.proposal ?? '')}
          {last.rules.map((rule) => (
            <>
              {' · '}
              <bdi>{rule.title}</bdi>
            </>
          ))}
        </p>
      )}
      {status !== 'pending' && status !== 'second_review' && (
        <p class="told notice">
          <bdi>{last.by ?? texts.theReader}</bdi> {didOf(last.action)}
        </p>
      )}
      {isHidden ? (
        <div class="collapsed">
          <p>{hasMore ? texts.queue.collapsed : texts.queue.limit(count)}</p>
          {hasMore && (
            <button type="button" onClick={onOpen}>
              {texts.commands.reveal}
            </button>
          )}
        </div>
      ) : (
        <div ref={wordsRef}>
          <Words text={text ?? ''} language={language} signals={signalsOf(comment)} size={size} />
        </div>
      )}
    </>
  )
}

/** What was noticed; the numbers are those behind the marked places in the text. */
export function Noticed({ comment }: { comment: Comment }): VNode {
  const removed = Object.entries(comment.removed).map(
    ([kind, count]) => `${count} ${kind.replaceAll('_', ' ')}`,
  )
  return (
    <>
      {!comment.screened && <p class="told">{texts.queue.notScreened}</p>}
      {comment.signals.length > 0 && (
        <ul class="signals">
          {signalsOf(comment).map(({ number, severity, message }) => (
            <li class={severity}>
              {number !== null && <Key numbers={[number]} />} <bdi>{message}</bdi>
            </li>
          ))}
        </ul>
      )}
      {removed.length > 0 && (
        <p class="told">
          {texts.queue.removed} {removed.join(', ')}
        </p>
      )}
    </>
  )
}

/** To the article where the publisher shows it, else to its page here. */
function articleLink({ articleUrl, site, article }: Comment): string {
  return articleUrl ?? `/${site}/articles/${encodeURIComponent(article)}`
}
