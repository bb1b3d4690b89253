import type { Database } from '../database/client.ts'
import { Problem } from '../http/problems.ts'
import { coarse } from '../http/times.ts'
import { inTurns, turn } from '../http/turns.ts'
import type { Screening } from '../screening/screened.ts'
import { type ReceiptAnswer, type Resubmission, ToldAction } from './comment.ts'
import { comparing } from './comparing.ts'
import { plainMove, recordMove } from './move-store.ts'
import { appealing } from './own-appeal.ts'
import { receiptHash } from './receipt.ts'
import { eraseForReader, type HeldComment, heldComment, wishErasure } from './receipt-store.ts'
import { transitionFrom } from './status.ts'
import { wording } from './wording.ts'

/** What the holder of a receipt sees. */
export async function readReceipt(db: Database, receipt: string | undefined): Promise<ReceiptAnswer> {
  return answer(await held(db, receipt))
}

/** A new text for a returned comment: a new revision, judged under the terms that are in force now. */
export async function resubmit(
  { db, screen, onTaken }: Screening,
  receipt: string | undefined,
  written: Resubmission,
): Promise<ReceiptAnswer> {
  const comment = await held(db, receipt)
  const transition = transitionFrom(comment.status, 'resubmit')
  if (!transition) throw new Problem('not_returned')
  await turn()
  const words = wording(written, comment.limits)
  const { site, article, language } = comment
  const recorded = await recordMove(db.desk, {
    ...plainMove(comment, transition),
    revision: comment.version + 1,
    newRevision: {
      wording: words,
      termsVersion: comment.termsVersion,
      rules: [],
      screened: await screen({ site, article, language, ...words }),
    },
  })
  if (!recorded) throw new Problem('not_returned')
  onTaken?.()
  return readReceipt(db, receipt)
}

/** The reader takes the comment back, from whatever state; gone at once. Doing it again changes nothing. */
export async function withdraw(db: Database, receipt: string | undefined): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const comment = await held(db, receipt)
    if (comment.status === 'withdrawn') return
    const transition = transitionFrom(comment.status, 'withdraw')
    if (!transition) throw new Problem('illegal_move')
    if (await recordMove(db.desk, plainMove(comment, transition))) return
  }
  throw new Problem('unavailable')
}

/**
 * Withdraws the comment and removes every word of it for good; the log keeps that there was one. Where the words have to
 * be kept for now, it is withdrawn all the same, and the rest is done later (`held`).
 */
export async function erase(db: Database, receipt: string | undefined): Promise<void> {
  await withdraw(db, receipt)
  const comment = await held(db, receipt)
  if (await eraseForReader(db.desk, comment.id)) return
  await wishErasure(db.desk, comment.id)
  throw new Problem('held')
}

/** The comment of a receipt, or the problem that there is none. */
export async function held(db: Database, receipt: string | undefined): Promise<HeldComment> {
  if (receipt === undefined)
    throw new Problem('unauthenticated', 'Send your receipt as `Authorization: Bearer …`.')
  const hash = receiptHash(receipt)
  const comment = hash && (await heldComment(db.desk, hash))
  if (!comment) throw new Problem('receipt_unknown')
  return comment
}

async function answer(comment: HeldComment): Promise<ReceiptAnswer> {
  const { submitted, shown, times } = comment
  const status = statusForReader(comment)
  const decision = status === 'pending' || status === 'withdrawn' ? undefined : told(comment)
  const wasEdited = submitted && shown && (submitted.text !== shown.text || submitted.name !== shown.name)
  return {
    id: comment.id,
    site: comment.site,
    article: comment.article,
    language: comment.language,
    status,
    submitted,
    ...(comment.erased && { erased: comment.erased }),
    ...(comment.erasureWaits && { erasureWaits: true as const }),
    ...(shown && { published: { name: shown.name, text: shown.text, at: coarse(shown.at, times) } }),
    ...(decision && { decision }),
    ...(wasEdited && { difference: await inTurns(comparing(submitted.text, shown.text)) }),
    ...appealing(comment),
  }
}

/** A publication that is still to come, and a second review, look like waiting. */
function statusForReader({ status, shown }: HeldComment): ReceiptAnswer['status'] {
  if (status === 'second_review') return 'pending'
  return status === 'published' && !shown ? 'pending' : status
}

function told({ decision }: HeldComment): ReceiptAnswer['decision'] {
  if (!decision) return undefined
  const { action, rules, order, reason } = decision
  const shown = ToldAction.safeParse(action)
  return shown.success ? { action: shown.data, rules, ...(order && { order }), reason } : undefined
}
