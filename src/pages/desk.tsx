import type { Readable } from 'node:stream'
import { turn } from '../http/turns.ts'
import type { LoggedMove, ModeratedComment } from '../moderation/decision.ts'
import type { Rule } from '../terms/terms.ts'
import { ErrorSummary, filled, hole, page, part } from './layout.tsx'
import { numbered } from './segments.tsx'
import { Waiting, type WaitingProps } from './waiting.tsx'
import { marked, markedChange, type Rendered } from './words.tsx'

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
export function deskPage(shown: DeskPage): Readable {
  const { pseudonym, comments, next, done, problem } = shown
  const frame = page({
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
          <a href="/desk/second-factor">Second factor</a>
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
          <ol class="queue" id="queue" dangerouslySetInnerHTML={hole} />
          {comments.length === 0 && <p>Nothing waits. Well done.</p>}
          {next && <a href={`/desk/forms?cursor=${next}`}>Further comments</a>}
        </main>
      </>
    ),
  })
  return filled(frame, waitingOn(shown))
}

/** The comments, one after the other. */
async function* waitingOn({ comments, moves, rules, kept }: DeskPage): AsyncGenerator<string> {
  for (const comment of comments) {
    const { id, text, site, termsVersion } = comment
    const signals = numbered(comment.signals)
    const past = moves.get(id) ?? []
    const shown: WaitingProps = {
      comment,
      signals,
      text: await marked(text ?? '', signals),
      moves: past,
      changes: await changesIn(past),
      rules: rules.get(`${site} ${termsVersion}`) ?? [],
      kept: kept?.id === id ? kept : null,
    }
    await turn()
    yield part(<Waiting {...shown} />)
  }
}

async function changesIn(moves: readonly LoggedMove[]): Promise<Map<number, Rendered>> {
  const changes = new Map<number, Rendered>()
  for (const { version, difference } of moves) {
    if (difference) changes.set(version, await markedChange(difference))
  }
  return changes
}
