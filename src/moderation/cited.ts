import { type Caller, can } from '../access/roles.ts'
import type { Transition } from '../comments/status.ts'
import { Problem } from '../http/problems.ts'
import type { Permit } from '../terms/terms.ts'
import type { Decision } from './decision.ts'
import type { JudgedRow } from './store.ts'

export type CitedRule = JudgedRow['rules'][number]

/** An order that acts is one to act against content, about this comment, and an admin's to carry out. */
export function refuseOrder(
  comment: JudgedRow,
  { order: id }: { order?: string | undefined },
  caller: Caller,
): void {
  if (id === undefined) return
  if (!can(caller, 'manage_orders', comment.site)) {
    throw new Problem('forbidden', 'Only an admin carries out an order.')
  }
  const order = comment.orders.find((one) => one.id === id)
  if (order?.acts) return
  const code = order ? 'order_does_not_act' : 'order_unknown'
  throw new Problem(code, undefined, { errors: [{ pointer: '#/order', code, detail: 'See `detail`.' }] })
}

/** The rules that a decision cites, each of which permits it; none where it cites none. */
export function citedRules(
  comment: JudgedRow,
  { rules: codes }: Decision,
  transition: Transition,
): CitedRule[] {
  const { action, proposal, cites } = transition
  if (!cites) {
    if (codes.length === 0) return []
    throw new Problem(
      'rule_does_not_permit',
      `To ${action} cites no rule.`,
      rulesFault('rule_does_not_permit'),
    )
  }
  if (codes.length === 0) throw new Problem('rule_missing', undefined, rulesFault('rule_missing'))
  const permit = permitOf(action === 'escalate' ? proposal : action)
  return [...new Set(codes)].map((code) => {
    const rule = comment.rules.find((one) => one.code === code)
    if (!rule) {
      const known = comment.rules.map((one) => one.code).join(', ')
      const detail = `Version ${comment.terms_version} of the terms has: ${known}.`
      throw new Problem('rule_unknown', detail, rulesFault('rule_unknown'))
    }
    if (!permit || !rule.permits.includes(permit)) {
      const detail = `The rule ${code} permits: ${rule.permits.join(', ')}.`
      throw new Problem('rule_does_not_permit', detail, rulesFault('rule_does_not_permit'))
    }
    return rule
  })
}

function permitOf(action: string): Permit | undefined {
  const permits: readonly Permit[] = ['edit', 'reject', 'return', 'unpublish']
  return permits.find((permit) => permit === action)
}

function rulesFault(code: 'rule_missing' | 'rule_unknown' | 'rule_does_not_permit') {
  return { errors: [{ pointer: '#/rules', code, detail: 'See `detail`.' }] }
}
