import type { Sql } from '../database/client.ts'
import type { NewWebhook, Webhook, WebhookSettings } from './webhook.ts'

/** An endpoint, with its place in the list; times as PostgreSQL writes them in JSON. */
export interface WebhookRow extends Omit<Webhook, 'disabled' | 'createdAt' | 'failingSince'> {
  position: string
  createdAt: Date
  failingSince: Date | null
  disabledBecause: 'gone' | 'failing' | null
  disabledAt: Date | null
}

const columns = `
  w.id, w.position, w.site, w.url, w.description, w.events, w.moderation, w.enabled, w.created_at as "createdAt",
  w.failing_since as "failingSince", w.disabled_because as "disabledBecause", w.disabled_at as "disabledAt",
  w.replay_from is not null as replaying,
  (select coalesce(jsonb_agg(jsonb_build_object('madeAt', s.made_at, 'endsAt', s.ends_at)
                             order by s.ends_at desc nulls first, s.made_at desc), '[]')
     from webhook_secret s where s.webhook_id = w.id and (s.ends_at is null or s.ends_at > moment())) as secrets`

export async function webhookRow(db: Sql, id: string): Promise<WebhookRow | undefined> {
  const { rows } = await db.query<WebhookRow>(
    `select ${columns} from webhook w where w.id = $1 and w.deleted_at is null`,
    [id],
  )
  return rows[0]
}

/** Endpoints, the newest first. */
export async function webhookRows(db: Sql, before: string | null, most: number): Promise<WebhookRow[]> {
  const { rows } = await db.query<WebhookRow>(
    `select ${columns} from webhook w
      where w.deleted_at is null and ($1::bigint is null or w.position < $1) order by w.position desc limit $2`,
    [before, most],
  )
  return rows
}

/** Makes an endpoint with its first secret, within a transaction; its id is given, because the secret is sealed for it. */
export async function insertWebhook(tx: Sql, id: string, webhook: NewWebhook, sealed: Buffer): Promise<void> {
  await tx.query(
    `with made as (
       insert into webhook (id, site, url, description, events, moderation, enabled)
       values ($1, $2, $3, $4, $5, $6, $7) returning id
     )
     insert into webhook_secret (webhook_id, secret) select id, $8 from made`,
    [
      id,
      webhook.site,
      webhook.url,
      webhook.description,
      webhook.events,
      webhook.moderation,
      webhook.enabled,
      sealed,
    ],
  )
}

/** How many endpoints there are. */
export async function countWebhooks(db: Sql): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    'select count(*)::integer as count from webhook where deleted_at is null',
  )
  return rows[0]?.count ?? 0
}

/** Replaces the settings of an endpoint; one that is enabled begins anew. False without it. */
export async function updateWebhook(db: Sql, id: string, settings: WebhookSettings): Promise<boolean> {
  const { rowCount } = await db.query(
    `update webhook
        set url = $2, description = $3, events = $4, moderation = $5, enabled = $6,
            failing_since = case when $6 and not enabled then null else failing_since end,
            disabled_because = case when not $6 then disabled_because end,
            disabled_at = case when not $6 then disabled_at end
      where id = $1 and deleted_at is null`,
    [id, settings.url, settings.description, settings.events, settings.moderation, settings.enabled],
  )
  return rowCount === 1
}

/** Lets all secrets end after so many hours at the latest, and adds another one. */
export async function rotateSecret(db: Sql, id: string, sealed: Buffer, keepHours: number): Promise<void> {
  await db.query(
    `with ended as (
       update webhook_secret set ends_at = least(coalesce(ends_at, 'infinity'), moment() + $3 * interval '1 hour')
        where webhook_id = $1
     )
     insert into webhook_secret (webhook_id, secret) values ($1, $2)`,
    [id, sealed, keepHours],
  )
}

/** Tells an endpoint nothing more. Its row and deliveries go later, step by step. False without it. */
export async function deleteWebhook(db: Sql, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update webhook set enabled = false, disabled_because = null, disabled_at = null, replay_from = null,
                        replay_after = null, replay_until = null, deleted_at = moment()
      where id = $1 and deleted_at is null`,
    [id],
  )
  return rowCount === 1
}

/** Has an endpoint told again of what has been due since then. */
export async function askReplay(db: Sql, id: string, since: string): Promise<void> {
  await db.query(
    `update webhook set replay_from = $2, replay_after = null, replay_until = moment()
      where id = $1 and deleted_at is null`,
    [id, since],
  )
}
