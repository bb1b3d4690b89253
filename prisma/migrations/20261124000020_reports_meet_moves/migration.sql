-- A report and whatever makes its comment go wait for each other: the lock keeps the comment as it is until the report
-- is there to end with it, so that none stays open about what is gone.
create or replace function report_is_filed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if new.status <> 'open' then
    raise exception 'a report is filed open' using errcode = 'check_violation';
  end if;
  perform from comment where id = new.comment_id for share;
  if not exists (select from comment c
                  where c.id = new.comment_id and c.site = new.site and c.status = 'published'
                    and new.revision = case when c.shows_from <= moment() then c.revision else c.earlier_revision end) then
    raise exception 'what is reported shows'
      using errcode = 'check_violation', constraint = 'report_of_what_shows';
  end if;
  new.filed_at := moment();
  return new;
end
$$;
