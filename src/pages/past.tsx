import type { ComponentChildren, VNode } from 'preact'
import type { Move } from '../comments/status.ts'
import { spoken } from '../http/times.ts'
import type { LoggedMove, ModeratedComment } from '../moderation/decision.ts'
import { type Rendered, RenderedWords } from './words.tsx'

interface PastProps {
  comment: Pick<ModeratedComment, 'language' | 'name'>
  /** every move of the comment, oldest first */
  moves: LoggedMove[]
  /** what they changed in the text, by version */
  changes: ReadonlyMap<number, Rendered>
}

/** What the newest move did to the words: what the reader changed, or what a moderator proposes. */
export function NewestChange({ comment, moves, changes }: PastProps): VNode | null {
  const newest = moves.at(-1)
  if (!newest?.wrote || moves.length === 1) return null
  const isProposal = newest.action === 'escalate'
  const change = changes.get(newest.version)
  const before = isProposal ? comment.name : nameBefore(moves, newest)
  return (
    <section class="change">
      <h2>{isProposal ? 'The proposed change' : 'What the reader changed'}</h2>
      {before !== newest.wrote.name && (
        <p class="by">
          <del>{nameOf(before)}</del> <ins>{nameOf(newest.wrote.name)}</ins>
        </p>
      )}
      <Change language={comment.language} change={change} />
      {!change && <p class="quiet">The text is the same.</p>}
    </section>
  )
}

/** What happened to a comment before it waits again. */
export function Past({ comment, moves, changes }: PastProps): VNode {
  return (
    <details>
      <summary>What happened before</summary>
      <ol class="past">
        {moves.map((move, index) => (
          <li>
            <p>
              {said[move.action] ?? move.action}
              {move.proposal && `, proposing to ${move.proposal}`} · <bdi>{move.by ?? 'the reader'}</bdi>
              {' · '}
              <time datetime={move.at}>{spoken(move.at, move.by === null ? 'day' : 'minute')}</time>
              {move.rules.map((rule) => (
                <>
                  {' · '}
                  <bdi>{rule.title}</bdi>
                </>
              ))}
            </p>
            {move.reason !== null && <Remark to="For the reader">{move.reason}</Remark>}
            {move.note !== null && <Remark to="For moderators">{move.note}</Remark>}
            {index < moves.length - 1 && (
              <Change language={comment.language} change={changes.get(move.version)} />
            )}
          </li>
        ))}
      </ol>
    </details>
  )
}

function Change({ language, change }: { language: string; change: Rendered | undefined }): VNode | null {
  return change ? <RenderedWords language={language} words={change} /> : null
}

function Remark({ to, children }: { to: string; children: ComponentChildren }): VNode {
  return (
    <p>
      <span class="quiet">{to}:</span> <bdi>{children}</bdi>
    </p>
  )
}

function nameOf(name: string | null): VNode {
  return name === null ? <span class="quiet">unnamed</span> : <bdi>{name}</bdi>
}

/** The name of the words that came before those of a move. */
function nameBefore(moves: readonly LoggedMove[], move: LoggedMove): string | null {
  const earlier = moves.filter(({ version, wrote }) => version < move.version && wrote !== null)
  return earlier.at(-1)?.wrote?.name ?? null
}

const said: Partial<Record<string, string>> = {
  submit: 'Sent',
  resubmit: 'Sent again',
  approve: 'Approved',
  edit: 'Edited and approved',
  reject: 'Rejected',
  return: 'Returned to the reader',
  escalate: 'Passed to a second person',
  undo: 'Undone',
  unpublish: 'Unpublished',
  restore: 'Restored',
} satisfies Partial<Record<Move, string>>
