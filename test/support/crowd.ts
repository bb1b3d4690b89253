import type { Client } from 'pg'

/** So many comments of a site, as if they had come and been decided long ago; made within PostgreSQL. */
export interface Crowd {
  site: string
  /** how many wait on the article `news`, and how many were rejected there */
  waiting?: number
  rejected?: number
  /** how many show, on which articles; these are made where they are not there */
  published?: Published
  /** characters of each text */
  length?: number
}

/** The articles `article-1` and so on (or another word than `article`), each with so many comments that show. */
interface Published {
  articles: number
  each: number
  word?: string
}

const atOnce = 100_000
const usualLength = 80
const usualWord = 'article'

/**
 * Fills a site with comments, each with its moves, revision, words and signals. They are written behind the triggers and
 * keys, which is a thousand times quicker, and are what those would have let through: what is decided about them
 * afterwards is checked against them like any other. What triggers keep of them is kept of them: who waits, and how many
 * show. Not made is what came of them long ago: events, statements, the sealed log, what is searched.
 */
export async function makeCrowd(owner: Client, crowd: Crowd): Promise<void> {
  const { site, waiting = 0, rejected = 0, published, length = usualLength } = crowd
  await inParts(waiting, (many) => makePart(owner, [site, many, 'pending', length, null, null, null]))
  await inParts(rejected, (many) => makePart(owner, [site, many, 'rejected', length, null, null, null]))
  if (published) {
    await makeArticles(owner, site, published)
    const { articles, each, word = usualWord } = published
    await inParts(articles * each, (many, made) =>
      makePart(owner, [site, many, 'published', length, each, made, word]),
    )
    await countPublished(owner, site)
  }
  await owner.query('analyze')
}

async function inParts(all: number, make: (many: number, made: number) => Promise<void>): Promise<void> {
  for (let made = 0; made < all; made += atOnce) await make(Math.min(atOnce, all - made), made)
}

async function makePart(owner: Client, values: unknown[]): Promise<void> {
  await behindTriggers(owner, () => owner.query(makePartSql, values))
}

async function makeArticles(
  owner: Client,
  site: string,
  { articles, word = usualWord }: Published,
): Promise<void> {
  await behindTriggers(owner, () =>
    owner.query(
      `insert into article (site, key, title)
       select $1, $3 || '-' || n, 'Article ' || n from generate_series(1, $2::int) as n
       on conflict (site, key) do nothing`,
      [site, articles, word],
    ),
  )
}

/** What is summed up of changes that are older than a minute, had there been any. */
async function countPublished(owner: Client, site: string): Promise<void> {
  await behindTriggers(owner, () =>
    owner.query(
      `insert into public_count (article_id, published)
       select c.article_id, count(*) - coalesce((select sum(h.published) from public_change h
                                                  where h.article_id = c.article_id), 0)
         from comment c where c.site = $1 and c.status = 'published' group by c.article_id
       on conflict (article_id) do update set published = excluded.published`,
      [site],
    ),
  )
}

async function behindTriggers(owner: Client, write: () => Promise<unknown>): Promise<void> {
  await owner.query('begin')
  await owner.query('set local session_replication_role = replica')
  await owner.query('set local synchronous_commit = off')
  await write()
  await owner.query('commit')
}

/** $1 site, $2 how many, $3 status, $4 length; of those that show: $5 how many to an article, $6 how many were made before, $7 the word. */
const makePartSql = `
  with place as (
    select a.site, a.id as news, (select max(version) from terms where site = a.site) as terms,
           (select id from person limit 1) as person_id,
           (select p.rule_id from rule_permit p join rule r on r.id = p.rule_id
             where p.site = a.site and p.permit = 'reject' and p.alone limit 1) as rule_id
      from article a where a.site = $1 and a.key = 'news'
  ), person as (
    -- In order, so that indexes grow at their ends: with ids at random this takes ten times as long.
    select n,
           overlay(gen_random_uuid()::text placing lpad(to_hex((select coalesce(max(position), 0) from comment) + n), 8, '0')
                   from 1 for 8)::uuid as id,
           (array['en', 'my', 'yue', 'zh-Hans', 'km', 'ko', 'lo', 'bo', 'ug', 'vi'])[1 + n % 10] as language,
           moment() - interval '1 day' - n * interval '1 millisecond' as at,
           case when $5::int is not null then $7::text || '-' || 1 + ($6::int + n - 1) / $5::int end as article
      from generate_series(1, $2::int) as n
  ), born as (
    select person.*, coalesce(a.id, place.news) as article_id, place.site, place.terms, place.person_id, place.rule_id,
           sha256(convert_to(person.id::text, 'UTF8')) as first, sha256(convert_to(person.id::text || '2', 'UTF8')) as second,
           case when $3::text = 'published' then at + interval '30 seconds' end as shows_from
      from person cross join place left join article a on a.site = place.site and a.key = person.article
  ), moved as (
    insert into move (comment_id, seq, site, action, from_status, to_status, actor, cites, person_id, judged_revision,
                      revision, rules, text_hash, decided_at, shows_from, first_shown_at, prev_hash, hash)
    select id, 1, site, 'submit', 'none', 'pending', 'reader', false, null, 1, 1, '{}', first, at, null::timestamptz,
           null::timestamptz, null, first from born
    union all
    select id, 2, site, case when $3::text = 'published' then 'approve' else 'reject' end, 'pending', $3::text, 'person',
           $3::text = 'rejected', person_id, 1, 1, case when $3::text = 'rejected' then array[rule_id] else '{}' end, null,
           at, shows_from, shows_from, first, second from born where $3::text <> 'pending'
  ), commented as (
    insert into comment (id, site, article_id, language, receipt_hash, submitted_at, seq, status, revision, head_hash,
                         shows_from, first_shown_at)
    select id, site, article_id, language, uuid_send(id) || uuid_send(id), at,
           case when $3::text = 'pending' then 1 else 2 end, $3::text, 1,
           case when $3::text = 'pending' then first else second end, shows_from, shows_from
      from born order by n
    returning id, position, status, language, submitted_at, site
  ), queued as (
    insert into waiting (comment_id, site, status, language, position, since, signals, match_hash)
    select id, site, status, language, position, submitted_at,
           case when position % 7 = 0 then array['links'] else '{}' end, position * 7919
      from commented where status = 'pending'
  ), revised as (
    insert into revision (comment_id, seq, site, terms_version, graphemes, bytes, text_hash)
    select id, 1, site, terms, $4::int, $4::int, first from born
  ), worded as (
    insert into revision_text (comment_id, seq, name, text, salt)
    select id, 1, 'Reader ' || n,
           left(repeat('Comment ' || n || ' about the evening boat, which was late again, as on every day this week. ',
                       1 + $4::int / 70), $4::int),
           decode(repeat('5a', 16), 'hex')
      from born
  )
  insert into screening (comment_id, seq, site, signals, match_hash, simhash)
  select id, 1, site, '[]', n * 7919, n from born`
