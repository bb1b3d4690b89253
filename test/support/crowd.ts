import type { Client } from 'pg'

/** So many comments of a site, as if they had come and been decided long ago; made within PostgreSQL. */
export interface Crowd {
  site: string
  /** how many wait, and how many were rejected */
  waiting: number
  rejected: number
}

const atOnce = 100_000

/**
 * Fills a site's `news` article with comments, each with its moves, revision, words and signals. They are written
 * behind the triggers and keys, which is a thousand times quicker, and are what those would have let through: what is
 * decided about them afterwards is checked against them like any other.
 */
export async function makeCrowd(owner: Client, { site, waiting, rejected }: Crowd): Promise<void> {
  for (let made = 0; made < waiting + rejected; made += atOnce) {
    const many = Math.min(atOnce, waiting + rejected - made)
    await owner.query('begin')
    await owner.query('set local session_replication_role = replica')
    await owner.query('set local synchronous_commit = off')
    await owner.query(makePart, [site, many, Math.max(0, Math.min(many, waiting - made))])
    await owner.query('commit')
  }
  await owner.query('analyze')
}

const makePart = `
  with place as (
    select a.id as article_id, a.site, (select max(version) from terms where site = a.site) as terms,
           (select id from person limit 1) as person_id,
           (select p.rule_id from rule_permit p join rule r on r.id = p.rule_id
             where p.site = a.site and p.permit = 'reject' and p.alone limit 1) as rule_id
      from article a where a.site = $1 and a.key = 'news'
  ), person as (
    -- In order, so that indexes grow at their ends: with ids at random this takes ten times as long.
    select n, n <= $3::int as waits,
           overlay(gen_random_uuid()::text placing lpad(to_hex((select coalesce(max(position), 0) from comment) + n), 8, '0')
                   from 1 for 8)::uuid as id,
           (array['en', 'my', 'yue', 'zh-Hans', 'km', 'ko', 'lo', 'bo', 'ug', 'vi'])[1 + n % 10] as language,
           moment() - interval '1 day' - n * interval '1 millisecond' as at
      from generate_series(1, $2::int) as n
  ), born as (
    select person.*, sha256(convert_to(id::text, 'UTF8')) as first, sha256(convert_to(id::text || '2', 'UTF8')) as second
      from person
  ), moved as (
    insert into move (comment_id, seq, site, action, from_status, to_status, actor, cites, person_id, judged_revision,
                      revision, rules, text_hash, decided_at, prev_hash, hash)
    select id, 1, site, 'submit', 'none', 'pending', 'reader', false, null, 1, 1, '{}', first, at, null, first from born, place
    union all
    select id, 2, site, 'reject', 'pending', 'rejected', 'person', true, person_id, 1, 1, array[rule_id], null, at,
           first, second from born, place where not waits
  ), commented as (
    insert into comment (id, site, article_id, language, receipt_hash, submitted_at, seq, status, revision, head_hash)
    select id, site, article_id, language, uuid_send(id) || uuid_send(id), at, case when waits then 1 else 2 end,
           case when waits then 'pending' else 'rejected' end, 1, case when waits then first else second end
      from born, place order by n
    returning id, position, status, language, submitted_at, site
  ), queued as (
    insert into waiting (comment_id, site, status, language, position, since, signals, match_hash)
    select id, site, status, language, position, submitted_at,
           case when position % 7 = 0 then array['links'] else '{}' end, position * 7919
      from commented where status = 'pending'
  ), revised as (
    insert into revision (comment_id, seq, site, terms_version, graphemes, bytes, text_hash)
    select id, 1, site, terms, 80, 80, first from born, place
  ), worded as (
    insert into revision_text (comment_id, seq, name, text, salt)
    select id, 1, 'Reader ' || n, 'Comment ' || n || ' about the evening boat, which was late again, as on every day this week.',
           decode(repeat('5a', 16), 'hex')
      from born
  )
  insert into screening (comment_id, seq, site, signals, match_hash, simhash)
  select id, 1, site, '[]', n * 7919, n from born, place`
