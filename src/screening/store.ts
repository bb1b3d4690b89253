import type { Sql } from '../database/client.ts'
import { authorsIn } from './authors.ts'
import { mostCounted } from './compared.ts'
import type { Reserved } from './facts.ts'
import type { Phrase } from './phrases.ts'
import type { TextToScreen } from './screened.ts'

/** What a text is compared with. */
export interface Known {
  /** the names of the site, of those who moderate it, and of those who wrote the article */
  reserved: Reserved[]
  phrasesVersion: number
  /** texts of the last week that count as the same, or may be nearly the same, and how often each was sent */
  alike: { text: string; times: number }[]
}

/** Characters of other texts that one is compared with, or the last of them whole: about as many as take a second. */
const mostCompared = 200_000

/** A text as it is compared: where it was sent, and the prints of its key. */
export interface Compared extends Pick<TextToScreen, 'site' | 'article'> {
  matchHash: bigint
  simhash: bigint
}

/** Of each in its order, in one query. `shortlist` is how many of 64 bits of the simhash may differ. */
export async function known(db: Sql, compared: readonly Compared[], shortlist: number): Promise<Known[]> {
  const { rows } = await db.query<KnownRow>({
    name: 'screening_known',
    text: knownSql,
    values: [
      JSON.stringify(
        compared.map(({ site, article, matchHash, simhash }, nth) => ({
          nth,
          site,
          article,
          match_hash: String(matchHash),
          simhash: String(simhash),
        })),
      ),
      shortlist,
      mostCompared,
    ],
  })
  return rows.map((row) => ({
    reserved: reservedBy(row),
    phrasesVersion: row.phrasesVersion ?? 0,
    alike: row.alike,
  }))
}

// What a site was sent last is read once for all of its texts. These come as JSON because of that PostgreSQL makes one
// plan for few and for many.
const knownSql = `
  with asked as materialized (
    select * from json_to_recordset($1::json)
               as asked (nth integer, site text, article text, match_hash bigint, simhash bigint)
  ), week (began) as materialized (select moment() - interval '7 days'),
  place as materialized (
    select one.*, (select a.author from article a where a.id = article_called(one.site, one.article)) as author
      from (select distinct site, article from asked) as one
  ), recent as materialized (
    select latest.* from (select distinct site from asked) as one
     cross join lateral (
       select n.site, n.comment_id, n.seq, n.simhash from screening n
        where n.site = one.site and n.screened_at > (select began from week)
        order by n.screened_at desc limit 500) as latest
  )
  select s.name as site,
         array(select p.pseudonym from membership m join person p on p.id = m.person_id
                where m.site = s.key and p.active) as moderators,
         (select place.author from place where place.site = asked.site and place.article = asked.article) as author,
         s.phrases_version as "phrasesVersion",
         coalesce((select json_agg(json_build_object('text', once.text, 'times', once.times))
                     from (select sent.*, sum(length(sent.text)) over (order by sent.times desc, sent.text) as so_far
                             from (select t.text, count(*)::int as times
                                     from ((select n.comment_id, n.seq from screening n
                                             where n.site = asked.site and n.match_hash = asked.match_hash
                                               and n.screened_at > (select began from week)
                                             order by n.screened_at desc limit ${mostCounted})
                                           union
                                           (select recent.comment_id, recent.seq from recent
                                             where recent.site = asked.site
                                               and bit_count((recent.simhash # asked.simhash)::bit(64)) <= $2
                                             limit 100)) as near
                                     join revision_text t on t.comment_id = near.comment_id and t.seq = near.seq
                                    group by t.text) as sent) as once
                    where once.so_far - length(once.text) < $3), '[]') as alike
    from asked left join lateral (select * from site s where s.key = asked.site limit 1) as s on true
   order by asked.nth`

interface KnownRow extends Pick<Known, 'alike'> {
  /** null without the site */
  site: string | null
  phrasesVersion: number | null
  moderators: string[]
  author: string | null
}

function reservedBy({ site, moderators, author }: KnownRow): Reserved[] {
  return [
    ...authorsIn(author ?? '').map((name) => ({ name, whose: 'author' as const })),
    ...moderators.map((name) => ({ name, whose: 'moderator' as const })),
    ...(site === null ? [] : [{ name: site, whose: 'site' as const }]),
  ]
}

/** A site's phrases, in the order of its list. */
export async function phrasesOf(db: Sql, site: string): Promise<Phrase[]> {
  const { rows } = await db.query<{
    phrase: string
    language: string | null
    note: string | null
    severity: Phrase['severity']
  }>('select phrase, language, note, severity from phrase where site = $1 order by position', [site])
  return rows.map(({ phrase, language, note, severity }) => ({
    phrase,
    severity,
    ...(language !== null && { language }),
    ...(note !== null && { note }),
  }))
}

/** Replaces a site's list, within a transaction; false without the site. */
export async function writePhrases(tx: Sql, site: string, phrases: readonly Phrase[]): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update site set phrases_version = phrases_version + 1 where key = $1',
    [site],
  )
  if (rowCount !== 1) return false
  await tx.query('delete from phrase where site = $1', [site])
  await tx.query(
    `insert into phrase (site, position, phrase, language, note, severity)
     select $1, p.position, p.item ->> 'phrase', p.item ->> 'language', p.item ->> 'note', p.item ->> 'severity'
       from jsonb_array_elements($2::jsonb) with ordinality as p (item, position)`,
    [site, JSON.stringify(phrases)],
  )
  return true
}
