-- Articles that move to another key, and articles that become part of another. No row of a comment is touched: a key that
-- is no longer an article's own leads to the article, and what was merged into an article is read with it. That costs the
-- same for an article with a hundred thousand comments as for one with none, and what a reader submitted stays as it was.

-- What the migration before left to be gone through while the service works.
alter table move validate constraint move_under_an_order;
alter table move validate constraint move_order_fkey;
alter table erasure validate constraint erasure_reason;
alter table erasure validate constraint erasure_order_fkey;

-- A key that an article had before.
create table article_alias (
  site text not null,
  key text not null,
  article_id uuid not null,
  constraint article_alias_pkey primary key (site, key),
  constraint article_alias_article_id_site_fkey foreign key (article_id, site)
    references article (id, site) on update restrict on delete restrict,
  constraint article_alias_key_size check (octet_length(key) between 1 and 2048)
);
create index article_alias_article_id_idx on article_alias (article_id, site);

-- An article that has become part of another, which is part of none.
create table merged_article (
  article_id uuid not null,
  into_id uuid not null,
  constraint merged_article_pkey primary key (article_id),
  constraint merged_article_article_id_fkey foreign key (article_id)
    references article (id) on update restrict on delete restrict,
  constraint merged_article_into_id_fkey foreign key (into_id)
    references article (id) on update restrict on delete restrict,
  constraint merged_article_is_another check (article_id <> into_id)
);
create index merged_article_into_id_idx on merged_article (into_id);

-- At the end of the transaction. A part of a part would be read with neither.
create function merged_article_is_part_of_none() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if exists (select from merged_article where article_id = new.into_id or into_id = new.article_id)
     or not exists (select from article a join article b on b.site = a.site
                     where a.id = new.article_id and b.id = new.into_id) then
    raise exception 'an article is part of an article of its site that is part of none'
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
create constraint trigger merged_article_is_part_of_none after insert or update on merged_article
  deferrable initially deferred for each row execute function merged_article_is_part_of_none();
create trigger merged_article_is_kept before delete on merged_article
  for each row execute function refuse_change();
create trigger merged_article_is_not_emptied before truncate on merged_article
  for each statement execute function refuse_change();

-- Who moved what, when.
create table article_move (
  id uuid not null default gen_random_uuid(),
  site text not null,
  article_id uuid not null,
  from_key text not null,
  to_key text not null,
  -- the article that it became part of; NULL where it got another key
  into_id uuid,
  person_id uuid not null,
  moved_at timestamptz(3) not null default moment(),
  constraint article_move_pkey primary key (id),
  constraint article_move_site_fkey foreign key (site) references site (key) on update restrict on delete restrict,
  constraint article_move_article_id_fkey foreign key (article_id)
    references article (id) on update restrict on delete restrict,
  constraint article_move_into_id_fkey foreign key (into_id)
    references article (id) on update restrict on delete restrict,
  constraint article_move_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict
);
create index article_move_site_moved_at_idx on article_move (site, moved_at);
create index article_move_article_id_idx on article_move (article_id);
create index article_move_into_id_idx on article_move (into_id);
create index article_move_person_id_idx on article_move (person_id);
create trigger article_move_is_kept before update or delete on article_move
  for each row execute function refuse_change();
create trigger article_move_is_not_emptied before truncate on article_move
  for each statement execute function refuse_change();

-- The article to which a key leads now.
create function article_called(of_site text, called text) returns uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  return (
    select coalesce(g.into_id, named.id)
      from (select a.id from article a where a.site = of_site and a.key = called
            union all
            select l.article_id from article_alias l where l.site = of_site and l.key = called) as named
      left join merged_article g on g.article_id = named.id
     limit 1
  );

-- An article and what was merged into it.
create function article_parts(of_article uuid) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  return array(select of_article where of_article is not null
               union all
               select g.article_id from merged_article g where g.into_id = of_article);

-- No article has a key that leads elsewhere. Checked after the row is there, when whoever moved the key has committed.
create function article_key_is_its_own() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if exists (select from article_alias where site = new.site and key = new.key) then
    raise exception 'this key leads to another article' using errcode = 'unique_violation', constraint = 'article_moved';
  end if;
  return null;
