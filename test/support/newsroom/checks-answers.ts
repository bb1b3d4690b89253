import type { Inquiry } from './inquiry.ts'

const decisions = [
  '400 invalid_request',
  '403 forbidden',
  '409 claimed',
  '409 illegal_move',
  '409 second_person_needed',
  '409 too_late_to_undo',
  '412 stale_version',
  '422 edits_not_allowed',
  '422 nothing_changed',
  '422 reason_missing',
  '422 rule_does_not_permit',
  '422 rule_missing',
  '422 rule_unknown',
]

/** Every way in which each request may be answered. What is not here is a fault: no request may find the service down. */
const legal: Record<string, string[]> = {
  submit: ['202', '409 still_running', '409 parent_not_published', '422 replies_too_deep'],
  receipt: ['200'],
  'send again': ['200', '409 not_returned'],
  withdraw: ['204'],
  erase: ['204'],
  appeal: ['202', '409 nothing_to_appeal', '409 already_appealed', '409 appeal_too_late'],
  'appeal report': ['202', '409 nothing_to_appeal', '409 already_appealed', '409 appeal_too_late'],
  report: ['202', '404 comment_not_found'],
  'take report back': ['204'],
  list: ['200'],
  counts: ['200'],
  claim: ['200'],
  renew: ['200'],
  'give back': ['204'],
  skip: ['204', '409 illegal_move'],
  note: ['201'],
  queue: ['200'],
  read: ['200'],
  'decide many': ['200'],
  'decide flood': ['202', '404 cluster_not_found', ...decisions],
  'undo flood': ['202', '403 forbidden'],
  flood: ['200'],
  reports: ['200'],
  'resolve report': ['201', '409 report_settled', ...decisions],
  appeals: ['200'],
  'resolve appeal': [
    '200',
    '409 not_your_appeal',
    '403 not_your_appeal',
    '409 appeal_settled',
    '409 illegal_move',
    '422 edits_not_allowed',
    '422 nothing_changed',
    '422 text_empty',
  ],
  decide: ['201', ...decisions],
  undo: ['201', ...decisions],
  insist: ['201', ...decisions],
  verification: ['200'],
}

/** Nothing was answered that should not have been. */
export function checkAnswers({ room }: Inquiry): string[] {
  return [...room.ledger.answers].flatMap(([told, times]) => {
    const [operation = ''] = Object.keys(legal)
      .filter((one) => told.startsWith(`${one} `))
      .toSorted((one, other) => other.length - one.length)
    const isLegal = legal[operation]?.some((answer) => told.endsWith(` ${answer}`))
    return isLegal ? [] : [`${told}: ${times} times`]
  })
}

const mustHappen = `
  approve, edit, reject, return, escalate, unpublish, restore, resubmit, undo, expire, withdraw,
  report keep, report unpublish, report edit, appeal upheld, appeal reversed, appeal partly_reversed,
  appeal report 202, reporter told no, reporter told yes,
  skip 204, renew 200, decide many 200, decide unheard 201, decide flood 202, undo flood 202, send again 200, erase 204,
  decide approve 409 claimed, decide approve 412 stale_version, undo 409 too_late_to_undo,
  insist 409 second_person_needed`

/** What must have happened in the simulation at least once, so that the checks above are about something. */
export function checkVariety({ room, record }: Inquiry): string[] {
  const { ledger } = room
  const happened = new Set([
    ...ledger.answers.keys(),
    ...record.moves.map(({ action }) => action),
    ...ledger.reportsSettled.map(({ outcome }) => `report ${outcome}`),
    ...ledger.appealsSettled.map(({ outcome }) => `appeal ${outcome}`),
    ...ledger.reportersAppealsSettled.map(
      ({ outcome }) => `reporter told ${outcome === 'upheld' ? 'no' : 'yes'}`,
    ),
  ])
  const wanted = mustHappen.split(',').map((one) => one.trim())
  return wanted.filter((one) => !happened.has(one)).map((one) => `${one} never happened`)
}
