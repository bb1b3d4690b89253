-- What waits for a decision, in a small table of its own: one row a waiting comment, written by the log alone. A
-- moderator leases rows of it, so that two never read the same comment at the same time.

create table waiting (
  comment_id uuid not null,
  site text not null,
  status text not null,
  language text not null,
  primary_language text not null generated always as (split_part(language, '-', 1)) stored,
  -- higher comes first; within a priority the oldest
  priority smallint not null default 0,
  position bigint not null,
  since timestamptz(3) not null,
  -- codes of the signals of the standing revision
  signals text[] not null default '{}',
  -- of the key of its text, by which a cluster is found
  match_hash bigint,
  -- who escalated it, to whom it is not given
  first_person_id uuid,
  claimed_by uuid,
  claimed_until timestamptz(3),
  constraint waiting_pkey primary key (comment_id),
  constraint waiting_comment_id_fkey foreign key (comment_id)
    references comment (id) on update restrict on delete restrict,
  constraint waiting_claimed_by_fkey foreign key (claimed_by)
    references person (id) on update restrict on delete restrict,
  constraint waiting_status check (status in ('pending', 'second_review')),
  constraint waiting_priority check (priority between 0 and 3),
  constraint waiting_claim check ((claimed_by is null) = (claimed_until is null))
);
create index waiting_order_idx on waiting (site, status, priority, position);
create index waiting_language_idx on waiting (site, status, primary_language, priority, position);
create index waiting_signals_idx on waiting using gin (signals) where signals <> '{}';
create index waiting_cluster_idx on waiting (site, match_hash, position) where match_hash is not null;
create index waiting_claimed_by_idx on waiting (claimed_by) where claimed_by is not null;

-- Who passed a comment on; it is not given to them again while it waits.
create table skip (
  comment_id uuid not null,
  person_id uuid not null,
  skipped_at timestamptz(3) not null default moment(),
  constraint skip_pkey primary key (comment_id, person_id),
  constraint skip_comment_id_fkey foreign key (comment_id)
    references waiting (comment_id) on update restrict on delete cascade,
  constraint skip_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict
);
create index skip_person_id_idx on skip (person_id);

-- What screening says of a text puts it earlier only where the site itself asked for that: a phrase of its list
-- marked as a warning.
create function priority_of(signals jsonb) returns smallint
  language sql immutable
  return case when signals @> '[{"code": "phrase", "severity": "warning"}]' then 1 else 0 end;

create function codes_of(signals jsonb) returns text[]
  language sql immutable
  return array(select distinct signal ->> 'code' from jsonb_array_elements(signals) as signal order by 1);

-- The queue is a projection of the log, like a comment's state.
create function comment_waits() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into waiting (comment_id, site, status, language, position, since, signals, priority, match_hash)
  select new.id, new.site, new.status, new.language, new.position, new.submitted_at,
         coalesce(codes_of(n.signals), '{}'), coalesce(priority_of(n.signals), 0), n.match_hash
    from (select) as once
    left join screening n on n.comment_id = new.id and n.seq = new.revision;
  return null;
end
$$;
create trigger comment_waits after insert on comment for each row execute function comment_waits();

-- A decision ends the wait and the lease. Whoever holds a live lease decides, or an editor, who may take over: one
-- moderator does not decide what another is reading.
create function waiting_follows_the_log() returns trigger
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
           coalesce(codes_of(n.signals), '{}'), coalesce(priority_of(n.signals), 0), n.match_hash,
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
-- Named to run after comment_follows_its_moves, which writes the escalation.
create trigger waiting_follows_the_log after insert on move
  for each row when (new.action <> 'submit' and (new.from_status in ('pending', 'second_review')
                                                 or new.to_status in ('pending', 'second_review')))
  execute function waiting_follows_the_log();

-- At the end of the transaction, what waits is in the queue and nothing else is.
create function waiting_is_what_waits() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  touched waiting := coalesce(new, old);
begin
  if exists (select from comment c left join waiting w on w.comment_id = c.id
              where c.id = touched.comment_id
                and case when c.status in ('pending', 'second_review')
                         then (w.site, w.status, w.language, w.position)
                              is distinct from (c.site, c.status, c.language, c.position)
                         else w.comment_id is not null end) then
    raise exception 'the queue holds what waits and nothing else' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
create constraint trigger waiting_is_what_waits
  after insert or delete or update of comment_id, site, status, language, position on waiting
  deferrable initially deferred for each row execute function waiting_is_what_waits();
create trigger waiting_is_not_emptied before truncate on waiting for each statement execute function refuse_change();

-- Signals that come later than the text.
create function waiting_follows_its_signals() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  update waiting w
     set signals = codes_of(new.signals), priority = greatest(w.priority, priority_of(new.signals)),
         match_hash = new.match_hash
    from comment c
   where c.id = new.comment_id and c.revision = new.seq and w.comment_id = new.comment_id;
  return null;
end
$$;
create trigger waiting_follows_its_signals after insert or update of signals on screening
  for each row execute function waiting_follows_its_signals();

-- Comments that wait already.
insert into waiting (comment_id, site, status, language, position, since, signals, priority, match_hash, first_person_id)
select c.id, c.site, c.status, c.language, c.position, m.decided_at,
       coalesce(codes_of(n.signals), '{}'), coalesce(priority_of(n.signals), 0), n.match_hash,
       case when c.status = 'second_review'
            then (select e.person_id from escalation e where e.comment_id = c.id order by e.seq desc limit 1) end
  from comment c
  join move m on m.comment_id = c.id and m.seq = c.seq
  left join screening n on n.comment_id = c.id and n.seq = c.revision
 where c.status in ('pending', 'second_review')
on conflict do nothing;

revoke execute on function priority_of(jsonb), codes_of(jsonb), comment_waits(), waiting_follows_the_log(),
  waiting_is_what_waits(), waiting_follows_its_signals() from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select on waiting, skip to postbag_desk;
    grant update (claimed_by, claimed_until) on waiting to postbag_desk;
    grant insert on skip to postbag_desk;
  end if;
end
$$;
