-- Answers by those who moderate, marked as such. The log says who wrote one, and another person reads it before it shows.

-- Who wrote it lets nobody read it, not even themselves. (Undoing leads back to what others decided.)
create function staff_is_read_by_another() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if exists (select from move where comment_id = new.comment_id and seq = 1 and person_id = new.person_id) then
    raise exception 'another person reads what somebody of the staff wrote' using errcode = 'PB006';
  end if;
  return null;
end
$$;
create trigger staff_is_read_by_another after insert on move
  for each row when (new.to_status = 'published' and new.action <> 'undo')
  execute function staff_is_read_by_another();

-- As before; whoever sends a text, it is marked with no rule, and sent under published terms.
create or replace function move_brings_its_words() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  made revision;
  judged revision;
begin
  if (new.words_hash is not null
      and not exists (select from move_text where comment_id = new.comment_id and seq = new.seq)
      or new.text_hash is not null
      and not exists (select from revision_text where comment_id = new.comment_id and seq = new.seq))
     and not exists (select from erasure where comment_id = new.comment_id) then
    raise exception 'a move brings the words whose hash it logs' using errcode = 'integrity_constraint_violation';
  end if;
  if new.text_hash is null then
    return null;
  end if;

  select * into strict made from revision where comment_id = new.comment_id and seq = new.seq;
  select * into strict judged from revision where comment_id = new.comment_id and seq = new.judged_revision;
  if new.actor = 'reader' or new.action = 'submit' then
    if made.rules <> '{}' then
      raise exception 'a reader''s own text is marked with no rule' using errcode = 'integrity_constraint_violation';
    end if;
    if not exists (select from terms where site = made.site and version = made.terms_version and published_at is not null) then
      raise exception 'a text is sent under published terms' using errcode = 'integrity_constraint_violation';
    end if;
  elsif not (made.rules @> (judged.rules || new.rules) and made.rules <@ (judged.rules || new.rules))
        or made.terms_version <> judged.terms_version then
    raise exception 'an edited text is marked with every rule under which it was changed'
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;

alter table transition disable trigger transition_is_kept;
insert into transition (action, proposal, from_status, to_status, actor, cites) values
  ('submit', 'none', 'none', 'pending', 'person', false);
alter table transition enable trigger transition_is_kept;

-- Whether somebody who moderates wrote it: as its first move says, and for ever.
alter table comment add column staff boolean not null default false;

create function comment_is_whose_it_says() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (select from move where comment_id = new.id and seq = 1 and new.staff = (actor = 'person')) then
    raise exception 'a comment is the staff''s when its first move is' using errcode = 'integrity_constraint_violation';
  end if;
  if new.staff and new.parent_id is null then
    raise exception 'the staff answers comments' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
create constraint trigger comment_is_whose_it_says after insert on comment
  deferrable initially deferred for each row execute function comment_is_whose_it_says();

-- As before, and who wrote it.
create or replace function comment_stays_where_it_is() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if (new.id, new.position, new.site, new.article_id, new.parent_id, new.root_id, new.ancestors, new.language,
      new.receipt_hash, new.submitted_at, new.staff)
     is distinct from
     (old.id, old.position, old.site, old.article_id, old.parent_id, old.root_id, old.ancestors, old.language,
      old.receipt_hash, old.submitted_at, old.staff) then
    raise exception 'what was submitted does not change' using errcode = 'restrict_violation';
  end if;
  if new.erased_at is distinct from old.erased_at
     and not exists (select from erasure where comment_id = new.id and erased_at = new.erased_at) then
    raise exception 'a comment is erased by erase_comment(), which logs it' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;

-- Who wrote it is not given it.
create function waiting_is_not_for_its_writer() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if new.first_person_id is null then
    new.first_person_id := (select person_id from move where comment_id = new.comment_id and seq = 1);
  end if;
  return new;
end
$$;
create trigger waiting_is_not_for_its_writer before insert on waiting
  for each row execute function waiting_is_not_for_its_writer();

-- A column more at the end, as once before. Of a comment that is gone, nothing is told but that it was there.
create or replace view shown_comment as
  select c.id, c.site, c.article_id, c.parent_id, c.root_id, c.first_shown_at,
         shown.text is null as gone,
         shown.name, shown.text, shown.edited,
         case when shown.text is not null then c.language end as language,
         shown.text is not null and c.staff as staff
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

revoke execute on function staff_is_read_by_another(), comment_is_whose_it_says(), waiting_is_not_for_its_writer()
  from public;
