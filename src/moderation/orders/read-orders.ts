import { demand } from '../../access/auth.ts'
import type { Caller } from '../../access/roles.ts'
import type { Database } from '../../database/client.ts'
import { openCursor, sealCursor } from '../../http/paging.ts'
import { Problem } from '../../http/problems.ts'
import type { Order, Orders, OrdersQuery } from './order.ts'
import { findOrder, listOrders, type OrderRow } from './store.ts'

/** One order. */
export async function readOrder(db: Database, caller: Caller, id: string): Promise<Order> {
  demand(caller, 'manage_orders', null)
  const order = await findOrder(db.desk, id)
  if (!order) throw new Problem('order_not_found')
  return shown(order)
}

/** A page of the orders about a site, or about all of them, newest first. */
export async function readOrders(
  db: Database,
  cursorKey: Buffer,
  caller: Caller,
  { site, limit, cursor }: OrdersQuery,
): Promise<Orders> {
  demand(caller, 'manage_orders', site ?? null)
  const list = JSON.stringify(['orders', site])
  const [before] = cursor === undefined ? [] : openCursor(cursorKey, list, cursor)
  const rows = await listOrders(db.desk, site ?? null, before ?? null, limit + 1)
  const page = rows.slice(0, limit)
  const last = page[page.length - 1]
  const next = rows.length > limit && last ? sealCursor(cursorKey, list, [last.position]) : null
  return { orders: page.map(shown), next }
}

function shown({ position: _position, registeredAt, ...order }: OrderRow): Order {
  return { ...order, registeredAt: registeredAt.toISOString() }
}
