import type { Sql } from '../database/client.ts'
import { authorsIn } from './authors.ts'
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

/** One query. `shortlist` is how many of 64 bits of the simhash may differ. */
export async function known(
  db: Sql,
  { site, article }: Pick<TextToScreen, 'site' | 'article'>,
  { matchHash, simhash }: { matchHash: bigint; simhash: bigint },
  shortlist: number,
): Promise<Known> {
  const { rows } = await db.query<KnownRow>({
    name: 'screening_known',
    text: `
      select s.name as site,
             array(select p.pseudonym from membership m join person p on p.id = m.person_id
                    where m.site = s.key and p.active) as moderators,
             (select a.author from article a where a.id = article_called($1, $5)) as author,
             s.phrases_version as "phrasesVersion",
             coalesce((select json_agg(json_build_object('text', once.text, 'times', once.times))
                         from (select sent.*, sum(length(sent.text)) over (order by sent.times desc, sent.text) as so_far
                                 from (select t.text, count(*)::int as times
                                         from (select n.comment_id, n.seq from screening n
                                                where n.site = s.key and n.match_hash = $2
                                                  and n.screened_at > moment() - interval '7 days'
                                               union
                                               select recent.comment_id, recent.seq
                                                 from (select * from screening n where n.site = s.key
                                                         and n.screened_at > moment() - interval '7 days'
                                                        order by n.screened_at desc limit 500) as recent
                                                where bit_count((recent.simhash # $3)::bit(64)) <= $4
                                                limit 100) as near
                                         join revision_text t on t.comment_id = near.comment_id and t.seq = near.seq
                                        group by t.text) as sent) as once
                        where once.so_far - length(once.text) < $6), '[]') as alike
        from site s where s.key = $1`,
    values: [site, matchHash, simhash, shortlist, article, mostCompared],
  })
  const [found] = rows
  if (!found) return { reserved: [], phrasesVersion: 0, alike: [] }
  const { phrasesVersion, alike } = found
  return { reserved: reservedBy(found), phrasesVersion, alike }
}

interface KnownRow extends Omit<Known, 'reserved'> {
  site: string
  moderators: string[]
  author: string | null
}

function reservedBy({ site, moderators, author }: KnownRow): Reserved[] {
  return [
    ...authorsIn(author ?? '').map((name) => ({ name, whose: 'author' as const })),
    ...moderators.map((name) => ({ name, whose: 'moderator' as const })),
    { name: site, whose: 'site' as const },
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
