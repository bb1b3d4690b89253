import type { Sql } from '../database/client.ts'
import type { Precision } from '../http/times.ts'
import { articleOfComment } from '../sites/moved-article-store.ts'
import type { TellingAppeal, TellingComment, TellingDecision, TellingReport } from './told.ts'

/** What is told of an event, as it may be told now; each part null where there is none. */
export interface ToldEvent {
  /** whether it was undone, or something else came before it showed: then it never was */
  isVoid: boolean
  times: Precision
  comment: Omit<TellingComment, 'publishedAt'>
  shownAt: string | null
  decision: TellingDecision | null
  report: TellingReport | null
  appeal: TellingAppeal | null
}

// A wording is told to whoever may see what is not public, and to everybody as far as everybody sees it at this moment.
const toldEventSql = `
  select coalesce(n.action = 'undo'
                  or m.action in ('approve', 'edit', 'restore') and n.decided_at < m.shows_from, false) as "isVoid",
         s.times,
         jsonb_build_object(
           'id', c.id, 'site', c.site, 'parent', c.parent_id, 'language', c.language,
           'article', jsonb_build_object('key', a.key, 'title', a.title, 'url', a.url),
           'version', coalesce(m.seq, c.seq), 'from', m.from_status, 'status', coalesce(m.to_status, c.status),
           'text', t.text, 'name', t.name) as comment,
         case when coalesce(m.to_status, c.status) = 'published'
              then coalesce(m.first_shown_at, c.first_shown_at) end as "shownAt",
         case when m.actor = 'person' and m.action <> 'submit' then jsonb_build_object(
           'action', m.action,
           'rules', array(select u.code from rule u where u.id = any (m.rules) order by u.position),
           'reason', case when $2 then w.reason end,
           'by', case when $2 then (select p.pseudonym from person p where p.id = m.person_id) end) end as decision,
         case when e.type like 'report.%' then jsonb_build_object(
           'id', r.id, 'kind', r.kind, 'rule', r.rule, 'country', r.country, 'danger', r.danger, 'outcome', r.outcome,
           'explanation', case when $2 then (select x.explanation from report_text x where x.report_id = r.id) end)
         end as report,
         case when e.type like 'appeal.%' then coalesce(
           (select jsonb_build_object('id', p.id, 'status', p.status, 'outcome', p.outcome,
                                      'text', case when $2 then (select x.text from appeal_text x
                                                                  where x.appeal_id = p.id and x.part = 'appeal') end)
              from appeal p where p.id = e.about_id),
           (select jsonb_build_object('id', p.id, 'report', p.report_id, 'status', p.status, 'outcome', p.outcome,
                                      'text', case when $2 then (select x.text from report_appeal_text x
                                                                  where x.appeal_id = p.id and x.part = 'appeal') end)
              from report_appeal p where p.id = e.about_id)) end as appeal
    from event e
    join comment c on c.id = e.comment_id
    join site s on s.key = c.site
    ${articleOfComment}
    left join move m on m.comment_id = e.comment_id and m.seq = e.seq
    left join move n on n.comment_id = e.comment_id and n.seq = e.seq + 1
    left join report r on r.id = e.about_id
    left join move_text w on w.comment_id = m.comment_id and w.seq = m.seq
    left join revision_text t
           on t.comment_id = c.id and t.seq = coalesce(m.revision, r.revision, c.revision)
          and ($2 or c.status = 'published'
                     and t.seq = case when c.shows_from <= moment() then c.revision else c.earlier_revision end)
   where e.id = $1`

/** What an endpoint is told of an event now; `moderation`: whether it may see what is not public. */
export async function toldEvent(
  db: Sql,
  eventId: string,
  moderation: boolean,
): Promise<ToldEvent | undefined> {
  const { rows } = await db.query<ToldEvent>({
    name: 'told_event',
    text: toldEventSql,
    values: [eventId, moderation],
  })
  return rows[0]
}

/** An article whose comments show something else. */
export interface ToldArticle {
  /** whether the publication that was to change it was undone */
  isVoid: boolean
  times: Precision
  site: string
  key: string
  /** keys under which caches know it, or parts of it, as well */
  otherKeys: string[]
}

/** Whether the comment whose publication at a time was to change an article did not come to show; false without one. */
export function neverShowed(commentId: string, at: string): string {
  return `(${commentId} is not null
           and not exists (select from comment c where c.id = ${commentId} and c.status = 'published'
                              and (c.shows_from = ${at} or c.earlier_revision is not null)))`
}

/** An article as it is now; `commentId` is that of the comment whose publication at `at` changes it, if it is one. */
export async function toldArticle(
  db: Sql,
  articleId: string,
  commentId: string | null,
  at: Date,
): Promise<ToldArticle | undefined> {
  const { rows } = await db.query<ToldArticle>(
    `select ${neverShowed('$2::uuid', '$3::timestamptz')} as "isVoid",
            s.times, a.site, a.key,
            array(select l.key from article_alias l where l.article_id = any (article_parts(a.id))
                  union
                  select p.key from article p where p.id = any (article_parts(a.id)) and p.id <> a.id) as "otherKeys"
       from article a join site s on s.key = a.site
      where a.id = coalesce((select g.into_id from merged_article g where g.article_id = $1), $1)`,
    [articleId, commentId, at],
  )
  return rows[0]
}
