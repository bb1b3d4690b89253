-- What was taken from readers' sight or erased is also written down outside of the database, so that a backup that is
-- older than that can be brought up to it before it serves. What is still to be written down there waits here: it is
-- committed with what it tells of, and goes once it is in the file.
create table to_ledger (
  position bigint generated always as identity,
  kind text not null,
  comment_id uuid,
  report_id uuid,
  at timestamptz(3) not null default moment(),
  constraint to_ledger_pkey primary key (position),
  constraint to_ledger_kind check (
    kind in ('erased', 'erased_for', 'withdrawn', 'taken_down', 'changed', 'shown', 'report_erased')
  ),
  constraint to_ledger_names_one check (
    (comment_id is null) <> (report_id is null) and (report_id is not null) = (kind = 'report_erased')
  )
);

create function move_goes_to_the_ledger() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into to_ledger (kind, comment_id, at)
  values (case when new.to_status = 'withdrawn' then 'withdrawn'
               when new.to_status <> 'published' then 'taken_down'
               when new.from_status = 'published' then 'changed'
               else 'shown' end,
          new.comment_id, new.decided_at);
  return null;
end
$$;

-- Erasing what is older than the site keeps needs no ledger: the service does that again by itself.
create function erasure_goes_to_the_ledger() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into to_ledger (kind, comment_id, at)
  values (case new.asked_by when 'reader' then 'erased' else 'erased_for' end, new.comment_id, new.erased_at);
  return null;
end
$$;
create trigger erasure_goes_to_the_ledger after insert on erasure
  for each row when (new.asked_by in ('reader', 'person')) execute function erasure_goes_to_the_ledger();

revoke execute on function move_goes_to_the_ledger(), erasure_goes_to_the_ledger() from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select, insert, delete on to_ledger to postbag_desk;
  end if;
end
$$;

-- ── What was there before ───────────────────────────────────────────────────────────────────────────
-- Last, because it locks tables that the service is using; the next migration goes through their rows.

lock table move in share row exclusive mode;

-- A first approval is in every backup that has the comment's publication; whatever else leads to a publication, or away
-- from one, may not be.
create trigger move_goes_to_the_ledger after insert on move
  for each row when (new.to_status = 'withdrawn' or new.from_status = 'published'
                     or (new.to_status = 'published' and new.seq > 2))
  execute function move_goes_to_the_ledger();

-- Only the ledger makes the service take something down by itself: it says that a person did, in what a backup lacks.
alter table transition
  drop constraint transition_restricts_under_a_rule,
  add constraint transition_restricts_under_a_rule check (
    cites
    or (action not in ('edit', 'reject', 'return', 'unpublish') and proposal not in ('edit', 'reject'))
    or (action = 'unpublish' and actor in ('person', 'system'))
  ),
  disable trigger transition_is_kept;
insert into transition (action, proposal, from_status, to_status, actor, cites) values
  ('unpublish', 'none', 'published', 'unpublished', 'system', false);
alter table transition enable trigger transition_is_kept;

alter table move
  drop constraint move_under_an_order,
  add constraint move_under_an_order check (
    (order_id is not null) = (action = 'unpublish' and not cites and actor = 'person')
  ) not valid;
