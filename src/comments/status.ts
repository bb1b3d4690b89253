import { z } from 'zod'

/** Where a comment stands: the projection of its newest move. */
export const Status = z
  .enum([
    'pending',
    'second_review',
    'published',
    'rejected',
    'returned',
    'unpublished',
    'expired',
    'withdrawn',
  ])
  .meta({ id: 'Status' })
export type Status = z.infer<typeof Status>

/** What a person can do to a comment. */
export const Action = z
  .enum(['approve', 'edit', 'reject', 'return', 'escalate', 'undo', 'unpublish', 'restore'])
  .meta({ id: 'Action' })
export type Action = z.infer<typeof Action>

/** What a person who escalates proposes. */
export const Proposal = z.enum(['approve', 'edit', 'reject']).meta({ id: 'Proposal' })
export type Proposal = z.infer<typeof Proposal>

export type Move = Action | 'submit' | 'resubmit' | 'expire' | 'withdraw'
export type Actor = 'reader' | 'person' | 'system'

export interface Transition {
  action: Move
  /** what an escalation proposes */
  proposal: Proposal | 'none'
  from: Status | 'none'
  to: Status
  actor: Actor
  /** whether the move cites a rule that permits it */
  cites: boolean
}

/**
 * Every legal move. PostgreSQL holds the same table and refuses whatever is not in it.
 * `undo` leads back to the state before the move that it undoes.
 */
export const transitions: readonly Transition[] = [
  ...moves('submit', 'reader', ['none'], 'pending'),
  // An answer by somebody who moderates.
  ...moves('submit', 'person', ['none'], 'pending'),
  ...moves('approve', 'person', ['pending', 'second_review'], 'published'),
  ...moves('edit', 'person', ['pending', 'second_review', 'published'], 'published', { cites: true }),
  ...moves('reject', 'person', ['pending', 'second_review'], 'rejected', { cites: true }),
  ...moves('return', 'person', ['pending'], 'returned', { cites: true }),
  ...moves('resubmit', 'reader', ['returned'], 'pending'),
  ...moves('escalate', 'person', ['pending'], 'second_review', { proposal: 'approve' }),
  ...moves('escalate', 'person', ['pending'], 'second_review', { proposal: 'edit', cites: true }),
  ...moves('escalate', 'person', ['pending'], 'second_review', { proposal: 'reject', cites: true }),
  ...moves('undo', 'person', ['published', 'rejected', 'returned', 'second_review'], 'pending'),
  ...moves('undo', 'person', ['published', 'rejected'], 'second_review'),
  ...moves('undo', 'person', ['published'], 'published'),
  ...moves('undo', 'person', ['published'], 'rejected'),
  ...moves('undo', 'person', ['published'], 'unpublished'),
  ...moves('undo', 'person', ['published'], 'expired'),
  ...moves('unpublish', 'person', ['published'], 'unpublished', { cites: true }),
  // By order of an authority, which stands in the place of the rule.
  ...moves('unpublish', 'person', ['published'], 'unpublished'),
  // As a person did, says the ledger, in what a restored backup lacks.
  ...moves('unpublish', 'system', ['published'], 'unpublished'),
  ...moves('restore', 'person', ['rejected', 'unpublished', 'expired', 'published', 'returned'], 'published'),
  ...moves('expire', 'system', ['pending', 'returned'], 'expired'),
  ...moves(
    'withdraw',
    'reader',
    ['pending', 'second_review', 'published', 'rejected', 'returned', 'unpublished', 'expired'],
    'withdrawn',
  ),
]

/**
 * How a comment comes in from another service: as a move of the admin who vouches for what was decided there, straight to
 * where it stood. Only the command line makes them, by functions that the service may not call.
 */
export const imports: readonly (Omit<Transition, 'action' | 'to'> & { action: 'import'; to: Status })[] = (
  ['pending', 'published', 'withdrawn'] as const
).map((to) => ({ action: 'import', proposal: 'none', from: 'none', to, actor: 'person', cites: false }))

/** Whether only the outcome of an appeal makes this move: restoring what is edited or returned. */
export function isOutcomeOnly({ action, from }: Pick<Transition, 'action' | 'from'>): boolean {
  return action === 'restore' && (from === 'published' || from === 'returned')
}

/** The moves that a person may take back while nothing of them shows. */
export const undoable: readonly Move[] = ['approve', 'edit', 'reject', 'return', 'escalate', 'restore']

/**
 * The legal move of this kind from a state, if there is one; for an undo, the one that leads to `to`. Where a rule or an
 * order will do, the one under a rule, unless `cites` says otherwise.
 */
export function transitionFrom(
  from: Status,
  action: Move,
  {
    proposal = 'none',
    to,
    cites,
    actor,
  }: { proposal?: Proposal | 'none'; to?: Status | undefined; cites?: boolean; actor?: Actor } = {},
): Transition | undefined {
  return transitions.find(
    (one) =>
      one.from === from &&
      one.action === action &&
      one.proposal === proposal &&
      (cites === undefined || one.cites === cites) &&
      (actor === undefined || one.actor === actor) &&
      (to === undefined || one.to === to),
  )
}

/** What a person could do in a state, for telling those who asked for something else. */
export function actionsFrom(from: Status): Move[] {
  return [
    ...new Set(
      transitions
        .filter((one) => one.from === from && one.actor === 'person' && !isOutcomeOnly(one))
        .map((one) => one.action),
    ),
  ]
}

function moves(
  action: Move,
  actor: Actor,
  from: Transition['from'][],
  to: Status,
  { cites = false, proposal = 'none' }: { cites?: boolean; proposal?: Proposal | 'none' } = {},
): Transition[] {
  return from.map((one) => ({ action, proposal, from: one, to, actor, cites }))
}
