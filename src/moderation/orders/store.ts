import type { Sql } from '../../database/client.ts'
import type { NewOrder, Order, OrderOutcome } from './order.ts'

export interface OrderRow extends Omit<Order, 'registeredAt'> {
  position: string
  registeredAt: Date
}

const columns = `
  o.id, o.position, o.site, o.kind, o.country, o.authority, o.legal_basis as "legalBasis", o.reference,
  o.received_on::text as "receivedOn", o.scope, o.public_summary as "publicSummary",
  o.reader_may_be_told as "readerMayBeTold", o.effect, o.effect_on::text as "effectOn",
  o.authority_informed_on::text as "authorityInformedOn", o.reader_informed_on::text as "readerInformedOn",
  p.pseudonym as by, o.registered_at as "registeredAt",
  array(select n.comment_id from legal_order_comment n where n.order_id = o.id order by n.comment_id) as comments`

/** Writes an order down, within a transaction; its id. */
export async function insertOrder(tx: Sql, order: NewOrder, personId: string): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into legal_order (site, kind, country, authority, legal_basis, reference, received_on, scope,
                              public_summary, reader_may_be_told, person_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    [
      order.site,
      order.kind,
      order.country,
      order.authority,
      order.legalBasis,
      order.reference,
      order.receivedOn,
      order.scope,
      order.publicSummary,
      order.readerMayBeTold,
      personId,
    ],
  )
  return rows[0]?.id ?? ''
}

/** Names the comments of an order that there are on its site; which these are. */
export async function nameComments(tx: Sql, orderId: string, comments: string[]): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into legal_order_comment (order_id, comment_id)
     select o.id, c.id from legal_order o join comment c on c.site = o.site
      where o.id = $1 and c.id = any ($2)
     returning comment_id as id`,
    [orderId, comments],
  )
  return rows.map(({ id }) => id)
}

export async function findOrder(db: Sql, id: string): Promise<OrderRow | undefined> {
  const { rows } = await db.query<OrderRow>(
    `select ${columns} from legal_order o join person p on p.id = o.person_id where o.id = $1`,
    [id],
  )
  return rows[0]
}

/** Orders about a site, or about all of them, newest first. */
export async function listOrders(
  db: Sql,
  site: string | null,
  before: string | null,
  limit: number,
): Promise<OrderRow[]> {
  const { rows } = await db.query<OrderRow>(
    `select ${columns} from legal_order o join person p on p.id = o.person_id
      where ($1::text is null or o.site = $1) and ($2::bigint is null or o.position < $2)
      order by o.position desc limit $3`,
    [site, before, limit],
  )
  return rows
}

/** Writes down what became of an order; false without it. */
export async function writeOutcome(db: Sql, id: string, outcome: OrderOutcome): Promise<boolean> {
  const { rowCount } = await db.query(
    `update legal_order
        set effect = $2, effect_on = $3, authority_informed_on = $4, reader_informed_on = $5, public_summary = $6,
            reader_may_be_told = $7
      where id = $1`,
    [
      id,
      outcome.effect,
      outcome.effectOn,
      outcome.authorityInformedOn,
      outcome.readerInformedOn,
      outcome.publicSummary,
      outcome.readerMayBeTold,
    ],
  )
  return rowCount === 1
}
