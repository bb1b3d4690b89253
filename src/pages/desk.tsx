import { turn } from '../http/turns.ts'
import type { LoggedMove, ModeratedComment } from '../moderation/decision.ts'
import type { Rule } from '../terms/terms.ts'
import { ErrorSummary, page, part } from './layout.tsx'
import { Waiting } from './waiting.tsx'

export interface DeskPage {
  pseudonym: string
  comments: ModeratedComment[]
  /** every move of those about which something was done already, by comment */
  moves: Map<string, LoggedMove[]>
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
export async function deskPage(shown: DeskPage): Promise<string> {
  const { pseudonym, comments, next, done, problem } = shown
  const waiting = await waitingOn(shown)
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
          <ol class="queue" id="queue" dangerouslySetInnerHTML={{ __html: waiting }} />
          {comments.length === 0 && <p>Nothing waits. Well done.</p>}
          {next && <a href={`/desk?cursor=${next}`}>Further comments</a>}
        </main>
      </>
    ),
  })
}

/** The comments as HTML, one after the other: long ones take long to mark, so that others go first now and then. */
async function waitingOn({ comments, moves, rules, kept }: DeskPage): Promise<string> {
  const waiting: string[] = []
  for (const comment of comments) {
    await turn()
    waiting.push(
      part(
        <Waiting
          comment={comment}
          moves={moves.get(comment.id) ?? []}
          rules={rules.get(`${comment.site} ${comment.termsVersion}`) ?? []}
          kept={kept?.id === comment.id ? kept : null}
        />,
      ),
    )
  }
  return waiting.join('')
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
