-- What authorities order, legal holds for which words are kept, threats to somebody's life, and erasures for which
-- somebody else than the reader asked.

-- ── Orders ──────────────────────────────────────────────────────────────────────────────────────────

create table legal_order (
  id uuid not null default gen_random_uuid(),
  position bigint not null generated always as identity,
  site text not null,
  -- art9: to act against content; art10: to give information (Regulation (EU) 2022/2065, whoever orders it); or a
  -- request that binds nobody
  kind text not null,
  -- ISO 3166-1, whose authority it is
  country text not null,
  authority text not null,
  legal_basis text,
  -- the authority's own number for it
  reference text,
  received_on date not null,
  -- the countries in which it is to have effect; none where it does not say
  scope text[] not null default '{}',
  -- what is said of it in public
  public_summary text,
  -- false where it forbids to tell the reader
  reader_may_be_told boolean not null default true,
  -- what became of it; nothing yet where NULL
  effect text,
  effect_on date,
  authority_informed_on date,
  reader_informed_on date,
  -- who wrote it down
  person_id uuid not null,
  registered_at timestamptz(3) not null,
  constraint legal_order_pkey primary key (id),
  constraint legal_order_position_key unique (position),
  constraint legal_order_site_fkey foreign key (site) references site (key) on update restrict on delete restrict,
  constraint legal_order_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict,
  constraint legal_order_kind check (kind in ('art9', 'art10', 'informal_request')),
  constraint legal_order_country check (country ~ '^[A-Z]{2}$'),
  constraint legal_order_scope check (array_position(scope, null) is null),
  constraint legal_order_effect check (
    (effect is null) = (effect_on is null)
    and (effect is null or effect in ('unpublished', 'erased', 'information_given', 'preserved', 'refused'))
  )
);
create index legal_order_site_position_idx on legal_order (site, position);
create index legal_order_person_id_idx on legal_order (person_id);

-- The comments that an order names: it acts on no other.
create table legal_order_comment (
  order_id uuid not null,
  comment_id uuid not null,
  constraint legal_order_comment_pkey primary key (order_id, comment_id),
  constraint legal_order_comment_order_id_fkey foreign key (order_id)
    references legal_order (id) on update restrict on delete restrict,
  constraint legal_order_comment_comment_id_fkey foreign key (comment_id)
    references comment (id) on update restrict on delete restrict
);
create index legal_order_comment_comment_id_idx on legal_order_comment (comment_id);

create function legal_order_is_registered() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  new.registered_at := moment();
  return new;
end
$$;
create trigger legal_order_is_registered before insert on legal_order
  for each row execute function legal_order_is_registered();

-- What was received stays as it was received; what became of it is written down as it happens.
create function legal_order_stays_as_received() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if (new.id, new.position, new.site, new.kind, new.country, new.authority, new.received_on, new.scope, new.person_id,
      new.registered_at)
     is distinct from
     (old.id, old.position, old.site, old.kind, old.country, old.authority, old.received_on, old.scope, old.person_id,
      old.registered_at)
     or (new.legal_basis, new.reference) is distinct from (old.legal_basis, old.reference) then
    raise exception 'an order stays as it was received' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger legal_order_stays_as_received before update on legal_order
  for each row execute function legal_order_stays_as_received();
create trigger legal_order_is_kept before delete on legal_order for each row execute function refuse_change();
create trigger legal_order_is_not_emptied before truncate on legal_order
  for each statement execute function refuse_change();

create function legal_order_names_comments_of_its_site() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (select from legal_order o join comment c on c.site = o.site
                  where o.id = new.order_id and c.id = new.comment_id) then
    raise exception 'an order names comments of its site' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger legal_order_names_comments_of_its_site before insert on legal_order_comment
  for each row execute function legal_order_names_comments_of_its_site();
create trigger legal_order_comment_is_kept before update or delete on legal_order_comment
  for each row execute function refuse_change();
