import { type Caller, can } from '../access/roles.ts'
import type { NewMove, NewRevision } from '../comments/move-store.ts'
import {
  actionsFrom,
  isOutcomeOnly,
  type Proposal,
  type Transition,
  transitionFrom,
  undoable,
} from '../comments/status.ts'
import { type Wording, wording } from '../comments/wording.ts'
import { Problem } from '../http/problems.ts'
import { type Limits, mostOf } from '../sites/site.ts'
import { type CitedRule, citedRules, refuseOrder } from './cited.ts'
import type { Decision } from './decision.ts'
import { isOnlyCuts } from './removals.ts'
import { unfilled } from './saved-reasons/saved-reasons.ts'
import type { JudgedRow } from './store.ts'

/**
 * The move that a decision asks for, or the problem why it cannot be. Pure: everything it hangs on is given. Some moves
 * are there for the outcomes of appeals alone.
 */
export function judge(
  comment: JudgedRow,
  asked: Decision,
  caller: Caller,
  { isOutcome = false }: { isOutcome?: boolean } = {},
): NewMove {
  const { person } = caller
  if (!person) throw new Problem('forbidden', 'Only a person decides.')
  refuseStray(asked)
  const transition = legal(comment, asked, isOutcome)
  refuseByPerson(comment, transition, caller)
  refuseOrder(comment, asked, caller)
  const rules = citedRules(comment, asked, transition)
  refuseAlone(comment, transition, rules)
  if (asked.action === 'return' && !asked.reason) throw new Problem('reason_missing')
  refuseUnfinished(asked)
  const newRevision = edited(comment, asked, transition, rules)

  return {
    commentId: comment.id,
    version: comment.version,
    transition,
    person: { id: person.id, keyId: caller.key?.id ?? null },
    judgedRevision: comment.revision,
    revision: standing(comment, asked, transition),
    ...(newRevision && { newRevision }),
    rules: rules.map((rule) => rule.id),
    orderId: asked.order,
    reason: asked.reason ?? null,
    note: asked.note ?? null,
  }
}

/** A saved reason has places to be filled in, which no reader should be sent. */
function refuseUnfinished({ reason }: Decision): void {
  const place = reason && unfilled(reason)
  if (!place) return
  const detail = 'A place that was to be filled in still stands in it.'
  throw new Problem('reason_unfinished', undefined, {
    errors: [{ pointer: '#/reason', code: 'reason_unfinished', detail }],
  })
}

/** A field that the action has no use for was meant to do something: nothing is done in its stead. */
function refuseStray({ action, revision, proposal, order }: Decision): void {
  if (revision !== undefined && action !== 'restore') {
    throw unexpected('revision', `To ${action} names no revision; it judges the one that stands.`)
  }
  if (proposal !== undefined && action !== 'escalate') {
    throw unexpected('proposal', `To ${action} proposes nothing; use escalate.`)
  }
  if (order !== undefined && action !== 'unpublish') {
    throw unexpected('order', `To ${action} follows no order; an order unpublishes.`)
  }
}

function unexpected(field: 'revision' | 'proposal' | 'order' | 'text' | 'name', detail: string): Problem {
  return new Problem('invalid_request', detail, {
    errors: [{ pointer: `#/${field}`, code: 'unexpected', detail }],
  })
}

function legal(comment: JudgedRow, asked: Decision, isOutcome: boolean): Transition {
  const { action } = asked
  const proposal = action === 'escalate' ? (asked.proposal ?? impliedProposal(asked)) : 'none'
  const undo = action === 'undo'
  const transition = transitionFrom(comment.status, action, {
    proposal,
    to: undo ? comment.before?.status : undefined,
    ...(asked.order !== undefined && { cites: false }),
  })
  const hasWhatToUndo = !undo || undoable.includes(comment.last.action)
  if (!transition || !hasWhatToUndo || (isOutcomeOnly(transition) && !isOutcome)) {
    const possible = actionsFrom(comment.status).filter((one) => one !== 'undo')
    const say = possible.length > 0 ? `possible: ${possible.join(', ')}` : 'nothing is possible'
    throw new Problem('illegal_move', `A comment that is ${comment.status} cannot take ${action}; ${say}.`)
  }
  if (undo && comment.is_outcome) throw new Problem('illegal_move', outcomeStands)
  if (undo && !comment.undoable) throw new Problem('too_late_to_undo')
  return transition
}

/** Why the newest move is not undone. */
export const outcomeStands = 'The outcome of an appeal cannot be undone.'

function impliedProposal({ text, name, rules }: Decision): Proposal {
  if (text !== undefined || name !== undefined) return 'edit'
  return rules.length > 0 ? 'reject' : 'approve'
}

/** That nobody publishes what they wrote themselves. */
export function anotherReads(): Problem {
  return new Problem('second_person_needed', 'You wrote this; another person reads and publishes it.')
}

