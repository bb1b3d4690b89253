-- What feeds and sitemaps tell, for readers' connections: nothing but what everybody sees in the lists.

-- Since when a comment shows what it shows. While an edit of it is not due, that is what an earlier move made it show.
create function shows_since(of_comment comment) returns timestamptz
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  return case
    when (of_comment).shows_from <= (select moment()) then (of_comment).shows_from
    else coalesce((select max(m.shows_from) from move m
                    where m.comment_id = (of_comment).id and m.revision = (of_comment).earlier_revision
                      and m.shows_from <= (select moment())),
                  (of_comment).first_shown_at)
  end;

-- The newest comments that show on all of a site or, where `of_articles` names some, under these; each with the article
-- under which it is now. A place without words is none of them.
create function public_newest(of_site text, of_articles uuid[], most integer)
  returns table (id uuid, parent_id uuid, article_id uuid, first_shown_at timestamptz, changed_at timestamptz,
                 name text, text text, language text, edited jsonb, staff boolean)
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if of_articles is null then
    return query
      select shown.id, shown.parent_id, coalesce(g.into_id, shown.article_id), shown.first_shown_at, shows_since(c),
             shown.name, shown.text, shown.language, shown.edited, shown.staff
        from comment c
       cross join lateral (select * from shown_comment s where s.id = c.id and not s.gone) as shown
        left join merged_article g on g.article_id = c.article_id
       where c.site = of_site and c.status = 'published' and c.first_shown_at <= (select moment())
       order by c.first_shown_at desc, c.id desc limit most;
  else
    return query
      select newest.*
        from unnest(of_articles) as part (id)
       cross join lateral (
         select shown.id, shown.parent_id, coalesce(g.into_id, shown.article_id), shown.first_shown_at, shows_since(c),
                shown.name, shown.text, shown.language, shown.edited, shown.staff
           from comment c
          cross join lateral (select * from shown_comment s where s.id = c.id and not s.gone) as shown
           left join merged_article g on g.article_id = c.article_id
          where c.article_id = part.id and c.status = 'published' and c.first_shown_at <= (select moment())
          order by c.first_shown_at desc, c.id desc limit most) as newest
       order by newest.first_shown_at desc, newest.id desc limit most;
  end if;
end
$$;

-- Where the parts of a site's sitemap begin: with every so-manieth article in the order in which they were made, so that a
-- part begins where it began. Parts without any published comment are left out.
create function sitemap_parts(of_site text, each integer) returns table (made_at timestamptz, id uuid)
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  return query
    with placed as (
      select made.created_at, made.id, row_number() over (order by made.created_at, made.id) - 1 as place
        from article made where made.site = of_site
    ), commented as (
      select coalesce(g.into_id, counted.article_id) as article_id
        from (select c.article_id from public_count c where c.published > 0
              union
              select c.article_id from public_change c where c.site = of_site and c.published > 0) as counted
        left join merged_article g on g.article_id = counted.article_id
    )
    select a.created_at, a.id from placed a
     where a.place % each = 0
       and a.place / each in (select other.place / each from placed other join commented c on c.article_id = other.id)
     order by a.created_at, a.id;
end
$$;

-- Of so many articles from one on: those that show a comment, and since when they show what they show.
create function sitemap_part(of_site text, from_made timestamptz, from_id uuid, each integer)
  returns table (id uuid, changed_at timestamptz)
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  return query
    select a.id, shown.changed_at
      from (select made.id
              from article made
             where made.site = of_site and made.created_at >= from_made
               and (made.created_at, made.id) >= (from_made, from_id)
             order by made.created_at, made.id limit each) as a
     cross join lateral (
       select greatest(max(due.at), max(edited.at)) as changed_at
         from unnest(article_parts(a.id)) as part (id)
        cross join lateral (
          select max(c.shows_from) as at from comment c
           where c.article_id = part.id and c.status = 'published' and c.shows_from <= (select moment())) as due
        cross join lateral (
          select max(shows_since(c)) as at from comment c
           where c.article_id = part.id and c.status = 'published' and c.shows_from > (select moment())
             and c.earlier_revision is not null) as edited) as shown
     where shown.changed_at is not null
       and not exists (select from merged_article g where g.article_id = a.id);
end
$$;

revoke execute on function shows_since(comment), public_newest(text, uuid[], integer),
  sitemap_parts(text, integer), sitemap_part(text, timestamptz, uuid, integer) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_reader') then
    grant execute on function public_newest(text, uuid[], integer), sitemap_parts(text, integer),
      sitemap_part(text, timestamptz, uuid, integer) to postbag_reader;
  end if;
end
$$;
