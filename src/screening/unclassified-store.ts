import type { Sql } from '../database/client.ts'
import { articleOfComment } from '../sites/moved-article-store.ts'
import type { TextToClassify } from './classification.ts'
import type { Signal } from './signal.ts'

/** A text that nobody else asks the classifier about for a while. */
export interface Taken {
  commentId: string
  seq: number
  webhookId: string
  /** this one counted */
  tries: number
  takenAt: Date
  /** null where it no longer waits for a decision: it was decided, withdrawn, erased or written anew */
  text: TextToClassify | null
}

/** Takes the text that has been due longest, for so many seconds; none is waited for, and none is taken twice. */
export async function takeUnclassified(db: Sql, seconds: number): Promise<Taken | undefined> {
  const { rows } = await db.query<Taken>({
    name: 'take_unclassified',
    text: `
      with due as (
        select comment_id, seq from unclassified where due_at <= moment()
         order by due_at limit 1 for update skip locked
      ), taken as (
        update unclassified u set tries = u.tries + 1, due_at = moment() + $1 * interval '1 second'
          from due where u.comment_id = due.comment_id and u.seq = due.seq
        returning u.*
      )
      select u.comment_id as "commentId", u.seq, u.webhook_id as "webhookId", u.tries, moment() as "takenAt",
             case when t.text is not null then
               jsonb_build_object('text', t.text, 'language', c.language, 'site', c.site, 'article',
                                  jsonb_build_object('key', a.key, 'title', a.title, 'url', a.url)) end as text
        from taken u
        join comment c on c.id = u.comment_id
        ${articleOfComment}
        left join revision_text t on t.comment_id = u.comment_id and t.seq = u.seq
                                 and c.revision = u.seq and c.status in ('pending', 'second_review')`,
    values: [seconds],
  })
  return rows[0]
}

/**
 * Adds what the classifier said to what was noticed, and asks no more. Nothing is written where the words were erased
 * meanwhile, or where somebody else has taken the text since.
 */
export async function settleUnclassified(
  db: Sql,
  { commentId, seq, tries }: Taken,
  signals: readonly Signal[],
): Promise<void> {
  await db.query(
    `with settled as (
       delete from unclassified where comment_id = $1 and seq = $2 and tries = $3 returning comment_id, seq
     )
     update screening n set signals = n.signals || $4::jsonb
       from settled where n.comment_id = settled.comment_id and n.seq = settled.seq`,
    [commentId, seq, tries, JSON.stringify(signals)],
  )
}

/** Asks again after so many seconds. */
export async function postponeUnclassified(
  db: Sql,
  { commentId, seq, tries }: Taken,
  seconds: number,
): Promise<void> {
  await db.query(
    `update unclassified set due_at = moment() + $4 * interval '1 second'
      where comment_id = $1 and seq = $2 and tries = $3`,
    [commentId, seq, tries, seconds],
  )
}

/** For a service without a classifier: nobody is going to answer. */
export async function forgetUnclassified(db: Sql): Promise<void> {
  await db.query('delete from unclassified')
}
