-- Who wrote an article, so that no reader passes for them; and the language of a published text, so that it is
-- read aloud and broken into lines as what it is.

alter table article add column author text;

-- A column more at the end, so that rights, the barrier's place and what depends on the views stay as they are. Of a
-- comment that is gone, nothing is told but that it was there.
create or replace view shown_comment as
  select c.id, c.site, c.article_id, c.parent_id, c.root_id, c.first_shown_at,
         shown.text is null as gone,
         shown.name, shown.text, shown.edited,
         case when shown.text is not null then c.language end as language
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

create or replace view public_comment with (security_barrier) as select * from shown_comment;
