import type { Sql } from '../database/client.ts'
import { neverShowed } from './told-store.ts'

/** A delivery that nobody else tries for a while. */
export interface TakenDelivery {
  id: string
  /** counts who has taken it: what an earlier one comes to say does not count any more */
  taken: number
  /** that failed since it was due */
  tries: number
  /** the same whenever it is tried */
  messageId: string
  eventId: string | null
  type: string
  site: string | null
  articleId: string | null
  aboutId: string | null
  happenedAt: Date
  takenAt: Date
  /** how many others of the same article it stands for, that do change it */
  merged: number
  webhook: { id: string; url: string; moderation: boolean }
  /** encrypted, the newest first */
  secrets: Buffer[]
}

/**
 * Takes what has been due longest, for so many seconds, from an endpoint that is not `busy`; none is waited for, and none
 * is taken twice. Where caches are told, it stands for all that they are to be told about the same article by now.
 */
export async function takeDelivery(
  db: Sql,
  seconds: number,
  busy: readonly string[],
): Promise<TakenDelivery | undefined> {
  const { rows } = await db.query<TakenDelivery>({
    name: 'take_delivery',
    text: `
      with due as materialized (
        select first.id
          from webhook w
         cross join lateral (
           select d.id, d.due_at from delivery d
            where d.webhook_id = w.id and d.status = 'waiting' and d.due_at <= moment()
            order by d.due_at limit 1 for update skip locked) as first
         where w.enabled and w.id <> all ($2::uuid[])
         order by first.due_at limit 1
      ), taken as (
        update delivery d set taken = d.taken + 1, due_at = moment() + $1 * interval '1 second'
          from due where d.id = due.id
        returning d.*
      ), same as materialized (
        select o.id
          from taken t
         cross join lateral (
           select o.id from delivery o
            where o.webhook_id = t.webhook_id and o.article_id is not distinct from t.article_id
              and o.type = t.type and o.id <> t.id and o.status = 'waiting' and o.event_id is null
              and o.happened_at <= moment() and (o.due_at <= moment() or o.tries = o.taken)
              for update skip locked) as o
         where t.type in ('article.changed', 'site.changed')
      ), merged as (
        delete from delivery o using same where o.id = same.id returning o.about_id, o.happened_at
      )
      select t.id, t.taken, t.tries, coalesce(t.event_id, t.id) as "messageId", t.event_id as "eventId", t.type, t.site,
             t.article_id as "articleId", t.about_id as "aboutId", t.happened_at as "happenedAt",
             moment() as "takenAt", (select count(*)::integer from merged m where not ${neverShowed('m.about_id', 'm.happened_at')}) as merged,
             jsonb_build_object('id', w.id, 'url', w.url, 'moderation', w.moderation) as webhook,
             array(select s.secret from webhook_secret s
                    where s.webhook_id = w.id and (s.ends_at is null or s.ends_at > moment())
                    order by s.ends_at desc nulls first, s.made_at desc) as secrets
        from taken t join webhook w on w.id = t.webhook_id`,
    values: [seconds, busy],
  })
  return rows[0]
}

/** Forgets a delivery of what never came to be. */
export async function dropDelivery(
  db: Sql,
  { id, taken }: Pick<TakenDelivery, 'id' | 'taken'>,
): Promise<void> {
  await db.query('delete from delivery where id = $1 and taken = $2', [id, taken])
}

/** Gives a delivery back that was not tried to its end. */
export async function giveBack(db: Sql, { id, taken }: Pick<TakenDelivery, 'id' | 'taken'>): Promise<void> {
  await db.query('update delivery set due_at = moment() where id = $1 and taken = $2', [id, taken])
}

/** How a try went. */
export interface Tried {
  status: number | null
  fault: string | null
  ms: number
  isDelivered: boolean
  /** seconds until the next one; null for none */
  pause: number | null
}

/**
 * Writes down how a try went. An endpoint that says that it is gone, or that nothing has reached for so many days, is
 * disabled, and others that want to know are told of that in the same statement: why, if it was. Nobody waits for the
 * row of an endpoint that works.
 */
