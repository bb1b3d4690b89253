-- The texts from before search_key, those that wait for a decision first, then the newest. A migration of its own, so
-- that this, which may take a while, holds none of the locks of the one before it.
insert into search_key_missing (comment_id, seq)
select t.comment_id, t.seq
  from revision_text t
  join comment c on c.id = t.comment_id
 where not exists (select from search_key k where k.comment_id = t.comment_id and k.seq = t.seq)
 order by c.status in ('pending', 'second_review') desc, c.position desc;
