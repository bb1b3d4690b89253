-- What words are searched in: of every text its key, which src/screening/search-key.ts makes of name and text, and
-- the key's parts for the index. A key is words as well: it comes with them, and is gone with them.
-- When the making of keys changes, a later migration drops search_key, makes it anew and lists every text in
-- search_key_missing.

-- Every character of a key with the two behind it, as lexemes that nothing stems or stops. The prefix of a lexeme
-- finds what is shorter, so that a word of one character is found by the index as well; at the end of a key the
-- parts are shorter themselves. src/screening/search-key.ts writes the query to it.
create function search_grams(key text) returns tsvector
  language plpgsql immutable parallel safe set search_path = pg_catalog, public, pg_temp
as $$
declare
  grams text[] := '{}';
  first text := '';
  second text := '';
  third text;
begin
  foreach third in array string_to_array(key, null) loop
    if first <> '' then
      grams := grams || (first || second || third);
    end if;
    first := second;
    second := third;
  end loop;
  if first <> '' then
    grams := grams || (first || second);
  end if;
  if second <> '' then
    grams := grams || second;
  end if;
  return array_to_tsvector(grams);
end
$$;

-- The key of a text, as long as the text is there.
create table search_key (
  comment_id uuid not null,
  seq integer not null,
  key text not null,
  grams tsvector not null generated always as (search_grams(key)) stored,
  constraint search_key_pkey primary key (comment_id, seq),
  constraint search_key_comment_id_seq_fkey foreign key (comment_id, seq)
    references revision_text (comment_id, seq) on update restrict on delete cascade
);
create index search_key_grams_idx on search_key using gin (grams);
-- The planner's statistics of keys would outlive an erasure; those of parts hold what many have written.
alter table search_key alter column key set statistics 0;

-- What is new stands first in a list of the index, because many texts are indexed together with a third of the work.
-- The service empties it every few seconds; else one submission in a thousand would do it for all others.
create function settle_search_index() returns bigint
  language sql security definer set search_path = pg_catalog, public, pg_temp
  return gin_clean_pending_list('search_key_grams_idx'::regclass);

create trigger search_key_is_not_rewritten before update on search_key
  for each row execute function refuse_change();
create trigger search_key_is_not_emptied before truncate on search_key
  for each statement execute function refuse_change();
create trigger search_key_erasure_is_logged before delete on search_key
  for each row execute function refuse_silent_erasure();

-- Texts that came without a key: from before this migration, from a process that does not know of keys yet, from
-- hand-written SQL. A timer makes their keys, in this order.
create table search_key_missing (
  place bigint not null generated always as identity,
  comment_id uuid not null,
  seq integer not null,
  constraint search_key_missing_pkey primary key (place)
);

create function missing_search_key_is_noted() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (select from search_key where comment_id = new.comment_id and seq = new.seq) then
    insert into search_key_missing (comment_id, seq) values (new.comment_id, new.seq);
  end if;
  return null;
end
$$;
create trigger missing_search_key_is_noted after insert on revision_text
  for each row execute function missing_search_key_is_noted();

revoke execute on function search_grams(text), settle_search_index(), missing_search_key_is_noted() from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select, insert on search_key to postbag_desk;
    grant select, delete on search_key_missing to postbag_desk;
    grant execute on function search_grams(text), settle_search_index() to postbag_desk;
  end if;
end
$$;
