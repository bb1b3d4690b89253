-- Against floods, without anything about who sent what: what a form and a browser tell of how a comment came, and slow
-- discussions. Everything is off but the field that people do not see.

alter table site
  -- whether the form has a field that people do not see
  add column honeypot boolean not null default true,
  -- seconds; a form that comes back sooner is worth a look
  add column minimum_seconds integer,
  -- how much work a browser does at most, so that a comment does not wait longer
  add column proof_tries integer,
  add constraint site_minimum_seconds check (minimum_seconds between 1 and 60),
  add constraint site_proof_tries check (proof_tries between 10 and 10000);

alter table article
  -- each sender may send one comment in so many minutes, until then
  add column slow_minutes integer,
  add column slow_until timestamptz(3),
  add constraint article_slow check (slow_minutes between 1 and 1440) not valid,
  add constraint article_slow_until check (slow_until is null or slow_minutes is not null) not valid;

-- What was noticed about how a text came, by the code of its signal.
alter table revision add column arrival text[] not null default '{}';

-- Proofs of work that were used, until they cannot be used any more: each is good for one comment.
create table spent_proof (
  hash bytea not null,
  until timestamptz(3) not null,
  constraint spent_proof_pkey primary key (hash),
  constraint spent_proof_is_a_hash check (octet_length(hash) = 32)
);
create index spent_proof_until_idx on spent_proof (until);

-- ── The queue ───────────────────────────────────────────────────────────────────────────────────────

-- What comes without the proof that its site asks for waits behind the rest.
alter table waiting
  drop constraint waiting_priority,
  add constraint waiting_priority check (priority between -1 and 3) not valid;

create or replace function priority_of(signals jsonb) returns smallint
  language sql immutable
  return case when signals @> '[{"code": "phrase", "severity": "warning"}]' then 1
              when signals @> '[{"code": "unproven"}]' then -1
              else 0 end;

-- A text that is not screened yet waits by how it came.
create or replace function comment_waits() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into waiting (comment_id, site, status, language, position, since, signals, priority, match_hash)
  select c.id, c.site, c.status, c.language, c.position, c.submitted_at,
         case when n.comment_id is null then coalesce(r.arrival, '{}') else codes_of(n.signals) end,
         case when n.comment_id is not null then priority_of(n.signals)
              when 'unproven' = any (r.arrival) then -1 else 0 end, n.match_hash
    from made c
    left join screening n on n.comment_id = c.id and n.seq = c.revision
    left join revision r on n.comment_id is null and r.comment_id = c.id and r.seq = c.revision;
  return null;
end
$$;

-- What somebody had in their hands does not wait behind the rest again.
create or replace function waiting_follows_the_log() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  held waiting;
begin
  if new.from_status in ('pending', 'second_review') then
    select * into held from waiting where comment_id = new.comment_id for update;
    if new.actor = 'person' and held.claimed_by <> new.person_id and held.claimed_until > moment()
       and not exists (select from person p where p.id = new.person_id and p.admin)
       and not exists (select from membership k
                        where k.person_id = new.person_id and k.site = new.site and k.role = 'editor') then
      raise exception 'another moderator holds this comment' using errcode = 'PB002';
    end if;
  end if;

  if new.to_status in ('pending', 'second_review') then
    delete from waiting where comment_id = new.comment_id;
    insert into waiting (comment_id, site, status, language, position, since, signals, priority, match_hash, first_person_id)
    select c.id, c.site, new.to_status, c.language, c.position, new.decided_at,
           coalesce(codes_of(n.signals), '{}'), greatest(priority_of(n.signals), 0), n.match_hash,
           case when new.to_status = 'second_review'
                then (select e.person_id from escalation e where e.comment_id = c.id order by e.seq desc limit 1) end
      from comment c
      left join screening n on n.comment_id = c.id and n.seq = new.revision
     where c.id = new.comment_id;
  else
    delete from waiting where comment_id = new.comment_id;
  end if;
  return null;
end
$$;

-- Nobody waits behind the rest for ever: of each site the oldest `most` of those that have waited so long join it, in
-- the order of their arrival. What somebody else is changing is left for the next time.
create function let_unproven_catch_up(waited interval, most integer) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  update waiting w set priority = 0
    from (select late.comment_id
            from site s
           cross join lateral (
             select comment_id, since from waiting
              where site = s.key and status = 'pending' and priority = -1
              order by position limit most for update skip locked) as late
           where late.since <= moment() - waited) as behind
   where w.comment_id = behind.comment_id;
end
$$;

-- ── What everybody sees ─────────────────────────────────────────────────────────────────────────────

-- Two columns more at the end: how slow it is at the moment, and when that ends by itself.
create or replace view public_article with (security_barrier) as
  select a.id, a.site, a.key, a.title, a.url, coalesce(a.language, s.language) as language, s.times, s.notice,
         a.open and not a.paused and not s.paused
         and (s.close_after is null
              or a.created_at + s.close_after * interval '1 day' > (select moment())) as open,
         a.created_at + s.close_after * interval '1 day' as closes_at,
         case when a.slow_until is null or a.slow_until > (select moment()) then a.slow_minutes end as slow_minutes,
         case when a.slow_until > (select moment()) then a.slow_until end as slow_until
    from article a join site s on s.key = a.site
   where not exists (select from merged_article g where g.article_id = a.id);

revoke execute on function let_unproven_catch_up(interval, integer) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select, insert, delete on spent_proof to postbag_desk;
    grant execute on function let_unproven_catch_up(interval, integer) to postbag_desk;
  end if;
end
$$;
