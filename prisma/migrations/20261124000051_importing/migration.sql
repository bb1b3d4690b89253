-- How comments come in from elsewhere: what a file says is laid down here in batches, and then written into its
-- place, parents before replies, by functions that nobody but `postbag_import` may call: the service may not.

create table import_article (
  import_id uuid not null,
  ref uuid not null,
  key text not null,
  title text,
  url text,
  open boolean not null,
  made_at timestamptz(3),
  article_id uuid,
  constraint import_article_pkey primary key (import_id, ref),
  constraint import_article_import_id_fkey foreign key (import_id)
    references import (id) on update restrict on delete restrict
);

create table import_author (
  import_id uuid not null,
  ref uuid not null,
  name text,
  constraint import_author_pkey primary key (import_id, ref),
  constraint import_author_import_id_fkey foreign key (import_id)
    references import (id) on update restrict on delete restrict
);

-- Rows leave this when they are written. Without a text it is a place where a comment was.
create table import_comment (
  import_id uuid not null,
  nth bigint not null,
  place text not null,
  comment_id uuid not null,
  parent_id uuid,
  article uuid not null,
  author uuid,
  status text not null,
  written_at timestamptz(3) not null,
  name text,
  text text,
  language text not null,
  graphemes integer not null,
  bytes integer not null,
  removed jsonb not null,
  edited text[] not null,
  staff boolean not null,
  constraint import_comment_pkey primary key (import_id, nth),
  constraint import_comment_import_id_comment_id_key unique (import_id, comment_id),
  constraint import_comment_import_id_fkey foreign key (import_id)
    references import (id) on update restrict on delete restrict,
  constraint import_comment_status check (status in ('published', 'pending', 'gone')),
  constraint import_comment_has_words check ((text is null) = (status = 'gone'))
);
create index import_comment_import_id_parent_id_idx on import_comment (import_id, parent_id);

-- Makes the articles of what was read, where the site has none by their key; how many. An article that the source does
-- not date is as old as its first comment.
create function make_imported_articles(of_import uuid) returns integer
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  to_site text;
  made integer;
begin
  select site into strict to_site from import where id = of_import and read_at is not null and finished_at is null;
  analyze import_comment, import_article, import_author;
  insert into article (site, key, title, url, open, created_at)
  select distinct on (a.key) to_site, a.key, a.title, a.url, a.open,
         least(coalesce(a.made_at, used.since), moment())
    from import_article a
    join (select c.article, min(c.written_at) as since from import_comment c
           where c.import_id = of_import group by c.article) as used on used.article = a.ref
   where a.import_id = of_import and a.article_id is null and article_called(to_site, a.key) is null
   order by a.key, a.ref
  on conflict (site, key) do nothing;
  get diagnostics made = row_count;
  update import_article a set article_id = article_called(to_site, a.key)
   where a.import_id = of_import and a.article_id is null;
  return made;
end
$$;

-- Writes the next rows into their places, and says what became of them. A row whose parent is still to come waits for
-- another round; `settles` ends the waiting of those whose parents wait for them. A reply to what is not there, does not
-- show, or belongs to another article stands by itself. No event is written: nobody is told.
-- One plan serves the first rows and the millionth, so everything is looked up by its key, row by row, and nothing is
-- read from end to end, however small a table was when the plan was made.
create function write_imported(of_import uuid, after bigint, most integer, settles boolean,
                               out last bigint, out published integer, out pending integer, out gone integer,
                               out here integer, out useless integer, out orphaned integer)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set enable_seqscan = off
as $$
declare
  i import;
  terms_version integer;
  places uuid[];
  written uuid[];