create trigger legal_order_comment_is_not_emptied before truncate on legal_order_comment
  for each statement execute function refuse_change();

-- Whether an order that names the comment still waits for what becomes of it.
create function is_ordered(of_comment uuid) returns boolean
  language sql stable
  return exists (select from legal_order_comment n join legal_order o on o.id = n.order_id
                  where n.comment_id = of_comment and o.effect is null);

-- ── Holds ───────────────────────────────────────────────────────────────────────────────────────────

-- While one stands, nobody erases the words of the comment. The row stays when it has ended.
create table hold (
  id uuid not null default gen_random_uuid(),
  comment_id uuid not null,
  -- gone with the words of the comment
  reason text,
  order_id uuid,
  person_id uuid not null,
  placed_at timestamptz(3) not null,
  ended_at timestamptz(3),
  ended_by uuid,
  constraint hold_pkey primary key (id),
  constraint hold_comment_id_fkey foreign key (comment_id)
    references comment (id) on update restrict on delete restrict,
  constraint hold_order_fkey foreign key (order_id, comment_id)
    references legal_order_comment (order_id, comment_id) on update restrict on delete restrict,
  constraint hold_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict,
  constraint hold_ended_by_fkey foreign key (ended_by)
    references person (id) on update restrict on delete restrict,
  constraint hold_ended check ((ended_at is null) = (ended_by is null)),
  constraint hold_standing_has_a_reason check (reason is not null or ended_at is not null)
);
create index hold_comment_id_idx on hold (comment_id);
create index hold_person_id_idx on hold (person_id);
create index hold_ended_by_idx on hold (ended_by);

create function is_held(of_comment uuid) returns boolean
  language sql stable
  return exists (select from hold where comment_id = of_comment and ended_at is null);

-- The lock makes whoever erases at the same time wait, or be waited for.
create function hold_is_placed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform from comment where id = new.comment_id for no key update;
  if exists (select from erasure where comment_id = new.comment_id) then
    raise exception 'this comment is erased' using errcode = 'restrict_violation', constraint = 'hold_of_words';
  end if;
  if new.ended_by is not null then
    raise exception 'a hold stands before it ends' using errcode = 'check_violation';
  end if;
  new.placed_at := moment();
  return new;
end
$$;
create trigger hold_is_placed before insert on hold for each row execute function hold_is_placed();

create function hold_ends_once() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if (new.id, new.comment_id, new.person_id, new.placed_at)
     is distinct from (old.id, old.comment_id, old.person_id, old.placed_at)
     or new.order_id is distinct from old.order_id
     or new.reason is distinct from old.reason
        and (new.reason is not null or not exists (select from erasure where comment_id = new.comment_id)) then
    raise exception 'a hold ends, and nothing else of it changes' using errcode = 'restrict_violation';
  end if;
  if old.ended_by is not null then
    if (new.ended_at, new.ended_by) is distinct from (old.ended_at, old.ended_by) then
      raise exception 'a hold ends once' using errcode = 'restrict_violation';
    end if;
  elsif new.ended_by is not null then
    new.ended_at := moment();
  end if;
  return new;
end
$$;
create trigger hold_ends_once before update on hold for each row execute function hold_ends_once();
create trigger hold_is_kept before delete on hold for each row execute function refuse_change();
create trigger hold_is_not_emptied before truncate on hold for each statement execute function refuse_change();

-- What a reader asked for while a hold stood; carried out when it ends.
create table erasure_wish (
  comment_id uuid not null,
  wished_at timestamptz(3) not null default moment(),
  constraint erasure_wish_pkey primary key (comment_id),
  constraint erasure_wish_comment_id_fkey foreign key (comment_id)
    references comment (id) on update restrict on delete restrict
);
create trigger erasure_wish_is_not_rewritten before update on erasure_wish
  for each row execute function refuse_change();
