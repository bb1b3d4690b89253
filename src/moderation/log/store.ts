import type { Sql } from '../../database/client.ts'
import type { Precision } from '../../http/times.ts'
import type { Breach, LogHead } from './log.ts'

/** Extends the chain of every site that has something to be sealed, by at most so many moves each; how many it was. */
export async function sealAll(db: Sql, most: number): Promise<number> {
  const { rows } = await db.query<{ sealed: number }>(
    `select seal_log(s.key, $1) as sealed from site s
      where exists (select from unsealed u where u.site = s.key)`,
    [most],
  )
  return rows.reduce((sum, { sealed }) => sum + sealed, 0)
}

/** The ends of chains that no head was signed for since a day was over: of the day before today. */
export async function unsignedEnds(db: Sql): Promise<Omit<LogHead, 'signature'>[]> {
  const { rows } = await db.query<Omit<LogHead, 'signature'>>(
    `select s.key as site, yesterday.day::text as day, last.position::int as position, encode(last.hash, 'hex') as hash
       from site s
      cross join (select (moment() at time zone 'UTC')::date - 1 as day) as yesterday
      cross join lateral (select position, hash from sealed_move where site = s.key
                           order by position desc limit 1) as last
      where not exists (select from log_head h where h.site = s.key and h.day = yesterday.day)
        and not exists (select from log_head h where h.site = s.key and h.position = last.position)`,
  )
  return rows
}

/** Keeps a signed head; another process may have been first. */
export async function insertHead(
  db: Sql,
  head: Omit<LogHead, 'signature'>,
  signature: Buffer,
): Promise<void> {
  await db.query(
    `insert into log_head (site, day, position, hash, signature) values ($1, $2, $3, decode($4, 'hex'), $5)
     on conflict do nothing`,
    [head.site, head.day, head.position, head.hash, signature],
  )
}

/** A site's heads, oldest first. */
export async function headsOf(db: Sql, site: string): Promise<LogHead[]> {
  const { rows } = await db.query<Omit<LogHead, 'signature'> & { signature: Buffer }>(
    `select site, day::text, position::int, encode(hash, 'hex') as hash, signature
       from log_head where site = $1 order by day`,
    [site],
  )
  return rows.map((row) => ({ ...row, signature: row.signature.toString('base64url') }))
}

/** The hash of a site's chain at some of its places, in hexadecimal. */
export async function hashesAt(db: Sql, site: string, positions: number[]): Promise<Map<number, string>> {
  const { rows } = await db.query<{ position: number; hash: string }>(
    `select position::int, encode(hash, 'hex') as hash from sealed_move where site = $1 and position = any ($2)`,
    [site, positions],
  )
  return new Map(rows.map(({ position, hash }) => [position, hash]))
}

export interface SealedRow {
  position: number
  comment: string
  version: number
  action: string
  from: string
  to: string
  by: string | null
  at: Date
  rules: string[]
  /** of an import: from where */
  source: string | null
  moveHash: string
  hash: string
  times: Precision
}

/** A site's log after a place. */
export async function sealedMoves(db: Sql, site: string, after: number, most: number): Promise<SealedRow[]> {
  const { rows } = await db.query<SealedRow>(
    `select s.position::int, s.comment_id as comment, s.seq as version, m.action, m.from_status as from,
            m.to_status as to, p.pseudonym as by, m.decided_at as at, t.times,
            array(select u.code from rule u where u.id = any (m.rules) order by u.position) as rules,
            (select i.source from import i where i.id = m.import_id) as source,
            encode(m.hash, 'hex') as "moveHash", encode(s.hash, 'hex') as hash
       from sealed_move s
       join site t on t.key = s.site
       join move m on m.comment_id = s.comment_id and m.seq = s.seq
       left join person p on p.id = m.person_id
      where s.site = $1 and s.position > $2
      order by s.position limit $3`,
    [site, after, most],
  )
  return rows
}

export interface VerifiedPart {
  verified: number
  /** the place of the last row that was gone through; null at the end */
  last: number | null
  bad: { breach: Breach; position: number | null; comment: string; version: number } | null
}