function refuseByPerson(comment: JudgedRow, { action }: Transition, caller: Caller): void {
  if (action === 'restore' && !can(caller, 'restore', comment.site)) {
    throw new Problem('forbidden', 'Only an editor restores a comment.')
  }
  if (action === 'restore' && comment.is_ordered && !can(caller, 'manage_orders', comment.site)) {
    throw new Problem('forbidden', 'An authority ordered that it goes; only an admin restores it.')
  }
  const ownMove = comment.last.personId === caller.person?.id
  if (action === 'undo' && !ownMove && !can(caller, 'undo_for_others', comment.site)) {
    throw new Problem('forbidden', 'Only whoever decided, or an editor, undoes a decision.')
  }
  if (comment.staff && action === 'return') {
    throw new Problem('illegal_move', 'Nobody could send it again, for it has no receipt; reject it.')
  }
  const publishes = action === 'approve' || action === 'edit' || action === 'restore'
  if (publishes && comment.staff_writer === caller.person?.id) throw anotherReads()
  const settles = action === 'approve' || action === 'edit' || action === 'reject'
  if (comment.status === 'second_review' && settles && comment.escalated_by === caller.person?.id) {
    throw new Problem('second_person_needed', 'You escalated this comment; another person settles it.')
  }
}

function refuseAlone(comment: JudgedRow, { action, from }: Transition, rules: CitedRule[]): void {
  const alone = from === 'pending' && (action === 'reject' || action === 'edit')
  const strict = rules.find((rule) => rule.needsSecond)
  const needsSecond = action === 'escalate' || (alone && strict)
  if (!needsSecond) return
  if (comment.deciders < 2) throw new Problem('second_person_missing')
  if (action !== 'escalate') {
    throw new Problem(
      'second_person_needed',
      `The rule ${strict?.code} needs a second person; escalate it with your proposal.`,
    )
  }
}

/** The revision that stands after the move. */
function standing(comment: JudgedRow, asked: Decision, { action }: Transition): number {
  if (action === 'edit') return comment.version + 1
  const isErased = comment.revisions.length === 0
  if (isErased && (action === 'undo' || action === 'restore')) throw new Problem('illegal_move', erased)
  if (action === 'undo') return comment.before?.revision ?? comment.revision
  if (action !== 'restore') return comment.revision
  const revision = asked.revision ?? comment.revision
  if (!comment.revisions.includes(revision)) throw new Problem('revision_unknown')
  return revision
}

/** Why nothing more is done with a comment. */
export const erased = 'The words of this comment are erased.'

/** The new text of an edit, or of a proposal to edit. */
function edited(
  comment: JudgedRow,
  asked: Decision,
  { action, proposal }: Transition,
  rules: CitedRule[],
): NewRevision | undefined {
  if (action !== 'edit' && proposal !== 'edit') {
    if (asked.text === undefined && asked.name === undefined) return undefined
    throw unexpected(asked.text === undefined ? 'name' : 'text', `To ${action} changes no words; use edit.`)
  }
  if (comment.text === null) throw new Problem('illegal_move', erased)
  if (comment.edits === 'off')
    throw new Problem('edits_not_allowed', 'This site lets moderators change nothing.')
  const before = { name: comment.name, text: comment.text }
  const words = wording(
    { text: asked.text ?? before.text, name: asked.name === undefined ? before.name : asked.name },
    limitsFor(asked, comment.limits),
  )
  if (words.text === before.text && words.name === before.name) throw new Problem('nothing_changed')
  if (comment.edits === 'removals') refuseMoreThanCuts(before, words)
  return {
    wording: words,
    termsVersion: comment.terms_version,
    rules: [...new Set([...comment.revision_rules, ...rules.map((rule) => rule.id)])],
    screened: null,
  }
}

/** What is not written anew is not measured anew: the site may have lowered its limits since it was sent. */
function limitsFor({ text, name }: Decision, limits: Limits): Limits {
  return {
    ...limits,
    ...(text === undefined && { textGraphemes: mostOf.textGraphemes, textBytes: mostOf.textBytes }),
    ...(name === undefined && { nameGraphemes: mostOf.nameGraphemes }),
  }
}

function refuseMoreThanCuts(before: { name: string | null; text: string }, after: Wording): void {
  if (!isOnlyCuts(before.text, after.text)) {
    throw new Problem(
      'edits_not_allowed',
      'Here an edit only cuts: replace each passage that you remove by […].',
      {
        errors: [
          {
            pointer: '#/text',
            code: 'edits_not_allowed',
            detail: 'It is not the old text with marked cuts.',
          },
        ],
      },
    )
  }
  if (after.name !== before.name && after.name !== null) {
    throw new Problem('edits_not_allowed', 'Here an edit may remove the name, but not change it.', {
      errors: [{ pointer: '#/name', code: 'edits_not_allowed', detail: 'It is another name.' }],
    })
  }
}
