import { demand } from '../../access/auth.ts'
import type { Caller } from '../../access/roles.ts'
import { type Database, transaction } from '../../database/client.ts'
import { Problem } from '../../http/problems.ts'
import { existingSite } from '../../sites/existing-site.ts'
import type { NewOrder, Order, OrderOutcome } from './order.ts'
import { readOrder } from './read-orders.ts'
import { insertOrder, nameComments, writeOutcome } from './store.ts'

/** Writes down what an authority ordered or asked for. It changes nothing else: an order acts by a decision under it. */
export async function registerOrder(db: Database, caller: Caller, order: NewOrder): Promise<Order> {
  demand(caller, 'manage_orders', order.site)
  const { person } = caller
  if (!person) throw new Problem('forbidden', 'Only a person writes orders down.')
  await existingSite(db, order.site)
  const id = await transaction(db.desk, async (tx) => {
    const made = await insertOrder(tx, order, person.id)
    const named = new Set(await nameComments(tx, made, order.comments))
    refuseUnknown(order.comments, named)
    return made
  })
  return readOrder(db, caller, id)
}

function refuseUnknown(comments: string[], named: Set<string>): void {
  const errors = comments.flatMap((id, index) =>
    named.has(id.toLowerCase())
      ? []
      : [{ pointer: `#/comments/${index}`, code: 'comment_not_found', detail: 'It is not on this site.' }],
  )
  if (errors.length > 0) {
    throw new Problem('comment_not_found', 'The order names comments that are not on this site.', { errors })
  }
}

/** Writes down what became of an order, and who was told. */
export async function concludeOrder(
  db: Database,
  caller: Caller,
  id: string,
  outcome: OrderOutcome,
): Promise<Order> {
  await readOrder(db, caller, id)
  await writeOutcome(db.desk, id, outcome)
  return readOrder(db, caller, id)
}
