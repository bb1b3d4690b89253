import type { Sql } from '../database/client.ts'
import type { Precision } from '../http/times.ts'
import type { PublicRow } from './store.ts'

/** One comment as everybody sees it, with what it answers and where. */
export interface ShownComment {
  /** of the article under which it is now */
  article: { key: string; title: string | null; url: string | null; language: string; open: boolean }
  times: Precision
  count: number
  parts: string[]
  /** milliseconds until it shows something else by itself; null where it never does */
  changesIn: number | null
  comment: PublicRow
  /** null where it answers the article */
  parent: PublicRow | null
}

/** A comment of an article, if it is there with its words; undefined where it is not, for whatever reason. One query. */
export async function shownComment(
  db: Sql,
  site: string,
  key: string,
  id: string,
): Promise<ShownComment | undefined> {
  const { rows } = await db.query<ShownComment>({
    name: 'shown_comment',
    text: `select jsonb_build_object('key', a.key, 'title', a.title, 'url', a.url, 'language', a.language,
                                     'open', a.open) as article,
                  a.times, shown_count(part.ids) as count, part.ids as parts,
                  (extract(epoch from least(shown_until(part.ids), case when a.open then a.closes_at end) - moment()) * 1000)::float8
                    as "changesIn",
                  to_jsonb(c) as comment,
                  (select to_jsonb(p) from public_comment p where p.id = c.parent_id) as parent
             from public_article a cross join lateral (select article_parts(a.id) as ids) as part
             join public_comment c on c.id = $3 and c.article_id = any (part.ids) and not c.gone
            where a.id = article_called($1, $2)`,
    values: [site, key, id],
  })
  return rows[0]
}
