-- The site's chain: every move of a site, in the order in which it was sealed, each row hashed over the one before it.
-- A comment's own chain is made with the move; this one a moment later, so that no decision waits for another.

-- What is still to be sealed.
create table unsealed (
  comment_id uuid not null,
  seq integer not null,
  site text not null,
  place bigint not null generated always as identity,
  constraint unsealed_pkey primary key (comment_id, seq),
  constraint unsealed_comment_id_seq_fkey foreign key (comment_id, seq)
    references move (comment_id, seq) on update restrict on delete restrict
);
create index unsealed_site_place_idx on unsealed (site, place);

create table sealed_move (
  site text not null,
  position bigint not null,
  comment_id uuid not null,
  seq integer not null,
  -- over the hash of the row before it, its own place, and the hash of the move
  hash bytea not null,
  sealed_at timestamptz(3) not null,
  constraint sealed_move_pkey primary key (site, position),
  constraint sealed_move_comment_id_seq_key unique (comment_id, seq),
  constraint sealed_move_comment_id_seq_fkey foreign key (comment_id, seq)
    references move (comment_id, seq) on update restrict on delete restrict,
  constraint sealed_move_site_fkey foreign key (site)
    references site (key) on update restrict on delete restrict
);
create trigger sealed_move_is_kept before update or delete on sealed_move
  for each row execute function refuse_change();
create trigger sealed_move_is_not_emptied before truncate on sealed_move
  for each statement execute function refuse_change();

-- The end of a site's chain on a day, signed with a key that PostgreSQL does not have. Kept elsewhere as well, it shows
-- when a whole chain was written anew.
create table log_head (
  site text not null,
  day date not null,
  position bigint not null,
  hash bytea not null,
  signature bytea not null,
  constraint log_head_pkey primary key (site, day),
  constraint log_head_site_position_fkey foreign key (site, position)
    references sealed_move (site, position) on update restrict on delete restrict,
  constraint log_head_signed check (octet_length(signature) = 64 and octet_length(hash) = 32)
);
create index log_head_site_position_idx on log_head (site, position);
create trigger log_head_is_kept before update or delete on log_head for each row execute function refuse_change();
create trigger log_head_is_not_emptied before truncate on log_head
  for each statement execute function refuse_change();

create function seal_hash(before bytea, at bigint, of_move bytea) returns bytea
  language sql immutable
  return sha256(before || int8send(at) || of_move);

-- The hash before a site's first move.
create function seal_beginning(of_site text) returns bytea
  language sql immutable
  return sha256(convert_to(of_site, 'UTF8'));

create function move_is_to_be_sealed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into unsealed (comment_id, seq, site) values (new.comment_id, new.seq, new.site);
  return null;
end
$$;
create trigger move_is_to_be_sealed after insert on move for each row execute function move_is_to_be_sealed();

-- What is sealed, or taken from what is to be sealed, is so by seal_log alone: a row is the next of its site, and its
-- hash is computed here.
create function sealed_move_follows() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  before sealed_move;
  sealed move;
begin
  select * into strict sealed from move where comment_id = new.comment_id and seq = new.seq;
  select * into before from sealed_move where site = sealed.site order by position desc limit 1;
  new.site := sealed.site;
  new.position := coalesce(before.position, 0) + 1;
  new.sealed_at := moment();
  new.hash := seal_hash(coalesce(before.hash, seal_beginning(sealed.site)), new.position, sealed.hash);
  return new;
end
$$;
create trigger sealed_move_follows before insert on sealed_move
  for each row execute function sealed_move_follows();

-- What waits to be sealed leaves that list by being sealed.
create function unsealed_until_sealed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (select from sealed_move where comment_id = old.comment_id and seq = old.seq) then
    raise exception 'every move is sealed' using errcode = 'restrict_violation';
  end if;
  return old;
end
$$;
create trigger unsealed_until_sealed before delete on unsealed
  for each row execute function unsealed_until_sealed();
create trigger unsealed_is_not_rewritten before update on unsealed
  for each row execute function refuse_change();
create trigger unsealed_is_not_emptied before truncate on unsealed
  for each statement execute function refuse_change();

-- Extends a site's chain by at most so many moves; how many it was. Where somebody else does it, they go on.
create function seal_log(of_site text, most integer) returns integer
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  next record;
  sealed integer := 0;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('postbag seals ' || of_site, 0)) then
    return 0;
  end if;
  for next in select comment_id, seq from unsealed where site = of_site order by place limit most loop
    insert into sealed_move (site, position, comment_id, seq, hash, sealed_at)
    values (of_site, 0, next.comment_id, next.seq, '\x', moment());
    delete from unsealed where comment_id = next.comment_id and seq = next.seq;
    sealed := sealed + 1;
  end loop;
  return sealed;
end
$$;

-- Moves from before.
insert into unsealed (comment_id, seq, site) select comment_id, seq, site from move order by decided_at, comment_id, seq;

revoke execute on function seal_hash(bytea, bigint, bytea), seal_beginning(text), move_is_to_be_sealed(),
  sealed_move_follows(), unsealed_until_sealed(), seal_log(text, integer) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select on unsealed, sealed_move, log_head to postbag_desk;
    grant insert on log_head to postbag_desk;
    grant execute on function seal_log(text, integer), seal_hash(bytea, bigint, bytea), seal_beginning(text)
      to postbag_desk;
  end if;
end
$$;
