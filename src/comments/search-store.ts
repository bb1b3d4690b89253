import type { Sql } from '../database/client.ts'

/** As many comments, at most, are looked at by way of their words; words of more are frequent. */
const few = 10_000

/**
 * Two ways to the comments in which words stand, as SQL for a query's `with`: `found` has the comment_id and seq of
 * texts that have them, `frequent` says whether there are too many of these to be all of them. Rare words lead from
 * `found` to comments, frequent ones are soon met on the way through the comments by `hasWords`; so both are found
 * soon, whatever the planner thinks of them. `grams` and `pattern` name the parameters with what `searchTerms` gave.
 */
export function findWords({ grams, pattern }: { grams: string; pattern: string }): string {
  return `
    found as materialized (
      select k.comment_id, k.seq from search_key k
       where k.grams @@ ${grams}::tsquery and k.key like ${pattern} limit ${few + 1}
    ), frequent (are) as materialized (select count(*) > ${few} from found)`
}

/**
 * SQL for whether the words of a pattern stand in the text of comment `c` that stands now. A value, not a join: it is
 * looked up comment by comment, until a page is full.
 */
export function hasWords({ pattern }: { pattern: string }): string {
  return `(select k.key like ${pattern} from search_key k where k.comment_id = c.id and k.seq = c.revision)`
}

export interface Unsearchable {
  place: string
  commentId: string
  seq: number
  /** null once it is erased */
  text: string | null
  name: string | null
}

/** Texts whose search key is still to be made, in the order in which they are listed. */
export async function unsearchable(db: Sql, limit: number): Promise<Unsearchable[]> {
  const { rows } = await db.query<Unsearchable>(
    `select m.place, m.comment_id as "commentId", m.seq, t.text, t.name
       from (select * from search_key_missing order by place limit $1) as m
       left join revision_text t on t.comment_id = m.comment_id and t.seq = m.seq
      order by m.place`,
    [limit],
  )
  return rows
}

export interface MadeKey extends Pick<Unsearchable, 'commentId' | 'seq'> {
  key: string
}

/** Brings what is new from the index's list of additions to where it belongs. */
export async function settleSearchIndex(db: Sql): Promise<void> {
  await db.query('select settle_search_index()')
}

/** Writes keys, unless somebody else did, and strikes these places off the list. */
export async function insertSearchKeys(db: Sql, made: MadeKey[], places: string[]): Promise<void> {
  await db.query(
    `with struck as (delete from search_key_missing where place = any ($4::bigint[]))
     insert into search_key (comment_id, seq, key)
     select * from unnest($1::uuid[], $2::integer[], $3::text[])
     on conflict do nothing`,
    [made.map(({ commentId }) => commentId), made.map(({ seq }) => seq), made.map(({ key }) => key), places],
  )
}
