import type { Database } from '../database/client.ts'
import { openCursor, sealCursor } from '../http/paging.ts'
import { Problem } from '../http/problems.ts'
import type { Deliveries, DeliveriesQuery, Delivery } from './delivery.ts'
import { type DeliveryRow, deliverAgain, deliveryRows, insertPing } from './delivery-store.ts'
import { type WebhookRow, webhookRow, webhookRows } from './store.ts'
import type { Webhook, Webhooks } from './webhook.ts'

/** One endpoint. */
export async function readWebhook(db: Database, id: string): Promise<Webhook> {
  const row = await webhookRow(db.desk, id)
  if (!row) throw new Problem('webhook_not_found')
  return webhookOf(row)
}

interface PageAsked {
  limit: number
  cursor?: string | undefined
}

/** A page of the endpoints, the newest first. */
export async function readWebhooks(
  db: Database,
  cursorKey: Buffer,
  { limit, cursor }: PageAsked,
): Promise<Webhooks> {
  const list = JSON.stringify(['webhooks'])
  const [before] = cursor === undefined ? [] : openCursor(cursorKey, list, cursor)
  const rows = await webhookRows(db.desk, before ?? null, limit + 1)
  return { webhooks: rows.slice(0, limit).map(webhookOf), next: nextOf(cursorKey, list, rows, limit) }
}

/** A page of what an endpoint was told, or is to be, the newest first. */
export async function readDeliveries(
  db: Database,
  cursorKey: Buffer,
  id: string,
  { status, limit, cursor }: DeliveriesQuery,
): Promise<Deliveries> {
  await readWebhook(db, id)
  const list = JSON.stringify(['deliveries', id, status])
  const [before] = cursor === undefined ? [] : openCursor(cursorKey, list, cursor)
  const asked = { status: status ?? null, before: before ?? null, most: limit + 1 }
  const rows = await deliveryRows(db.desk, id, asked)
  return { deliveries: rows.slice(0, limit).map(deliveryOf), next: nextOf(cursorKey, list, rows, limit) }
}

/** Has a delivery tried again. */
export async function replayDelivery(db: Database, id: string, deliveryId: string): Promise<Delivery> {
  await readWebhook(db, id)
  const row = await deliverAgain(db.desk, id, deliveryId)
  if (!row) throw new Problem('delivery_not_found')
  return deliveryOf(row)
}

/** Has a message sent that tells nothing. */
export async function ping(db: Database, id: string): Promise<Delivery> {
  await readWebhook(db, id)
  const row = await insertPing(db.desk, id)
  if (!row) throw new Problem('webhook_not_found')
  return deliveryOf(row)
}

function nextOf(key: Buffer, list: string, rows: { position: string }[], limit: number): string | null {
  const last = rows[limit - 1]
  return rows.length > limit && last ? sealCursor(key, list, [last.position]) : null
}

function webhookOf({ position: _position, disabledBecause, disabledAt, ...row }: WebhookRow): Webhook {
  const { createdAt, failingSince, secrets } = row
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    failingSince: failingSince?.toISOString() ?? null,
    disabled: disabledBecause && disabledAt && { because: disabledBecause, at: disabledAt.toISOString() },
    secrets: secrets.map(({ madeAt, endsAt }) => ({
      madeAt: inUtc(madeAt),
      endsAt: endsAt && inUtc(endsAt),
    })),
  }
}

function deliveryOf({ position: _position, ...row }: DeliveryRow): Delivery {
  return {
    ...row,
    dueAt: row.status === 'waiting' ? row.dueAt.toISOString() : null,
    attempts: row.attempts.map((one) => ({ ...one, at: inUtc(one.at) })),
  }
}

/** A time from PostgreSQL's JSON. */
function inUtc(time: string): string {
  return new Date(time).toISOString()
}