export async function settleDelivery(
  db: Sql,
  { id, taken, webhook }: Pick<TakenDelivery, 'id' | 'taken' | 'webhook'>,
  { status, fault, ms, isDelivered, pause }: Tried,
  failingDays: number,
): Promise<'gone' | 'failing' | undefined> {
  const { rows } = await db.query<{ because: 'gone' | 'failing' | null }>({
    name: 'settle_delivery',
    text: `
      with tried as (
        update delivery
           set tries = tries + 1, status = case when $7 then 'delivered' when $8::float8 is null then 'failed' else 'waiting' end,
               due_at = case when $8::float8 is null then due_at else moment() + $8::float8 * interval '1 second' end,
               settled_at = case when $7 or $8::float8 is null then moment() end
         where id = $1 and taken = $2 and status = 'waiting'
        returning id
      ), noted as (
        insert into delivery_attempt (delivery_id, nth, status, fault, ms) select id, $2, $4, $5, $6 from tried
      ), judged as materialized (
        select w.id, case when not w.enabled or $7 then null
                          when $4 = 410 then 'gone'
                          when w.failing_since < moment() - $9 * interval '1 day' then 'failing' end as because
          from webhook w
         where w.id = $3 and exists (select from tried) and (not $7 or w.failing_since is not null)
           for no key update
      ), changed as (
        update webhook w
           set failing_since = case when not $7 then coalesce(w.failing_since, moment()) end,
               enabled = w.enabled and judged.because is null,
               disabled_because = coalesce(judged.because, w.disabled_because),
               disabled_at = case when judged.because is null then w.disabled_at else moment() end
          from judged where w.id = judged.id
        returning w.id, w.site, judged.because
      ), told as (
        insert into delivery (webhook_id, type, site, about_id, happened_at, due_at)
        select other.id, 'webhook.disabled', changed.site, changed.id, moment(), moment()
          from changed join webhook other on other.enabled and other.id <> changed.id
                                         and 'webhook.disabled' = any (other.events)
                                         and (other.site is null or other.site = changed.site)
         where changed.because is not null
           for key share of other skip locked
      )
      select because from judged`,
    values: [id, taken, webhook.id, status, fault, ms, isDelivered, pause, failingDays],
  })
  return rows[0]?.because ?? undefined
}

/**
 * Makes deliveries of so many events that an endpoint is to be told again, oldest first; what it was told is told once
 * more, with the same id. How many endpoints are not done yet.
 */
export async function replayEvents(db: Sql, most: number): Promise<number> {
  const { rowCount } = await db.query(
    `with asked as materialized (
       select * from webhook where replay_from is not null and enabled for no key update skip locked
     ), again as materialized (
       select w.id as webhook_id, e.*
         from asked w
        cross join lateral (
          select * from event e
           where e.due_at >= w.replay_from and e.due_at < w.replay_until
             and (w.replay_after is null or (e.due_at, e.id) > (w.replay_from, w.replay_after))
             and (w.site is null or e.site = w.site)
           order by e.due_at, e.id limit $1) as e
     ), made as (
       insert into delivery (webhook_id, event_id, type, site, happened_at, due_at)
       select a.webhook_id, a.id, a.type, a.site, a.due_at, moment()
         from again a join asked w on w.id = a.webhook_id where a.type = any (w.events)
       on conflict (webhook_id, event_id) do update
          set status = 'waiting', due_at = moment(), tries = 0, settled_at = null
        where delivery.status <> 'waiting'
     ), reached as (
       select w.id, count(a.id) as events, (array_agg(a.id order by a.due_at desc, a.id desc))[1] as last_id, max(a.due_at) as last_at
         from asked w left join again a on a.webhook_id = w.id group by w.id
     )
     update webhook w
        set replay_from = case when r.events >= $1 then r.last_at end,
            replay_after = case when r.events >= $1 then r.last_id end,
            replay_until = case when r.events >= $1 then w.replay_until end
       from reached r where w.id = r.id`,
    [most],
  )
  return rowCount ?? 0
}

/** Forgets what was settled, or waited in vain, so many days ago; and endpoints that were deleted, when nothing is left. */
export async function forgetDeliveries(db: Sql, days: number, most: number): Promise<number> {
  const { rowCount } = await db.query(
    `delete from delivery where id in (
       select id from (
         (select id from delivery where settled_at < moment() - $1 * interval '1 day' order by settled_at limit $2)
         union all
         (select d.id from webhook w join delivery d on d.webhook_id = w.id and d.status = 'waiting'
                                                    and d.due_at < moment() - $1 * interval '1 day' limit $2)
         union all
         (select d.id from webhook w join delivery d on d.webhook_id = w.id where w.deleted_at is not null limit $2)
       ) as old limit $2)`,
    [days, most],
  )
  await db.query('delete from webhook_secret where ends_at <= moment()')
  await db.query(
    `delete from webhook w where w.deleted_at is not null and not exists (select from delivery d where d.webhook_id = w.id)`,
  )
  return rowCount ?? 0
}
