import type { ReceiptAnswer } from '../../comments/comment.ts'
import { newSalt } from '../../comments/move-store.ts'
import { held, readReceipt } from '../../comments/reader.ts'
import type { HeldComment } from '../../comments/receipt-store.ts'
import type { Database } from '../../database/client.ts'
import { violatedConstraint } from '../../database/faults.ts'
import { Problem } from '../../http/problems.ts'
import { turn } from '../../http/turns.ts'
import { appealText, type NewAppeal } from './appeal.ts'
import { insertAppeal } from './store.ts'

/** Files the reader's appeal against the decision that stands: once, in time. Of two at once, one is filed. */
export async function fileAppeal(
  db: Database,
  receipt: string | undefined,
  written: NewAppeal,
): Promise<ReceiptAnswer> {
  const comment = await held(db, receipt)
  const seq = appealableIn(comment)
  await turn()
  const text = appealText(written)
  await insertAppeal(db.desk, { commentId: comment.id, seq, text, salt: newSalt() }).catch(explain)
  return readReceipt(db, receipt)
}

function appealableIn({ appealable }: HeldComment): number {
  if (!appealable) throw new Problem('nothing_to_appeal')
  if (appealable.wasAppealed) throw new Problem('already_appealed')
  if (appealable.isOver) throw new Problem('appeal_too_late')
  return appealable.seq
}

/** Something may have come first since the receipt was read. */
function explain(error: unknown): never {
  const constraint = violatedConstraint(error)
  if (constraint === 'appeal_once_key') throw new Problem('already_appealed')
  if (constraint === 'appeal_of_what_stands') throw new Problem('nothing_to_appeal')
  if (constraint === 'appeal_in_time') throw new Problem('appeal_too_late')
  throw error
}
