import { demand } from '../../access/auth.ts'
import type { Caller } from '../../access/roles.ts'
import { type Database, transaction } from '../../database/client.ts'
import { violatedConstraint } from '../../database/faults.ts'
import { Problem } from '../../http/problems.ts'
import { readable } from '../read-comment.ts'
import type { Hold, NewHold } from './hold.ts'
import { endHold, eraseWished, holdsOn, insertHold } from './store.ts'

/** The holds on a comment, oldest first. */
export async function readHolds(db: Database, caller: Caller, commentId: string): Promise<Hold[]> {
  await holder(db, caller, commentId)
  return holdsOn(db.desk, commentId)
}

/** Keeps the words of a comment from being erased, until the hold is ended. */
export async function placeHold(
  db: Database,
  caller: Caller,
  commentId: string,
  { reason, order }: NewHold,
): Promise<Hold> {
  const personId = await holder(db, caller, commentId)
  const hold = { commentId, reason, orderId: order ?? null, personId }
  return one(db, commentId, await insertHold(db.desk, hold).catch(explain))
}

/** Ends a hold. What the reader asked for meanwhile is carried out with it, unless another hold stands. */
export async function liftHold(db: Database, caller: Caller, commentId: string, id: string): Promise<Hold> {
  const personId = await holder(db, caller, commentId)
  await one(db, commentId, id)
  await transaction(db.desk, async (tx) => {
    await endHold(tx, id, personId)
    await eraseWished(tx, commentId, 1)
  })
  return one(db, commentId, id)
}

/** Erases what readers asked for while holds stood, where the lifting of the hold left it; how many. */
export async function carryOutWishes(db: Database): Promise<number> {
  return eraseWished(db.desk, null, 200)
}

async function holder(db: Database, caller: Caller, commentId: string): Promise<string> {
  const { site } = await readable(db, caller, commentId)
  demand(caller, 'hold', site)
  if (!caller.person) throw new Problem('forbidden', 'Only a person places holds.')
  return caller.person.id
}

async function one(db: Database, commentId: string, id: string): Promise<Hold> {
  const hold = (await holdsOn(db.desk, commentId)).find((each) => each.id === id.toLowerCase())
  if (!hold) throw new Problem('hold_not_found')
  return hold
}

function explain(error: unknown): never {
  const constraint = violatedConstraint(error)
  if (constraint === 'hold_of_words') {
    throw new Problem('illegal_move', 'The words of this comment are erased; there is nothing to hold.')
  }
  if (constraint === 'hold_order_fkey') {
    throw new Problem('order_unknown', undefined, {
      errors: [{ pointer: '#/order', code: 'order_unknown', detail: 'See `detail`.' }],
    })
  }
  throw error
}
