-- The same as before, but a late page of the newest begins where it begins: a pair alone does not win over `moment()` as
-- the end of the index from which it is read, and all that is newer was gone through.
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
            and c.first_shown_at <= coalesce(after_shown, 'infinity')
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
