-- What everybody sees is kept as bytes in the memory of every process. Whoever changes some of it writes down here what it
-- was, in the same transaction, and wakes whoever listens; and of every article it is known how many of its comments are
-- published, so that nobody counts them. Rows are only ever added: two who decide about one article wait for each
-- other no more than before.

create table public_change (
  id bigint not null generated always as identity,
  -- of the transaction: a process looks at what was not yet committed when it looked last
  tx bigint not null default (pg_current_xact_id()::text)::bigint,
  changed_at timestamptz(3) not null default moment(),
  site text not null,
  -- an article's page; all of a site's; or those of articles that are not there
  what text not null,
  article_id uuid,
  -- how many more of the article's comments are published
  published integer not null default 0,
  constraint public_change_pkey primary key (id),
  constraint public_change_what check (what in ('article', 'site', 'absent')),
  constraint public_change_names_its_article check ((what = 'article') = (article_id is not null)),
  constraint public_change_counts_for_an_article check (published = 0 or what = 'article')
);
create index public_change_tx_idx on public_change (tx);
create index public_change_article_id_idx on public_change (article_id);

-- What was older than a minute, summed up.
create table public_count (
  article_id uuid not null,
  published integer not null,
  constraint public_count_pkey primary key (article_id),
  constraint public_count_article_id_fkey foreign key (article_id)
    references article (id) on update restrict on delete restrict
);

-- Up to which transaction changes may be summed up: whoever looked last before it has missed some.
create table public_sum (
  one boolean not null default true,
  tx bigint not null default 0,
  constraint public_sum_pkey primary key (one),
  constraint public_sum_one_row check (one)
);
insert into public_sum default values;

-- ── Written down ────────────────────────────────────────────────────────────────────────────────────

create function comment_shows_differently() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into public_change (site, what, article_id, published)
    values (new.site, 'article', new.article_id,
            (new.status = 'published')::integer - (old.status = 'published')::integer);
  perform pg_notify('public_change', '');
  return null;
end
$$;
create trigger comment_shows_differently after update on comment
  for each row when (old.status = 'published' or new.status = 'published')
  execute function comment_shows_differently();

create function article_shows_differently() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    insert into public_change (site, what) values (new.site, 'absent');
  else
    insert into public_change (site, what, article_id) values (new.site, 'article', new.id);
  end if;
  perform pg_notify('public_change', '');
  return null;
end
$$;
create trigger article_shows_at_all after insert on article
  for each row execute function article_shows_differently();
create trigger article_shows_differently after update on article
  for each row when (old.* is distinct from new.*) execute function article_shows_differently();

-- Of a site, of its terms, and of articles that go elsewhere with their comments.
create function site_shows_differently() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into public_change (site, what)
    values (to_jsonb(new) ->> case tg_table_name when 'site' then 'key' else 'site' end, 'site');
  perform pg_notify('public_change', '');
  return null;
end
$$;
create trigger site_shows_at_all after insert on site
  for each row execute function site_shows_differently();
create trigger site_shows_differently after update on site
  for each row when (old.* is distinct from new.*) execute function site_shows_differently();
create trigger terms_show_differently after update on terms
  for each row when (new.published_at is not null) execute function site_shows_differently();
create trigger article_move_shows_differently after insert on article_move
  for each row execute function site_shows_differently();

-- Sums up what is older than a minute. One at a time; who comes second leaves it to the first.
create function sum_up_public_changes() returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform from public_sum for update skip locked;
  if not found then
    return;
  end if;
  with old as (
    delete from public_change
     where id in (select id from public_change
                   where changed_at < moment() - interval '1 minute'
                     and tx < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint
                   order by id limit 10000)
    returning tx, article_id, published
  ), summed as (
    insert into public_count (article_id, published)
      select article_id, sum(published) from old
       where article_id is not null group by article_id having sum(published) <> 0
      on conflict (article_id) do update set published = public_count.published + excluded.published
  )
  update public_sum set tx = greatest(public_sum.tx, (select max(old.tx) from old))
   where exists (select from old);
end
$$;

-- ── Read ────────────────────────────────────────────────────────────────────────────────────────────

-- How many comments these parts of an article show: those that are published, but for those that are not due.
create function shown_count(parts uuid[]) returns integer
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  return (select coalesce(sum(summed.published), 0) from public_count summed where summed.article_id = any (parts))
         + (select coalesce(sum(since.published), 0) from public_change since where since.article_id = any (parts))
         - (select count(*) from comment c
             where c.article_id = any (parts) and c.status = 'published' and c.shows_from > (select moment())
               and c.earlier_revision is null);

-- When these parts of an article show something else by themselves, because a move is due.
create function shown_until(parts uuid[]) returns timestamptz
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  return (select min(c.shows_from) from comment c
           where c.article_id = any (parts) and c.status = 'published' and c.shows_from > (select moment()));

-- A column more at the end: when it closes by its age.
create or replace view public_article with (security_barrier) as
  select a.id, a.site, a.key, a.title, a.url, coalesce(a.language, s.language) as language, s.times, s.notice,
         a.open and not a.paused and not s.paused
         and (s.close_after is null
              or a.created_at + s.close_after * interval '1 day' > (select moment())) as open,
         a.created_at + s.close_after * interval '1 day' as closes_at
    from article a join site s on s.key = a.site
   where not exists (select from merged_article g where g.article_id = a.id);

revoke execute on function comment_shows_differently(), article_shows_differently(), site_shows_differently(),
  sum_up_public_changes(), shown_count(uuid[]), shown_until(uuid[]) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_reader') then
    grant execute on function shown_count(uuid[]), shown_until(uuid[]) to postbag_reader;
  end if;
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select on public_change, public_sum to postbag_desk;
    grant execute on function sum_up_public_changes() to postbag_desk;
  end if;
end
$$;