/** Goes through the next part of a site's chain, row by row, and through all that each row vouches for. */
export async function verifySealed(
  db: Sql,
  site: string,
  after: number,
  most: number,
): Promise<VerifiedPart> {
  return verified(
    db,
    `select s.position::int, s.comment_id as comment, s.seq as version,
            case
              when s.position > 1 and before.position is null then 'missing_seal'
              when m.comment_id is null then 'missing_move'
              when m.hash is distinct from move_hash(m) or m.site <> s.site then 'changed_move'
              when s.hash is distinct from seal_hash(coalesce(before.hash, seal_beginning(s.site)), s.position, m.hash)
                then 'broken_site_chain'
              when (m.seq = 1) <> (m.prev_hash is null)
                or m.seq > 1 and m.prev_hash is distinct from
                   (select p.hash from move p where p.comment_id = m.comment_id and p.seq = m.seq - 1)
                then 'broken_comment_chain'
              when words.salt is not null and words_hash(words.salt, words.name, words.text) is distinct from m.text_hash
                or said.salt is not null and words_hash(said.salt, said.reason, said.note) is distinct from m.words_hash
                then 'changed_words'
              when gone.comment_id is null
                   and (m.text_hash is not null and words.salt is null or m.words_hash is not null and said.salt is null)
                then 'missing_words'
              when c.seq = m.seq
                   and (c.status, c.revision, c.head_hash, c.site) is distinct from (m.to_status, m.revision, m.hash, m.site)
                or c.seq = m.seq and (c.shows_from, c.first_shown_at, c.earlier_revision)
                                     is distinct from (m.shows_from, m.first_shown_at, m.earlier_revision)
                or c.seq < m.seq or c.id is null
                then 'changed_comment'
              when exists (select from move n where n.comment_id = s.comment_id and n.seq = s.seq + 1)
                   and not exists (select from sealed_move n where n.comment_id = s.comment_id and n.seq = s.seq + 1)
                   and not exists (select from unsealed n where n.comment_id = s.comment_id and n.seq = s.seq + 1)
                then 'move_outside_the_log'
            end as breach
       from (select * from sealed_move where site = $1 and position > $2 order by position limit $3) as s
       left join sealed_move before on before.site = s.site and before.position = s.position - 1
       left join move m on m.comment_id = s.comment_id and m.seq = s.seq
       left join comment c on c.id = s.comment_id
       left join revision_text words on words.comment_id = s.comment_id and words.seq = s.seq
       left join move_text said on said.comment_id = s.comment_id and said.seq = s.seq
       left join erasure gone on gone.comment_id = s.comment_id
      order by s.position`,
    [site, after, most],
  )
}

/** Goes through the next part of a site's comments, and looks for those that no log knows. */
export async function verifyComments(
  db: Sql,
  site: string,
  after: number,
  most: number,
): Promise<VerifiedPart> {
  return verified(
    db,
    `select c.position::int, c.id as comment, c.seq as version,
            case when not exists (select from sealed_move s where s.comment_id = c.id and s.seq = 1)
                      and not exists (select from unsealed u where u.comment_id = c.id and u.seq = 1)
                 then 'comment_outside_the_log' end as breach
       from (select id, seq, position from comment where site = $1 and position > $2 order by position limit $3) as c
      order by c.position`,
    [site, after, most],
  )
}

async function verified(db: Sql, text: string, values: unknown[]): Promise<VerifiedPart> {
  const { rows } = await db.query<{
    position: number
    comment: string
    version: number
    breach: Breach | null
  }>(text, values)
  const bad = rows.find((row) => row.breach !== null)
  return {
    verified: rows.length,
    last: rows[rows.length - 1]?.position ?? null,
    bad: bad?.breach ? { ...bad, breach: bad.breach } : null,
  }
}

/** What is not in a site's chain yet, and since when. */
export async function unsealedTail(db: Sql, site: string): Promise<{ moves: number; since: Date | null }> {
  const { rows } = await db.query<{ moves: number; since: Date | null }>(
    `select count(*)::int as moves, min(m.decided_at) as since
       from (select comment_id, seq from unsealed where site = $1 order by place limit 10000) as u
       join move m on m.comment_id = u.comment_id and m.seq = u.seq`,
    [site],
  )
  return rows[0] ?? { moves: 0, since: null }
}
