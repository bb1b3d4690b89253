-- A second factor for people, what they are called at the issuer of an organisation's accounts, and sessions that can
-- be listed and ended. Nothing here says from where somebody came.

alter table session
  -- names it in lists; the hash of its secret leaves for nobody
  add column id uuid not null default gen_random_uuid(),
  -- written every few minutes at most
  add column last_seen_at timestamptz(3) not null default moment(),
  add constraint session_id_key unique (id);

-- RFC 6238. The row is there from the beginning of an enrolment; it counts once it is confirmed.
create table second_factor (
  person_id uuid not null,
  -- encrypted by the service under a key that PostgreSQL never sees
  secret bytea not null,
  confirmed_at timestamptz(3),
  -- the time step of the newest code that was taken: neither it nor an earlier one is taken again
  last_step bigint not null default 0,
  -- wrong codes in a row, and until when none is tried
  failures integer not null default 0,
  try_from timestamptz(3),
  constraint second_factor_pkey primary key (person_id),
  constraint second_factor_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict,
  -- a nonce of 12 bytes, at least 16 encrypted ones, a tag of 16
  constraint second_factor_encrypted check (octet_length(secret) >= 44),
  constraint second_factor_failures check (failures >= 0)
);

-- What stands in for a code, once. The row goes when it is used.
create table recovery_code (
  person_id uuid not null,
  hash bytea not null,
  constraint recovery_code_pkey primary key (person_id, hash),
  constraint recovery_code_person_id_fkey foreign key (person_id)
    references second_factor (person_id) on update restrict on delete cascade,
  constraint recovery_code_hash check (octet_length(hash) = 32)
);

-- Which account at an OpenID Connect issuer is whose.
create table outside_account (
  person_id uuid not null,
  issuer text not null,
  subject text not null,
  constraint outside_account_pkey primary key (person_id, issuer),
  constraint outside_account_issuer_subject_key unique (issuer, subject),
  constraint outside_account_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict
);

-- Whoever is no longer active decides nothing more: a request that began before has not decided yet, and the lock lets
-- nobody be deactivated between this and the commit.
create function move_by_the_active() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform from person where id = new.person_id and active for share;
  if not found and exists (select from person where id = new.person_id) then
    raise exception 'who is not active decides nothing' using errcode = 'PB004';
  end if;
  return new;
end
$$;
create trigger move_by_the_active before insert on move
  for each row when (new.person_id is not null) execute function move_by_the_active();

revoke execute on function move_by_the_active() from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select, insert, update, delete on second_factor to postbag_desk;
    grant select, insert, delete on recovery_code, outside_account to postbag_desk;
  end if;
end
$$;
