-- How long moderators take for what a claim gave them, and what they pass on; and statements of reasons for what the order
-- of an authority takes down.

-- ── Handling ────────────────────────────────────────────────────────────────────────────────────────

-- What somebody was given by a claim and dealt with. It names no comment and no moment by which one could be found, and
-- is gone as soon as it is counted.
create table handled (
  place bigint not null generated always as identity,
  site text not null,
  language text not null,
  person_id uuid not null,
  -- of the decision or the skip, in UTC
  day date not null,
  -- from the claim to the decision; NULL for what was passed on
  seconds bigint,
  constraint handled_pkey primary key (place),
  constraint handled_site_fkey foreign key (site) references site (key) on update restrict on delete restrict,
  constraint handled_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict,
  constraint handled_seconds check (seconds is null or seconds >= 0)
);
create index handled_person_id_idx on handled (person_id);

-- How long the decisions of a person took, from the claim on.
create table statistic_handling (
  site text not null,
  -- of the decision, in UTC
  day date not null,
  person_id uuid not null,
  language text not null,
  -- see wait_bucket
  bucket integer not null,
  decisions integer not null,
  constraint statistic_handling_pkey primary key (site, day, person_id, language, bucket),
  constraint statistic_handling_site_fkey foreign key (site)
    references site (key) on update restrict on delete restrict,
  constraint statistic_handling_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict
);
create index statistic_handling_person_id_idx on statistic_handling (person_id);

-- How much of what they held a person passed on.
create table statistic_skip (
  site text not null,
  day date not null,
  person_id uuid not null,
  language text not null,
  skips integer not null,
  constraint statistic_skip_pkey primary key (site, day, person_id, language),
  constraint statistic_skip_site_fkey foreign key (site) references site (key) on update restrict on delete restrict,
  constraint statistic_skip_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict
);
create index statistic_skip_person_id_idx on statistic_skip (person_id);

-- Counts at most so much of what was handled; how much it was. Where somebody else does it, they go on.
create function count_handled(most integer) returns integer
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  many integer;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('postbag counts what was handled', 0)) then
    return 0;
  end if;
  with taken as (
    delete from handled where place in (select place from handled order by place limit most)
    returning site, day, person_id, language, seconds
  ), decided as (
    insert into statistic_handling as kept (site, day, person_id, language, bucket, decisions)
    select site, day, person_id, language, wait_bucket(seconds), count(*)
      from taken where seconds is not null group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (site, day, person_id, language, bucket) do update
      set decisions = kept.decisions + excluded.decisions
  ), passed_on as (
    insert into statistic_skip as kept (site, day, person_id, language, skips)
    select site, day, person_id, language, count(*)
      from taken where seconds is null group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (site, day, person_id, language) do update set skips = kept.skips + excluded.skips
  )
  select count(*) into many from taken;
  return many;
end
$$;

-- Whoever takes a claim has it from then on; to renew it, which writes its end alone, begins it no new.
create function claim_begins() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  new.claimed_since := case when new.claimed_by is not null then moment() end;
  return new;
end
$$;

revoke execute on function count_handled(integer), claim_begins() from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select, insert on handled to postbag_desk;
    grant select on statistic_handling, statistic_skip to postbag_desk;
    grant execute on function count_handled(integer) to postbag_desk;
  end if;
end
$$;

-- ── Statements ──────────────────────────────────────────────────────────────────────────────────────

-- As before. What an authority ordered was noticed by nobody here, and is not appealed here.
create or replace function statement_follows_the_log() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  decided move;
begin
  select * into decided from move where comment_id = new.comment_id and seq = new.seq;
  new.site := decided.site;
  new.action := decided.action;
  new.decider_id := decided.person_id;
  new.first_person_id := coalesce(decided.first_person_id, decided.person_id);
  new.decided_at := decided.decided_at;
  new.applies_from := coalesce(decided.shows_from, decided.decided_at);
  new.appeal_until :=
    case when decided.order_id is null
              and not exists (select from appeal where comment_id = new.comment_id and outcome_seq = new.seq)
         then new.applies_from + (select appeal_days from site where key = new.site) * interval '1 day' end;
  new.content_language := (select language from comment where id = new.comment_id);
  new.automated_detection := decided.order_id is null
                             and exists (select from screening where comment_id = new.comment_id
                                            and seq = decided.judged_revision and signals <> '[]');
  return new;
end
$$;

-- ── What was there before ───────────────────────────────────────────────────────────────────────────
-- Last, because it locks tables that the service is using: the log first, as every move does.

lock table move in share row exclusive mode;

create trigger order_makes_its_statement after insert on move
  for each row when (new.order_id is not null) execute function move_makes_its_statement();
create constraint trigger order_has_its_statement after insert on move
  deferrable initially deferred for each row when (new.order_id is not null)
  execute function move_has_its_statement();

-- Of what orders took down already. They name few comments, so that the log is not gone through.
insert into statement (comment_id, seq)
select m.comment_id, m.seq
  from legal_order_comment n join move m on m.comment_id = n.comment_id and m.order_id = n.order_id;

-- Since when the claim is somebody's.
alter table waiting add column claimed_since timestamptz(3);
create trigger claim_begins before update of claimed_by on waiting
  for each row execute function claim_begins();