create trigger erasure_wish_is_not_emptied before truncate on erasure_wish
  for each statement execute function refuse_change();
create trigger erasure_wish_ends_with_the_words before delete on erasure_wish
  for each row execute function refuse_silent_erasure();

-- ── Danger ──────────────────────────────────────────────────────────────────────────────────────────

-- Somebody's life is threatened, a moderator says. The comment is read before all others for as long as it waits, and
-- whenever it waits again.
create table danger (
  comment_id uuid not null,
  person_id uuid not null,
  reported_at timestamptz(3) not null default moment(),
  constraint danger_pkey primary key (comment_id, person_id),
  constraint danger_comment_id_fkey foreign key (comment_id)
    references comment (id) on update restrict on delete restrict,
  constraint danger_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict
);
create index danger_person_id_idx on danger (person_id);
create trigger danger_is_kept before update or delete on danger for each row execute function refuse_change();
create trigger danger_is_not_emptied before truncate on danger for each statement execute function refuse_change();

-- Puts a waiting comment before others, and never behind. A move writes the comment before it writes the queue: the
-- lock lets it do both, or neither.
create function raise_priority(of_comment uuid, at_least smallint) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform from comment where id = of_comment for no key update;
  update waiting set priority = at_least where comment_id = of_comment and priority < at_least;
end
$$;

create function danger_comes_first() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform raise_priority(new.comment_id, 3::smallint);
  return null;
end
$$;
create trigger danger_comes_first after insert on danger for each row execute function danger_comes_first();

create function danger_waits_first() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if exists (select from danger where comment_id = new.comment_id) then
    new.priority := greatest(new.priority, 3::smallint);
  end if;
  return new;
end
$$;

-- ── Rights ──────────────────────────────────────────────────────────────────────────────────────────

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select, insert on legal_order, legal_order_comment, hold, erasure_wish, danger to postbag_desk;
    grant update (public_summary, reader_may_be_told, effect, effect_on, authority_informed_on, reader_informed_on)
      on legal_order to postbag_desk;
    grant update (ended_by) on hold to postbag_desk;
    grant execute on function is_ordered(uuid), is_held(uuid) to postbag_desk;
  end if;
end
$$;

-- ── What was there before ───────────────────────────────────────────────────────────────────────────
-- Last, because it locks tables that the service is using; the next migration goes through their rows.

-- What an order takes down cites the order, and no rule. Nothing else has an order.
alter table move
  add column order_id uuid,
  add constraint move_under_an_order check ((order_id is not null) = (action = 'unpublish' and not cites)) not valid,
  add constraint move_order_fkey foreign key (order_id, comment_id)
    references legal_order_comment (order_id, comment_id) on update restrict on delete restrict not valid;

-- As before, and the order of a move that has one.
create or replace function move_hash(m move) returns bytea
  language sql stable
  return sha256(
    coalesce(m.prev_hash, '\x')
    || convert_to((jsonb_build_array(
         m.comment_id, m.seq, m.id, m.site, m.action, m.proposal, m.from_status, m.to_status, m.actor,
         m.person_id, m.key_id, m.judged_revision, m.revision, m.rules,
         encode(m.words_hash, 'hex'), encode(m.text_hash, 'hex'),
         (extract(epoch from m.decided_at) * 1000)::bigint,
         (extract(epoch from m.shows_from) * 1000)::bigint,
         m.earlier_revision,
         (extract(epoch from m.first_shown_at) * 1000)::bigint,
         m.escalation_seq, m.first_person_id, encode(m.back_to_hash, 'hex')
       ) || case when m.order_id is null then '[]'::jsonb else jsonb_build_array(m.order_id) end)::text, 'UTF8')
  );

-- Only an order to act against content acts, and what it did is written down with it.
create function order_takes_effect() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  today date := (moment() at time zone 'UTC')::date;
  done text := case tg_table_name when 'move' then 'unpublished' else 'erased' end;
