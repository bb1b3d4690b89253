/**
 * What may not be there when nothing is under way: parts of a thing without the rest. Each query gives the comments (or
 * sites) of which only a half is there, of those behind the position $1. These are this file's own words about the
 * tables: none of the service's.
 */
export const halfStates: Record<string, string> = {
  'a comment that does not show its newest move': `
    select c.id from comment c
      left join move m on m.comment_id = c.id and m.seq = c.seq
     where c.position > $1
       and (m.to_status, m.revision, m.hash) is distinct from (c.status, c.revision, c.head_hash)`,
  'a life with a gap': `
    select c.id from comment c join move m on m.comment_id = c.id
     where c.position > $1
     group by c.id, c.seq having count(*) <> c.seq or min(m.seq) <> 1 or max(m.seq) <> c.seq`,
  'a broken link between two moves': `
    select m.comment_id as id from comment c
      join move m on m.comment_id = c.id
      left join move before on before.comment_id = m.comment_id and before.seq = m.seq - 1
     where c.position > $1
       and (m.prev_hash, m.from_status) is distinct from (before.hash, coalesce(before.to_status, 'none'))`,
  'a text that was sent without its revision': `
    select m.comment_id as id from comment c
      join move m on m.comment_id = c.id and m.action in ('submit', 'resubmit', 'edit')
      left join revision r on r.comment_id = m.comment_id and r.seq = m.seq
      left join revision_text t on t.comment_id = m.comment_id and t.seq = m.seq
     where c.position > $1 and c.erased_at is null and (r.seq is null or t.seq is null)`,
  'a text that nobody can find': `
    select t.comment_id as id from comment c
      join revision_text t on t.comment_id = c.id
     where c.position > $1
       and (select count(*) from search_key k where (k.comment_id, k.seq) = (t.comment_id, t.seq))
         + (select count(*) from search_key_missing k where (k.comment_id, k.seq) = (t.comment_id, t.seq)) < 1`,
  'what waits without its place in the queue, or a place for what does not': `
    select c.id from comment c left join waiting w on w.comment_id = c.id
     where c.position > $1
       and (w.comment_id is not null) <> (c.status in ('pending', 'second_review'))`,
  'a move without its event, or with another one': `
    select m.comment_id as id from comment c
      join move m on m.comment_id = c.id
     where c.position > $1
       and (select count(*) from event e where (e.comment_id, e.seq) = (m.comment_id, m.seq)) <> 1`,
  'a move that is neither sealed nor to be sealed, or both': `
    select m.comment_id as id from comment c
      join move m on m.comment_id = c.id
     where c.position > $1
       and (select count(*) from sealed_move s where (s.comment_id, s.seq) = (m.comment_id, m.seq))
         + (select count(*) from unsealed u where (u.comment_id, u.seq) = (m.comment_id, m.seq)) <> 1`,
  'a decision against a text without its statement of reasons, its rule or its words': `
    select m.comment_id as id from comment c
      join move m on m.comment_id = c.id and m.action in ('reject', 'return', 'edit')
     where c.position > $1
       and (not exists (select from statement s where (s.comment_id, s.seq) = (m.comment_id, m.seq))
         or not exists (select from citation z where (z.comment_id, z.seq) = (m.comment_id, m.seq))
         or not exists (select from move_text w where (w.comment_id, w.seq) = (m.comment_id, m.seq)))`,
  'a site whose sealed log has a gap': `
    select site as id from sealed_move
     where $1::bigint is not null
     group by site having count(*) <> max(position) or min(position) <> 1`,
  'an article of which more or fewer are counted than are published': `
    select a.id from article a
     where $1::bigint is not null
       and coalesce((select published from public_count p where p.article_id = a.id), 0)
         + (select coalesce(sum(d.published), 0) from public_change d where d.article_id = a.id)
       <> (select count(*) from comment c where c.article_id = a.id and c.status = 'published')`,
}
