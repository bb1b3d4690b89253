import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { makeCrowd } from '../support/crowd.ts'
import type { House } from '../support/house.ts'
import type { TestPerson } from '../support/people.ts'

interface Place {
  article: string
  shownAt: string
  id: string
}

/** What there is to ask for, once there are so many comments. */
export interface Grown {
  size: number
  /** a comment in the midst of the longest article, and a reply in the midst of the longest thread under `root` */
  long: Place
  root: string
  reply: Place
  /** comments that nobody has touched yet */
  next: { waiting: string[]; published: string[]; rejected: string[] }
  headKey: KeyObject
}

const { privateKey: headKey } = generateKeyPairSync('ed25519')

/**
 * Fills a site up to so many comments: a fifth waits, half were rejected, a tenth shows in twenty articles, fifteen of a
 * hundred in one long article, and five in one long thread; with statements, reports, appeals, the sealed log, events and
 * keys that came of them, which is left out of `makeCrowd`.
 */
export async function growTo(
  house: House,
  site: string,
  deciders: TestPerson[],
  size: number,
): Promise<Grown> {
  const { owner } = house
  const { rows } = await owner.query<{ many: number }>(
    'select count(*)::int as many from comment where site = $1',
    [site],
  )
  const more = size - (rows[0]?.many ?? 0)
  const part = (share: number) => Math.floor(more * share)
  await makeCrowd(owner, {
    site,
    waiting: part(0.2),
    rejected: part(0.5),
    published: { articles: 20, each: Math.floor(part(0.1) / 20) },
  })
  await makeCrowd(owner, { site, published: { articles: 1, each: part(0.15), word: 'long' } })
  await makeCrowd(owner, { site, published: { articles: 1, each: part(0.05), word: 'thread' } })
  const [ada, bea] = deciders
  await owner.query('set session_replication_role = replica')
  for (const sql of consequences)
    await owner.query(sql, sql.includes('$2') ? [site, ada?.id, bea?.id] : [site])
  await owner.query('set session_replication_role = origin')
  await owner.query('select settle_search_index()')
  await owner.query('vacuum analyze')
  const [next, long, [root], reply] = [
    {
      waiting: await untouched('pending'),
      published: await untouched('published'),
      rejected: await untouched('rejected'),
    },
    await midst('long-1', 'c.root_id is null'),
    (await owner.query<{ id: string }>(`${inArticle} and c.root_id is null limit 1`, [site, 'thread-1']))
      .rows,
    await midst('thread-1', 'c.root_id is not null'),
  ]
  return { size, long, root: root?.id ?? '', reply, next, headKey }

  async function untouched(status: string): Promise<string[]> {
    const { rows: found } = await owner.query<{ id: string }>(
      `select c.id from comment c join article a on a.id = c.article_id
        where c.site = $1 and c.status = $2 and a.key <> 'thread-1'
          and not exists (select from appeal o where o.comment_id = c.id) order by c.position desc limit 60`,
      [site, status],
    )
    return found.map(({ id }) => id)
  }
  async function midst(article: string, condition: string): Promise<Place> {
    const { rows: found } = await owner.query<Place>(
      `${inArticle} and ${condition} order by c.first_shown_at, c.id
        offset (select count(*) / 2 from comment c join article a on a.id = c.article_id
                 where a.site = $1 and a.key = $2 and ${condition}) limit 1`,
      [site, article],
    )
    const [place] = found
    if (!place) throw new Error(`There is nothing in the midst of ${article}.`)
    return place
  }
}

const inArticle = `
  select c.id, c.article_id as article, to_jsonb(c.first_shown_at) #>> '{}' as "shownAt"
    from comment c join article a on a.id = c.article_id where a.site = $1 and a.key = $2`

