import type { Sql } from '../database/client.ts'
import type { Delivery } from './delivery.ts'

export interface DeliveryRow extends Omit<Delivery, 'dueAt' | 'attempts'> {
  position: string
  dueAt: Date
  attempts: (Omit<Delivery['attempts'][number], 'at'> & { at: string })[]
}

const columns = `
  d.id, d.position, coalesce(d.event_id, d.id) as "messageId", d.type, d.site, e.comment_id as comment, a.key as article,
  d.status, d.due_at as "dueAt",
  (select coalesce(jsonb_agg(jsonb_build_object('at', t.at, 'status', t.status, 'fault', t.fault, 'ms', t.ms)
                             order by t.nth desc), '[]')
     from (select * from delivery_attempt t where t.delivery_id = d.id order by t.nth desc limit 20) as t) as attempts`

const tables = `left join event e on e.id = d.event_id left join article a on a.id = d.article_id`

/** What an endpoint is told, the newest first. */
export async function deliveryRows(
  db: Sql,
  webhookId: string,
  { status, before, most }: { status: string | null; before: string | null; most: number },
): Promise<DeliveryRow[]> {
  const { rows } = await db.query<DeliveryRow>(
    `select ${columns} from delivery d ${tables}
      where d.webhook_id = $1 and ($2::text is null or d.status = $2) and ($3::bigint is null or d.position < $3)
      order by d.position desc limit $4`,
    [webhookId, status, before, most],
  )
  return rows
}

async function deliveryRow(db: Sql, webhookId: string, id: string): Promise<DeliveryRow | undefined> {
  const { rows } = await db.query<DeliveryRow>(
    `select ${columns} from delivery d ${tables} where d.webhook_id = $1 and d.id = $2`,
    [webhookId, id],
  )
  return rows[0]
}

/**
 * Has a delivery tried at once and from the beginning, whatever became of it; undefined without it. What is not due yet
 * stays as it is: it may still be undone.
 */
export async function deliverAgain(db: Sql, webhookId: string, id: string): Promise<DeliveryRow | undefined> {
  await db.query(
    `update delivery set status = 'waiting', due_at = moment(), tries = 0, settled_at = null
      where webhook_id = $1 and id = $2 and happened_at <= moment()`,
    [webhookId, id],
  )
  return deliveryRow(db, webhookId, id)
}

/** Has an endpoint told that somebody wants to know whether messages arrive. */
export async function insertPing(db: Sql, webhookId: string): Promise<DeliveryRow | undefined> {
  const { rows } = await db.query<{ id: string }>(
    `insert into delivery (webhook_id, type, happened_at, due_at) values ($1, 'ping', moment(), moment()) returning id`,
    [webhookId],
  )
  return rows[0] && deliveryRow(db, webhookId, rows[0].id)
}
