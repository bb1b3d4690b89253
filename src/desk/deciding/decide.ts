import type { Comment, Decision } from '../api/shapes.ts'
import type { Draft, Form } from '../queue/drafts.ts'
import { cutText, rulesOf } from './cuts.ts'
import type { Lettered } from './rule-letters.ts'

/** A draft with nothing in it yet. */
export function newDraft(comment: Comment, form: Form): Draft {
  const isProposal = comment.status === 'second_review' && comment.last.proposal === form
  return {
    version: comment.version,
    form,
    text: comment.text ?? '',
    name: comment.name,
    reason: '',
    note: '',
    rules: isProposal ? comment.last.rules.map(({ code }) => code) : [],
    cuts: [],
  }
}

/** Whether something was written or chosen that nobody should have to do again. */
export function isBegun(draft: Draft, comment: Comment): boolean {
  const { text, name, reason, note, rules, cuts } = draft
  const isWritten = reason !== '' || note !== '' || text !== (comment.text ?? '') || name !== comment.name
  return isWritten || rules.length > 0 || cuts.length > 0
}

/**
 * The decision that a draft asks for, or undefined while something is missing. Under a rule that needs two people a
 * waiting comment is not rejected or edited but proposed to be.
 */
export function decisionOf(draft: Draft, comment: Comment, rules: readonly Lettered[]): Decision | undefined {
  const { form, reason, note } = draft
  const said = { ...(reason.trim() && { reason }), ...(note.trim() && { note }) }
  const cited = citedBy(draft)
  if (form === 'escalate') {
    return { action: 'escalate', proposal: cited.length > 0 ? 'reject' : 'approve', rules: cited, ...said }
  }
  if (form === 'note' || cited.length === 0) return undefined
  const isTwo =
    comment.status === 'pending' && rules.some((rule) => rule.needsSecond && cited.includes(rule.code))
  if (form === 'return') return said.reason ? { action: 'return', rules: cited, ...said } : undefined
  if (form === 'reject') {
    if (comment.status === 'published') return { action: 'unpublish', rules: cited, ...said }
    const kind = isTwo
      ? ({ action: 'escalate', proposal: 'reject' } as const)
      : ({ action: 'reject' } as const)
    return { ...kind, rules: cited, ...said }
  }
  const words = wordsOf(draft, comment)
  if (words.text === undefined && words.name === undefined) return undefined
  const kind = isTwo ? ({ action: 'escalate', proposal: 'edit' } as const) : ({ action: 'edit' } as const)
  return { ...kind, ...words, rules: cited, ...said }
}

/** The same as a proposal for a second person. */
export function proposalOf(draft: Draft, comment: Comment, rules: readonly Lettered[]): Decision | undefined {
  const decision = decisionOf(draft, comment, rules)
  if (decision?.action !== 'edit') return decision
  return { ...decision, action: 'escalate', proposal: 'edit' }
}

function citedBy({ form, rules, cuts }: Draft): string[] {
  return form === 'cut' ? rulesOf(cuts) : [...new Set(rules.filter((code) => code !== ''))]
}

function wordsOf(draft: Draft, comment: Comment): Pick<Decision, 'text' | 'name'> {
  const text = draft.form === 'cut' ? cutText(comment.text ?? '', draft.cuts) : draft.text
  return {
    ...(text !== (comment.text ?? '') && { text }),
    ...(draft.name !== comment.name && { name: draft.name === '' ? null : draft.name }),
  }
}