begin
  update legal_order
     set effect = done, effect_on = today,
         reader_informed_on = coalesce(reader_informed_on, case when reader_may_be_told then today end)
   where id = new.order_id and kind = 'art9' and (effect is null or effect is distinct from done and done = 'erased');
  if not exists (select from legal_order where id = new.order_id and kind = 'art9') then
    raise exception 'only an order to act against content acts' using errcode = 'check_violation';
  end if;
  return null;
end
$$;
create trigger order_takes_effect after insert on move
  for each row when (new.order_id is not null) execute function order_takes_effect();

alter table transition
  drop constraint transition_restricts_under_a_rule,
  add constraint transition_restricts_under_a_rule check (
    cites
    or (action not in ('edit', 'reject', 'return', 'unpublish') and proposal not in ('edit', 'reject'))
    or (action = 'unpublish' and actor = 'person')
  ),
  disable trigger transition_is_kept;
insert into transition (action, proposal, from_status, to_status, actor, cites) values
  ('unpublish', 'none', 'published', 'unpublished', 'person', false);
alter table transition enable trigger transition_is_kept;

-- Why somebody else than the reader had the words erased, and what they say of it. It stays: it says nothing of the
-- words, and not who is named in them.
alter table erasure
  add column reason text,
  add column order_id uuid,
  add column note text,
  add constraint erasure_reason check (
    (reason is null or reason in ('named_person', 'order', 'other'))
    and (asked_by = 'person' or reason is null) and (reason is not null or note is null)
    and (order_id is not null) = (coalesce(reason, 'none') = 'order')
  ) not valid,
  add constraint erasure_order_fkey foreign key (order_id, comment_id)
    references legal_order_comment (order_id, comment_id) on update restrict on delete restrict not valid;
create trigger order_takes_effect after insert on erasure
  for each row when (new.order_id is not null) execute function order_takes_effect();

create function erasure_waits_for_holds() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform from comment where id = new.comment_id for no key update;
  if is_held(new.comment_id) then
    raise exception 'the words of this comment are held' using errcode = 'PB005';
  end if;
  return new;
end
$$;
create trigger erasure_waits_for_holds before insert on erasure
  for each row execute function erasure_waits_for_holds();

create function erasure_ends_wishes_and_reasons() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  delete from erasure_wish where comment_id = new.comment_id;
  update hold set reason = null where comment_id = new.comment_id and reason is not null;
  return null;
end
$$;
create trigger erasure_ends_wishes_and_reasons after insert on erasure
  for each row execute function erasure_ends_wishes_and_reasons();

-- Erases a comment that is settled and not shown, for somebody else than its reader. A second call changes nothing.
create function erase_comment_for(of_comment uuid, by_person uuid, why text, under_order uuid, said text)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if why is null then
    raise exception 'an erasure for somebody else has a reason' using errcode = 'check_violation';
  end if;
  insert into erasure (comment_id, asked_by, person_id, reason, order_id, note)
    values (of_comment, 'person', by_person, why, under_order, said)
    on conflict do nothing;
  return found;
end
$$;

create trigger danger_waits_first before insert on waiting for each row execute function danger_waits_first();

-- What moderators do when somebody's life is threatened; the standard words where NULL.
alter table site add column danger_path text;

revoke execute on function legal_order_is_registered(), legal_order_stays_as_received(),
  legal_order_names_comments_of_its_site(), is_ordered(uuid), hold_is_placed(), is_held(uuid), hold_ends_once(),
  raise_priority(uuid, smallint), danger_comes_first(), danger_waits_first(), order_takes_effect(),
  erasure_waits_for_holds(), erasure_ends_wishes_and_reasons(),
  erase_comment_for(uuid, uuid, text, uuid, text) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant execute on function erase_comment_for(uuid, uuid, text, uuid, text) to postbag_desk;
  end if;
end
$$;
