-- Who may see what. The owner migrates. `postbag_reader` sees the two public views and nothing else;
-- `postbag_desk` does everything else, but holds no right to change or remove a move, a revision, a
-- comment's state or published terms. Where the server does not let us make roles, the service runs as
-- the owner, and the keys and triggers hold all the same.

-- What everyone may see: published texts that are due, and a place without words where a comment is gone
-- but answers to it still stand.
create view shown_comment as
  select c.id, c.site, c.article_id, c.parent_id, c.root_id, c.first_shown_at,
         shown.text is null as gone,
         shown.name, shown.text, shown.edited
    from comment c
    left join lateral (
      select t.name, t.text,
             (select jsonb_agg(jsonb_build_object('code', u.code, 'title', u.title) order by u.position)
                from rule u where u.id = any (r.rules)) as edited
        from revision r join revision_text t on t.comment_id = r.comment_id and t.seq = r.seq
       where c.status = 'published'
         and r.comment_id = c.id
         and r.seq = case when c.shows_from <= (select moment()) then c.revision else c.earlier_revision end
       -- At most one row anyway; said aloud, it keeps the planner from joining whole tables for one page.
       limit 1
    ) as shown on true
   where c.first_shown_at <= (select moment())
     and (shown.text is not null
          or exists (select from comment reply
                      where reply.article_id = c.article_id
                        and reply.root_id = coalesce(c.root_id, c.id)
                        and c.id = any (reply.ancestors)
                        and reply.status = 'published'
                        and (reply.shows_from <= (select moment()) or reply.earlier_revision is not null)));

-- The same behind a barrier, so that no condition of a query is tried on a row before it is known to be public.
create view public_comment with (security_barrier) as select * from shown_comment;

-- A page of it. The barrier also keeps the planner from following an index in order; these functions, which
-- show nothing else, read one page from the index whatever the length of the list.
create function public_threads(of_article uuid, newest boolean, after_shown timestamptz, after_id uuid, most integer)
  returns setof public_comment
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if newest then
    return query
      select * from shown_comment c
       where c.article_id = of_article and c.root_id is null
         and (c.first_shown_at, c.id) < (coalesce(after_shown, 'infinity'),
                                         coalesce(after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
       order by c.first_shown_at desc, c.id desc limit most;
  else
    return query
      select * from shown_comment c
       where c.article_id = of_article and c.root_id is null
         and (c.first_shown_at, c.id) > (coalesce(after_shown, '-infinity'),
                                         coalesce(after_id, '00000000-0000-0000-0000-000000000000'))
       order by c.first_shown_at, c.id limit most;
  end if;
end
$$;

-- The replies below a top-level comment, at any depth, oldest first.
create function public_replies(of_root uuid, after_shown timestamptz, after_id uuid, most integer)
  returns setof public_comment
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  return query
    select * from shown_comment c
     where c.root_id = of_root
       and (c.first_shown_at, c.id) > (coalesce(after_shown, '-infinity'),
                                       coalesce(after_id, '00000000-0000-0000-0000-000000000000'))
     order by c.first_shown_at, c.id limit most;
end
$$;

create view public_article with (security_barrier) as
  select a.id, a.site, a.key, a.title, a.url, coalesce(a.language, s.language) as language, s.times, s.notice,
         a.open and (s.close_after is null
                     or a.created_at + s.close_after * interval '1 day' > (select moment())) as open
    from article a join site s on s.key = a.site;

do $$
begin
  begin
    if not exists (select from pg_roles where rolname = 'postbag_reader') then create role postbag_reader nologin; end if;
    if not exists (select from pg_roles where rolname = 'postbag_desk') then create role postbag_desk nologin; end if;
    execute format('grant postbag_reader, postbag_desk to %I', current_user);
  exception when insufficient_privilege or duplicate_object or unique_violation then
    raise notice 'the roles postbag_reader and postbag_desk were not made: %', sqlerrm;
  end;

  if exists (select from pg_roles where rolname = 'postbag_reader') then
    grant usage on schema public to postbag_reader;
    grant select on public_comment, public_article, clock to postbag_reader;
  end if;

  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant usage on schema public to postbag_desk;
    grant select on all tables in schema public to postbag_desk;
    grant insert, update on site, article, person, membership, access_key, session, sign_in_link,
      idempotency_key to postbag_desk;
    grant delete on membership, session, sign_in_link, idempotency_key to postbag_desk;
    grant insert on terms, rule, rule_permit, comment, revision, revision_text, screening, move, move_text, event
      to postbag_desk;
    grant update (published_at) on terms to postbag_desk;
  end if;
end
$$;

-- Nobody calls what is there for triggers: whoever may, can hang it on a temporary table of their own, and it
-- would write for them as the owner.
do $$
declare
  ours regprocedure;
begin
  for ours in
    select p.oid from pg_proc p
     where p.pronamespace = 'public'::regnamespace and pg_get_userbyid(p.proowner) = current_user
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop
    execute format('revoke execute on function %s from public', ours);
  end loop;

  if exists (select from pg_roles where rolname = 'postbag_reader') then
    grant execute on function moment(),
      public_threads(uuid, boolean, timestamptz, uuid, integer),
      public_replies(uuid, timestamptz, uuid, integer) to postbag_reader;
  end if;

  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant execute on function moment(), words_hash(bytea, text, text), move_hash(move), undo_until(move),
      erase_comment(uuid, text, uuid) to postbag_desk;
  end if;
end
$$;
