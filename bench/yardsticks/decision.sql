-- The rows that an approval makes (one of a comment that nobody claimed, about which its person says nothing more), under the
-- same keys and triggers, in one statement and so in one transaction. For pgbench: nothing comes over HTTP here, nobody is
-- asked who they are, no comment is read or judged, and nobody is answered.
-- What is to be decided, and by whom, stands in tables of the bench; each is taken once.
with asked as materialized (
  select t.comment_id as id, d.person_id, d.key_id
    from bench.to_decide t, bench.decider d
   where t.nth = (select nextval('bench.decided'))
), made as (
  insert into move (comment_id, seq, action, proposal, from_status, to_status, actor, cites,
                    person_id, key_id, judged_revision, revision, rules)
  select id, 2, 'approve', 'none', 'pending', 'published', 'person', false, person_id, key_id, 1, 1, '{}' from asked
  returning comment_id, seq, site, shows_from, decided_at
)
insert into event (site, type, comment_id, seq, due_at)
select site, 'comment.published', comment_id, seq, coalesce(shows_from, decided_at) from made;