/** Of each comment of the site that has none yet; $2 and $3 are people who decide. */
const consequences = [
  // All but the oldest of the thread are replies to that.
  `with root as (
     select c.id, c.article_id from comment c join article a on a.id = c.article_id
      where a.site = $1 and a.key = 'thread-1' order by c.root_id nulls first, c.first_shown_at, c.id limit 1
   )
   update comment c set parent_id = root.id, root_id = root.id, ancestors = array[root.id]
     from root where c.article_id = root.article_id and c.id <> root.id and c.root_id is null
      and c.first_shown_at >= (select r.first_shown_at from comment r where r.id = root.id)`,
  `insert into statement (comment_id, seq, site, action, decider_id, first_person_id, decided_at, applies_from, appeal_until,
                          content_language, automated_detection)
   select m.comment_id, m.seq, m.site, 'reject', $2, $2, m.decided_at, m.decided_at, m.decided_at + interval '190 days', 'en', false
     from move m join comment c on c.id = m.comment_id
    where m.site = $1 and m.action = 'reject' and c.position % 5 = 0 and $3::uuid is not null on conflict do nothing`,
  `insert into appeal (comment_id, seq, site, decider_id, first_person_id, version, filed_at, text_hash, status, outcome,
                       reviewer_id, reviewed_at, explanation_hash)
   select s.comment_id, s.seq, s.site, s.decider_id, s.first_person_id, s.seq, s.decided_at, sha256(''),
          case when n % 2 = 0 then 'open' else 'decided' end, case when n % 2 = 1 then 'upheld' end,
          case when n % 2 = 1 then $3::uuid end, case when n % 2 = 1 then s.decided_at end, case when n % 2 = 1 then sha256('') end
     from (select s.*, row_number() over () as n from statement s where s.site = $1) as s
    where not exists (select from appeal a where a.comment_id = s.comment_id) and $2::uuid is not null`,
  `insert into report (site, comment_id, revision, receipt_hash, kind, rule, words_hash, status, outcome, person_id, resolved_at, answer_hash)
   select c.site, c.id, 1, sha256(c.id::text::bytea), 'rule', 'respect', sha256(''),
          case when c.position % 2 = 0 then 'open' else 'resolved' end, case when c.position % 2 = 1 then 'keep' end,
          case when c.position % 2 = 1 then $2::uuid end, case when c.position % 2 = 1 then c.submitted_at end,
          case when c.position % 2 = 1 then sha256('') end
     from comment c where c.site = $1 and c.status = 'published' and c.position % 3 = 0 and $3::uuid is not null
      and not exists (select from report r where r.comment_id = c.id)`,
  `insert into report_text (report_id, explanation, salt)
   select r.id, 'It is no way to talk.', decode(repeat('5a', 16), 'hex') from report r where r.site = $1 on conflict do nothing`,
  `insert into sealed_move (site, position, comment_id, seq, hash, sealed_at)
   select m.site, (select coalesce(max(position), 0) from sealed_move where site = $1) + row_number() over (order by c.position, m.seq),
          m.comment_id, m.seq, m.hash, m.decided_at
     from move m join comment c on c.id = m.comment_id
    where m.site = $1 and not exists (select from sealed_move s where s.comment_id = m.comment_id and s.seq = m.seq)`,
  `delete from unsealed where site = $1`,
  `insert into counted (site, position) select $1, max(position) from sealed_move where site = $1
   on conflict (site) do update set position = excluded.position`,
  `insert into event (site, type, comment_id, seq, due_at)
   select m.site, 'comment.submitted', m.comment_id, m.seq, m.decided_at from move m
     join waiting w on w.comment_id = m.comment_id where w.site = $1 on conflict do nothing`,
  `insert into idempotency_key (hash, fingerprint, comment_id)
   select sha256(c.id::text::bytea), sha256(''), c.id from comment c where c.site = $1 and c.status = 'pending' on conflict do nothing`,
  `insert into search_key (comment_id, seq, key)
   select t.comment_id, t.seq, lower(t.text) || E'\\n' || lower(coalesce(t.name, '')) from revision_text t join waiting w on w.comment_id = t.comment_id
    where w.site = $1 and w.position % 4 = 0 on conflict do nothing`,
]
