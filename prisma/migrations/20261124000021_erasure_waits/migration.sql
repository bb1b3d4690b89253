-- Erases the words of a comment whose time is over, unless something came first: the lock keeps the comment as it is
-- while it is looked at once more. Whether it did.
create function erase_kept_words(of_comment uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform from comment where id = of_comment for no key update;
  insert into erasure (comment_id, asked_by)
    select c.id, 'system'
      from comment c
      join site s on s.key = c.site
      join move m on m.comment_id = c.id and m.seq = c.seq
     where c.id = of_comment and c.status in ('rejected', 'unpublished', 'expired', 'withdrawn')
       and m.decided_at < moment() - s.retention_days * interval '1 day'
       and not words_are_needed(c.id) and not is_held(c.id) and not is_ordered(c.id)
    on conflict do nothing;
  return found;
end
$$;

revoke execute on function erase_kept_words(uuid) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant execute on function erase_kept_words(uuid) to postbag_desk;
  end if;
end
$$;
