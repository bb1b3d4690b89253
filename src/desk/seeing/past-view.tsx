import type { ComponentChildren, VNode } from 'preact'
import type { Comment, ContextComment, LoggedMove } from '../api/shapes.ts'
import type { Past } from '../queue/details.ts'
import { didOf, statusOf, texts } from '../texts.ts'
import { moment } from './ages.ts'
import { Changed, Words } from './words.tsx'

/** What a comment answers, what was done about it, what was decided about others that say the same, and the notes. */
export function PastView({ comment, past }: { comment: Comment; past: Past }): VNode {
  const { history, judged } = past
  const { moves, thread, alike, notes } = history
  return (
    <div class="past">
      <Part heading={texts.queue.thread} isThere={thread.length > 0}>
        <ol class="thread">{thread.map(Other)}</ol>
      </Part>
      <NewestChange comment={comment} moves={moves} />
      <Part heading={texts.queue.unicode} isThere={judged.converted !== null}>
        <Words text={judged.converted?.text ?? ''} language="my" />
      </Part>
      <Part heading={texts.queue.notes} isThere={notes.length > 0}>
        <ul>
          {notes.map(({ by, at, text }) => (
            <li>
              <bdi>{by}</bdi>, <time dateTime={at}>{moment(at)}</time>: <bdi>{text}</bdi>
            </li>
          ))}
        </ul>
      </Part>
      <Part heading={texts.queue.moves} isThere={moves.length > 1}>
        <ol>
          {moves.map((move) => (
            <Move move={move} language={comment.language} />
          ))}
        </ol>
      </Part>
      <Part heading={texts.queue.alike} isThere={alike.length > 0}>
        <ul>{alike.map(Other)}</ul>
      </Part>
      {judged.appeals.map(({ text, filedAt }) => (
        <p class="told">
          {texts.areas.appeals}, {moment(filedAt)}: <bdi>{text}</bdi>
        </p>
      ))}
    </div>
  )
}

function Part({
  heading,
  isThere,
  children,
}: {
  heading: string
  isThere: boolean
  children: ComponentChildren
}): VNode | null {
  if (!isThere) return null
  return (
    <section>
      <h3>{heading}</h3>
      {children}
    </section>
  )
}

function Other({ id, name, text, language, status, decision }: ContextComment): VNode {
  return (
    <li>
      <p class="facts">
        {name === null ? <span>{texts.unnamed}</span> : <bdi>{name}</bdi>}
        <a href={`#/comment/${id}`}>{statusOf(status)}</a>
        {decision && (
          <span>
            <bdi>{decision.by}</bdi> {didOf(decision.action)}
            {decision.rules.map((rule) => (
              <>
                {' · '}
                <bdi>{rule.title}</bdi>
              </>
            ))}
          </span>
        )}
      </p>
      {text !== null && <Words text={text} language={language} />}
    </li>
  )
}

/** What the newest move did to the words: what the reader changed, or what a moderator proposes. */
function NewestChange({ comment, moves }: { comment: Comment; moves: readonly LoggedMove[] }): VNode | null {
  const newest = moves.at(-1)
  if (!newest?.wrote || moves.length === 1) return null
  const isProposal = newest.action === 'escalate'
  return (
    <section>
      <h3>{isProposal ? texts.queue.proposed : texts.queue.resubmitted}</h3>
      {newest.difference ? (
        <Changed difference={newest.difference} language={comment.language} />
      ) : (
        <p class="quiet">{texts.queue.sameText}</p>
      )}
      {isProposal && newest.wrote.name !== comment.name && (
        <p>
          <del>{comment.name ?? texts.unnamed}</del> <ins>{newest.wrote.name ?? texts.unnamed}</ins>
        </p>
      )}
    </section>
  )
}

function Move({ move, language }: { move: LoggedMove; language: string }): VNode {
  const { action, by, at, rules, reason, note, difference } = move
  return (
    <li>
      <p class="facts">
        <span>
          <bdi>{by ?? texts.theReader}</bdi> {didOf(action)}
        </span>
        <time dateTime={at}>{moment(at)}</time>
        {rules.map((rule) => (
          <bdi>{rule.title}</bdi>
        ))}
      </p>
      {reason !== null && (
        <p class="quiet">
          {texts.deciding.reason}: <bdi>{reason}</bdi>
        </p>
      )}
      {note !== null && (
        <p class="quiet">
          {texts.deciding.note}: <bdi>{note}</bdi>
        </p>
      )}
      {difference && <Changed difference={difference} language={language} />}
    </li>
  )
}
