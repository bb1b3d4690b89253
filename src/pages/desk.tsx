import type { VNode } from 'preact'
import { visibleText } from '../comments/visible.ts'
import type { ModeratedComment } from '../moderation/decision.ts'
import type { Rule } from '../terms/terms.ts'
import { ErrorSummary, page } from './layout.tsx'

export interface DeskPage {
  pseudonym: string
  comments: ModeratedComment[]
  /** the rules of each comment's terms, by `site version` */
  rules: Map<string, Rule[]>
  next: string | null
  /** what was just done, and how it can be undone */
  done: { id: string; version: number; text: string; undoable: boolean } | null
  problem: string | null
  /** what was typed before a problem, by comment */
  kept: { id: string; text: string; reason: string } | null
}

/** The moderators' desk: what waits, oldest first, each with everything that can be decided about it. */
export function deskPage({ pseudonym, comments, rules, next, done, problem, kept }: DeskPage): string {
  return page({
    title: 'Desk',
    language: 'en',
    direction: 'ltr',
    children: (
      <>
        <header class="site desk">
          <strong>Desk</strong>
          <span>
            You are <bdi>{pseudonym}</bdi>
          </span>
          <form method="post" action="/desk/sign-out">
            <button type="submit">Sign out</button>
          </form>
        </header>
        <main class="desk">
          <h1>Waiting for a decision</h1>
          {problem && <ErrorSummary field="queue" detail={problem} />}
          {done && (
            <form method="post" action={`/desk/comments/${done.id}`} class="done" aria-live="polite">
              <span>{done.text}</span>
              {done.undoable && (
                <>
                  <input type="hidden" name="version" value={done.version} />
                  <button name="action" value="undo">
                    Undo
                  </button>
                </>
              )}
            </form>
          )}
          <ol class="queue" id="queue">
            {comments.map((comment) => (
              <Waiting
                comment={comment}
                rules={rules.get(`${comment.site} ${comment.termsVersion}`) ?? []}
                kept={kept?.id === comment.id ? kept : null}
              />
            ))}
          </ol>
          {comments.length === 0 && <p>Nothing waits. Well done.</p>}
          {next && <a href={`/desk?cursor=${next}`}>Further comments</a>}
        </main>
      </>
    ),
  })
}

interface WaitingProps {
  comment: ModeratedComment
  rules: Rule[]
  kept: DeskPage['kept']
}

function Waiting({ comment, rules, kept }: WaitingProps): VNode {
  const { id, site, article, articleTitle, language, name, text, signals, status, last, removed } = comment
  const removals = Object.entries(removed).map(([kind, count]) => `${count} ${kind.replaceAll('_', ' ')}`)
  return (
    <li id={id}>
      <p class="by">
        {name === null ? <span class="quiet">unnamed</span> : <bdi>{name}</bdi>}
        <span class="quiet">
          {' '}
          on <a href={`/${site}/articles/${encodeURIComponent(article)}`}>{articleTitle ?? article}</a> ·{' '}
          {language}
          {comment.parent && ' · a reply'}
        </span>
      </p>
      {status === 'second_review' && (
        <p class="signal">
          <bdi>{last.by}</bdi> proposes to {last.proposal}; another person settles it.
        </p>
      )}
      <p class="words" lang={language} dir="auto">
        {visibleText(text ?? '').map((segment) =>
          'label' in segment ? (
            <>
              {segment.text}
              <mark class="unseen" title={segment.code}>
                {segment.label}
              </mark>
            </>
          ) : (
            segment.text
          ),
        )}
      </p>
      {!comment.screened && <p class="signal">Not screened yet; signals will follow.</p>}
      {signals.map((signal) => (
        <p class={`signal ${signal.severity}`}>{signal.message}</p>
      ))}
      {removals.length > 0 && <p class="signal">Removed when it was sent: {removals.join(', ')}.</p>}
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
                {rule.title} ({rule.permits.join(', ')}
                {rule.needsSecond ? '; second person' : ''})
              </option>
            ))}
          </select>
          <label for={`reason-${id}`}>Reason for the reader</label>
          <textarea id={`reason-${id}`} name="reason" rows={2} dir="auto">
            {kept?.reason ?? ''}
          </textarea>
          <label for={`text-${id}`}>Text, for an edit</label>
          <textarea id={`text-${id}`} name="text" rows={5} dir="auto">
            {kept?.text ?? text ?? ''}
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
    </li>
  )
}

/** Signing in: by the code of a link (a script takes it from behind the #), or by password. */
export function signInPage(problem: string | null): string {
  return page({
    title: 'Sign in to the desk',
    language: 'en',
    direction: 'ltr',
    script: '/assets/sign-in.js',
    children: (
      <main>
        <h1>Sign in to the desk</h1>
        {problem && <ErrorSummary field="link" detail={problem} />}
        <form method="post" action="/desk/sign-in" class="comment-form" id="by-link">
          <label for="link">Code of your sign-in link</label>
          <p class="hint">What stands behind the # of the link. It works once.</p>
          <input id="link" name="link" autocomplete="off" dir="ltr" />
          <button type="submit">Sign in with the code</button>
        </form>
        <form method="post" action="/desk/sign-in" class="comment-form">
          <label for="login">Login</label>
          <input id="login" name="login" autocomplete="username" dir="ltr" />
          <label for="password">Password</label>
          <input id="password" name="password" type="password" autocomplete="current-password" dir="ltr" />
          <button type="submit">Sign in</button>
        </form>
      </main>
    ),
  })
}