begin
  select * into strict i from import where id = of_import and read_at is not null and finished_at is null for share;
  select max(t.version) into strict terms_version from terms t where t.site = i.site and t.published_at is not null;

  with recursive batch as materialized (
    select s.nth, s.comment_id as id, s.parent_id, s.status, s.written_at, s.text, s.language, s.graphemes, s.bytes,
           s.removed, s.staff, s.edited, a.article_id,
           case when s.text is not null then coalesce(s.name, w.name) end as name,
           uuid_send(gen_random_uuid()) as salt,
           (select true from comment c where c.id = s.comment_id limit 1) is not null as is_here,
           s.status = 'gone'
           and (select true from import_comment r
                 where r.import_id = of_import and r.parent_id = s.comment_id limit 1) is null as is_useless
      from import_comment s
     cross join lateral (select one.article_id from import_article one
                          where one.import_id = of_import and one.ref = s.article limit 1) as a
      left join lateral (select one.name from import_author one
                          where one.import_id = of_import and one.ref = s.author limit 1) as w on true
     where s.import_id = of_import and s.nth > after
     order by s.nth limit most
  ), placed as materialized (
    select b.*, p.id as above, p.ancestors as above_ancestors, p.first_shown_at as above_shown,
           case when b.parent_id is null then 'root'
                when p.id is not null then 'below'
                when t.comment_id is null or settles then 'orphan'
                when t.nth > after and t.nth <= (select max(nth) from batch) then 'within'
                else 'later' end as stands
      from batch b
      left join lateral (select c.id, c.ancestors, c.first_shown_at from comment c
                          where c.id = b.parent_id and c.article_id = b.article_id and c.first_shown_at is not null
                          limit 1) as p on true
      left join lateral (select s.comment_id, s.nth
                           from import_comment s
                           join import_article a on a.import_id = of_import and a.ref = s.article
                          where s.import_id = of_import and s.comment_id = b.parent_id and s.status <> 'pending'
                            and a.article_id = b.article_id
                          limit 1) as t on p.id is null
     where not b.is_here and not b.is_useless
  ), walk as (
    select p.nth, p.id,
           case when p.stands = 'below' then (p.above_ancestors || p.above)[1:8] else '{}' end as ancestors,
           greatest(least(p.written_at, moment()), p.above_shown + interval '1 millisecond') as shown
      from placed p where p.stands in ('root', 'below', 'orphan')
    union all
    select p.nth, p.id, (w.ancestors || w.id)[1:8],
           greatest(least(p.written_at, moment()), w.shown + interval '1 millisecond')
      from walk w join placed p on p.parent_id = w.id and p.stands = 'within'
  ), taken as materialized (
    select w.ancestors, w.shown, p.*,
           case when p.status = 'gone' then sha256(p.salt) else words_hash(p.salt, p.name, p.text) end as text_hash
      from walk w join placed p on p.nth = w.nth
  ), made as (
    insert into move (comment_id, seq, site, action, from_status, to_status, actor, person_id, cites, judged_revision,
                      revision, text_hash, first_shown_at, import_id)
    select id, 1, i.site, 'import', 'none', case status when 'gone' then 'withdrawn' else status end, 'person',
           i.person_id, false, 1, 1, text_hash, shown, i.id
      from taken order by nth
    returning comment_id, to_status, hash, shows_from, first_shown_at
  ), commented as (
    insert into comment (id, site, article_id, parent_id, root_id, ancestors, language, receipt_hash, submitted_at,
                         status, head_hash, shows_from, first_shown_at, staff)
    select t.id, i.site, t.article_id, t.ancestors[cardinality(t.ancestors)], t.ancestors[1], t.ancestors, t.language,
           sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), least(t.written_at, moment()),
           m.to_status, m.hash, m.shows_from, m.first_shown_at, t.staff
      from taken t join made m on m.comment_id = t.id
     order by cardinality(t.ancestors), t.nth
  ), revised as (
    insert into revision (comment_id, seq, site, terms_version, rules, graphemes, bytes, removed, text_hash)
    select id, 1, i.site, terms_version,
           array(select u.id from rule u where u.site = i.site and u.version = terms_version and u.code = any (edited)),
           graphemes, bytes, removed, text_hash from taken
  ), worded as (
    insert into revision_text (comment_id, seq, salt, name, text)
    select id, 1, salt, name, text from taken where status <> 'gone'
  ), left_behind as (
    delete from import_comment s using batch b
     where s.import_id = of_import and s.nth = b.nth
       and (b.is_here or b.is_useless or exists (select from taken t where t.nth = b.nth))
  )
  select (select max(nth) from batch),
         count(*) filter (where status = 'published'), count(*) filter (where status = 'pending'),
         count(*) filter (where status = 'gone'),
         (select count(*) from batch where is_here), (select count(*) from batch where is_useless and not is_here),
         count(*) filter (where stands = 'orphan'),
         coalesce(array_agg(id) filter (where status = 'gone'), '{}'), coalesce(array_agg(id), '{}')
    into last, published, pending, gone, here, useless, orphaned, places, written
    from taken;

  -- Of what is gone there were never words; that is told as for all whose words are erased.
  insert into erasure (comment_id, asked_by) select id, 'system' from unnest(places) as one (id);
  -- They wait from now on, not since they were written elsewhere.
  update waiting set since = moment() where comment_id = any (written);
  insert into submission_day as kept (site, day, lowest, highest)
  select i.site, (c.submitted_at at time zone 'UTC')::date, min(c.position), max(c.position)
    from comment c where c.id = any (written) group by 2 order by 2
  on conflict (site, day) do update
    set lowest = least(kept.lowest, excluded.lowest), highest = greatest(kept.highest, excluded.highest);
end
$$;

revoke execute on function make_imported_articles(uuid), write_imported(uuid, bigint, integer, boolean) from public;

do $$
begin
  begin
    if not exists (select from pg_roles where rolname = 'postbag_import') then create role postbag_import nologin; end if;
    execute format('grant postbag_import to %I', current_user);
  exception when insufficient_privilege or duplicate_object or unique_violation then
    raise notice 'the role postbag_import was not made: %', sqlerrm;
  end;

  if exists (select from pg_roles where rolname = 'postbag_import') then
    grant usage on schema public to postbag_import;
    grant select on site, terms, rule, person, article, clock, comment, import, import_article, import_author,
      import_comment, _prisma_migrations to postbag_import;
    grant insert on import, import_article, import_author, import_comment to postbag_import;
    grant update (records, report, read_at, finished_at) on import to postbag_import;
    grant delete on import_article, import_author, import_comment to postbag_import;
    grant execute on function moment(), article_called(text, text), make_imported_articles(uuid),
      write_imported(uuid, bigint, integer, boolean) to postbag_import;
  end if;
end
$$;