end
$$;

-- What is part of another article changes no more.
create function merged_article_rests() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if exists (select from merged_article where article_id = new.id) then
    raise exception 'this article is part of another' using errcode = 'restrict_violation', constraint = 'article_moved';
  end if;
  return new;
end
$$;

-- Gives an article another key or, where that is another article's, makes it part of that one. One at a time on a site.
-- Says what was done: `renamed`, `merged`; or why nothing: `unknown` (no article has this key as its own), `same` (the
-- other key is its own), `taken` (the other key is that of a part of it).
create function move_article(of_site text, from_key text, to_key text, by_person uuid) returns text
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  moving uuid;
  target uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended('postbag moves articles of ' || of_site, 0));
  select a.id into moving from article a
   where a.site = of_site and a.key = from_key
     and not exists (select from merged_article g where g.article_id = a.id);
  if not found then
    return 'unknown';
  end if;
  if to_key = from_key then
    return 'same';
  end if;
  target := article_called(of_site, to_key);
  if target = moving and exists (select from article where site = of_site and key = to_key) then
    return 'taken';
  end if;

  if target is null or target = moving then
    delete from article_alias where site = of_site and key = to_key;
    update article set key = to_key where id = moving;
    insert into article_alias (site, key, article_id) values (of_site, from_key, moving);
  else
    update merged_article set into_id = target where into_id = moving;
    insert into merged_article (article_id, into_id) values (moving, target);
  end if;
  insert into article_move (site, article_id, from_key, to_key, into_id, person_id)
    values (of_site, moving, from_key, to_key, nullif(target, moving), by_person);
  return case when target is null or target = moving then 'renamed' else 'merged' end;
end
$$;

-- ── What everyone sees ──────────────────────────────────────────────────────────────────────────────

-- An article that is part of another is none of its own.
create or replace view public_article with (security_barrier) as
  select a.id, a.site, a.key, a.title, a.url, coalesce(a.language, s.language) as language, s.times, s.notice,
         a.open and not a.paused and not s.paused
         and (s.close_after is null
              or a.created_at + s.close_after * interval '1 day' > (select moment())) as open
    from article a join site s on s.key = a.site
   where not exists (select from merged_article g where g.article_id = a.id);

-- A page of an article's threads and of those of its parts: of each part a page from its index, in order, and of these the
-- first ones. A thread is of one part, because replies are where their parents are.
create or replace function public_threads(of_article uuid, newest boolean, after_shown timestamptz, after_id uuid, most integer)
  returns setof public_comment
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if newest then
    return query
      select thread.*
        from unnest(article_parts(of_article)) as part (id)
       cross join lateral (
         select * from shown_comment c
          where c.article_id = part.id and c.root_id is null
            and (c.first_shown_at, c.id) < (coalesce(after_shown, 'infinity'),
                                            coalesce(after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
          order by c.first_shown_at desc, c.id desc limit most) as thread
       order by thread.first_shown_at desc, thread.id desc limit most;
  else
    return query
      select thread.*
        from unnest(article_parts(of_article)) as part (id)
       cross join lateral (
         select * from shown_comment c
          where c.article_id = part.id and c.root_id is null
            and (c.first_shown_at, c.id) > (coalesce(after_shown, '-infinity'),
                                            coalesce(after_id, '00000000-0000-0000-0000-000000000000'))
          order by c.first_shown_at, c.id limit most) as thread
       order by thread.first_shown_at, thread.id limit most;
  end if;
end
$$;

create trigger article_key_is_its_own after insert or update of key on article
  for each row execute function article_key_is_its_own();
create trigger merged_article_rests before update on article for each row execute function merged_article_rests();

revoke execute on function article_called(text, text), article_parts(uuid), article_key_is_its_own(),
  merged_article_is_part_of_none(), merged_article_rests(), move_article(text, text, text, uuid) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_reader') then
    grant execute on function article_called(text, text), article_parts(uuid) to postbag_reader;
  end if;
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select on article_alias, merged_article, article_move to postbag_desk;
    grant execute on function article_called(text, text), article_parts(uuid),
      move_article(text, text, text, uuid) to postbag_desk;
  end if;
end
$$;
