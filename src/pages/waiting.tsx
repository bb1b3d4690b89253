import type { VNode } from 'preact'
import type { LoggedMove, ModeratedComment } from '../moderation/decision.ts'
import { converted } from '../moderation/moderated.ts'
import { mostRanges } from '../screening/signal.ts'
import type { Rule } from '../terms/terms.ts'
import { fieldText } from './layout.tsx'
import { NewestChange, Past } from './past.tsx'
import { Key, type Numbered } from './segments.tsx'
import { type Rendered, RenderedWords, Words } from './words.tsx'

export interface WaitingProps {
  comment: ModeratedComment
  signals: Numbered[]
  /** its text, with what was noticed */
  text: Rendered
  /** every move of the comment, oldest first */
  moves: LoggedMove[]
  /** what they changed in the text, by version */
  changes: ReadonlyMap<number, Rendered>
  rules: Rule[]
  /** what was typed before a problem */
  kept: { text: string; reason: string } | null
}

/** A comment that waits, with everything that can be decided about it. */
export function Waiting({ comment, signals, text, moves, changes, rules, kept }: WaitingProps): VNode {
  const { id, site, article, articleTitle, language, name, status, last, removed } = comment
  const removals = Object.entries(removed).map(([kind, count]) => `${count} ${kind.replaceAll('_', ' ')}`)
  const unicode = converted(comment)
  return (
    <li id={id}>
      <p class="by">
        {name === null ? <span class="quiet">unnamed</span> : <bdi>{name}</bdi>}
        <span class="quiet">
          {' '}
          on{' '}
          <a href={`/${site}/articles/${encodeURIComponent(article)}`}>
            <bdi>{articleTitle ?? article}</bdi>
          </a>{' '}
          · {language}
          {comment.parent && (comment.staff ? ' · a reply by the staff' : ' · a reply')}
        </span>
      </p>
      {status === 'second_review' && (
        <p class="signal">
          <bdi>{last.by}</bdi> proposes to {last.proposal}; another person settles it.
        </p>
      )}
      <RenderedWords language={language} words={text} />
      {unicode && (
        <details>
          <summary>As Unicode</summary>
          <Words language="my">{unicode.text}</Words>
        </details>
      )}
      {!comment.screened && <p class="signal">Not screened to the end yet; signals may follow.</p>}
      <Signals signals={signals} />
      {removals.length > 0 && <p class="signal">Removed when it was sent: {removals.join(', ')}.</p>}
      <NewestChange comment={comment} moves={moves} changes={changes} />
      {moves.length > 1 && <Past comment={comment} moves={moves} changes={changes} />}
      <Decide comment={comment} moves={moves} rules={rules} kept={kept} />
    </li>
  )
}

/** What was noticed; the numbers are those behind the marked places in the text. */
function Signals({ signals }: { signals: Numbered[] }): VNode {
  return (
    <>
      {signals.some(({ number }) => number !== null) && (
        <p class="hint">Marked in the text, with these numbers:</p>
      )}
      {signals.map(({ number, severity, message, ranges }) => (
        <p class={`signal ${severity}`}>
          {number !== null && (
            <>
              <Key numbers={[number]} />{' '}
            </>
          )}
          <bdi>{message}</bdi>
          {ranges.length === mostRanges && ` The first ${mostRanges} places are marked.`}
        </p>
      ))}
    </>
  )
}

function Decide({
  comment,
  moves,
  rules,
  kept,
}: Pick<WaitingProps, 'comment' | 'moves' | 'rules' | 'kept'>): VNode {
  const { id, status, language } = comment
  const proposed = status === 'second_review' ? moves.at(-1)?.wrote : null
  return (
    <form method="post" action={`/desk/comments/${id}`} class="decide">
      <input type="hidden" name="version" value={comment.version} />
      <button name="action" value="approve" class="approve">
        Approve
      </button>
      <details open={kept !== null}>
        <summary>Refuse, return or edit under a rule</summary>
        <label for={`rule-${id}`}>Rule</label>
        <select id={`rule-${id}`} name="rule">
          <option value="">Choose a rule</option>
          {rules.map((rule) => (
            <option value={rule.code}>
              {isolated(rule.title)} ({rule.permits.join(', ')}
              {rule.needsSecond ? '; second person' : ''})
            </option>
          ))}
        </select>
        <label for={`reason-${id}`}>Reason for the reader</label>
        <textarea id={`reason-${id}`} name="reason" rows={2} dir="auto">
          {fieldText(kept?.reason ?? '')}
        </textarea>
        <label for={`text-${id}`}>Text, for an edit</label>
        <textarea id={`text-${id}`} name="text" rows={5} lang={language} dir="auto">
          {fieldText(kept?.text ?? proposed?.text ?? comment.text ?? '')}
        </textarea>
        <p class="buttons">
          <button name="action" value="reject">
            Reject
          </button>
          {status === 'pending' && (
            <button name="action" value="return">
              Return to the reader
            </button>
          )}
          <button name="action" value="edit">
            Publish edited
          </button>
          {status === 'pending' && (
            <>
              <button name="action" value="escalate:reject">
                Propose to reject
              </button>
              <button name="action" value="escalate:approve">
                Ask a second person
              </button>
            </>
          )}
        </p>
      </details>
    </form>
  )
}

/** An option holds no elements: two characters of Unicode (FSI, PDI) keep its words from turning what is around them. */
function isolated(text: string): string {
  return `\u2068${text}\u2069`
}
