-- What the tables alone cannot say: what stays frozen, how a move computes the state it leads to,
-- that a comment shows nothing but that state, and how words are erased.
-- Functions run as their owner with a fixed search path, so that no caller can shadow a table, and nobody else
-- may call them (roles): a caller's own trigger could make them write.

-- ── Hashes ──────────────────────────────────────────────────────────────────────────────────────────

-- The salted hash under which words stand in the log: unreadable, and unlinkable once the salt is gone.
create function words_hash(salt bytea, one text, other text) returns bytea
  language sql immutable
  return sha256(salt || convert_to(jsonb_build_array(one, other)::text, 'UTF8'));

-- The hash of a move over everything that it says and the hash of the move before it.
create function move_hash(m move) returns bytea
  language sql stable
  return sha256(
    coalesce(m.prev_hash, '\x')
    || convert_to(jsonb_build_array(
         m.comment_id, m.seq, m.id, m.site, m.action, m.proposal, m.from_status, m.to_status, m.actor,
         m.person_id, m.key_id, m.judged_revision, m.revision, m.rules,
         encode(m.words_hash, 'hex'), encode(m.text_hash, 'hex'),
         (extract(epoch from m.decided_at) * 1000)::bigint,
         (extract(epoch from m.shows_from) * 1000)::bigint,
         m.earlier_revision,
         (extract(epoch from m.first_shown_at) * 1000)::bigint,
         m.escalation_seq, m.first_person_id, encode(m.back_to_hash, 'hex')
       )::text, 'UTF8')
  );

-- ── Frozen rows ─────────────────────────────────────────────────────────────────────────────────────

create function refuse_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  raise exception 'rows of % are kept for ever: % is refused', tg_table_name, lower(tg_op)
    using errcode = 'restrict_violation';
end
$$;

create trigger move_is_kept before update or delete on move for each row execute function refuse_change();
create trigger move_is_not_emptied before truncate on move for each statement execute function refuse_change();
create trigger revision_is_kept before update or delete on revision for each row execute function refuse_change();
create trigger revision_is_not_emptied before truncate on revision for each statement execute function refuse_change();
create trigger citation_is_kept before update or delete on citation for each row execute function refuse_change();
create trigger citation_is_not_emptied before truncate on citation for each statement execute function refuse_change();
create trigger escalation_is_kept before update or delete on escalation for each row execute function refuse_change();
create trigger escalation_is_not_emptied before truncate on escalation for each statement execute function refuse_change();
create trigger erasure_is_kept before update or delete on erasure for each row execute function refuse_change();
create trigger erasure_is_not_emptied before truncate on erasure for each statement execute function refuse_change();
create trigger transition_is_kept before insert or update or delete on transition for each row execute function refuse_change();
create trigger transition_is_not_emptied before truncate on transition for each statement execute function refuse_change();
create trigger comment_is_kept before delete on comment for each row execute function refuse_change();
create trigger comment_is_not_emptied before truncate on comment for each statement execute function refuse_change();
create trigger revision_text_is_not_rewritten before update on revision_text for each row execute function refuse_change();
create trigger revision_text_is_not_emptied before truncate on revision_text for each statement execute function refuse_change();
create trigger move_text_is_not_rewritten before update on move_text for each row execute function refuse_change();
create trigger move_text_is_not_emptied before truncate on move_text for each statement execute function refuse_change();

-- Words leave only after an erasure was logged.
create function refuse_silent_erasure() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (select from erasure where comment_id = old.comment_id) then
    raise exception 'words are erased by erase_comment(), which logs it' using errcode = 'restrict_violation';
  end if;
  return old;
end
$$;
create trigger revision_text_erasure_is_logged before delete on revision_text
  for each row execute function refuse_silent_erasure();
create trigger move_text_erasure_is_logged before delete on move_text
  for each row execute function refuse_silent_erasure();

-- Words are what the log's hash says that they are, and none come after an erasure.
create function words_match_the_log() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  logged bytea;
  given bytea;
begin
  if tg_table_name = 'revision_text' then
    select text_hash into logged from revision where comment_id = new.comment_id and seq = new.seq;
    given := words_hash(new.salt, new.name, new.text);
  else
    select words_hash into logged from move where comment_id = new.comment_id and seq = new.seq;
    given := words_hash(new.salt, new.reason, new.note);
  end if;
  if logged is distinct from given then
    raise exception 'these words are not the ones of the log' using errcode = 'check_violation';
  end if;
  if exists (select from erasure where comment_id = new.comment_id) then
    raise exception 'this comment is erased' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger revision_text_matches_the_log after insert on revision_text
  for each row execute function words_match_the_log();
create trigger move_text_matches_the_log after insert on move_text
  for each row execute function words_match_the_log();

-- ── Terms ───────────────────────────────────────────────────────────────────────────────────────────

create function terms_freeze() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if old.published_at is not null then
    raise exception 'published terms are frozen' using errcode = 'restrict_violation';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  if new.published_at is not null then
    if not exists (select from rule where site = new.site and version = new.version) then
      raise exception 'terms without a rule cannot be published' using errcode = 'check_violation';
    end if;
    if exists (select from rule r join rule_permit p on p.site = r.site and p.rule_id = r.id
                where r.site = new.site and r.version = new.version
                  and r.needs_second and p.alone and p.permit in ('edit', 'reject')) then
      raise exception 'a rule that needs a second person permits nobody to settle alone' using errcode = 'check_violation';
    end if;
    new.published_at := moment();
  end if;
  return new;
end
$$;
create trigger terms_freeze before update or delete on terms for each row execute function terms_freeze();
create trigger terms_is_not_emptied before truncate on terms for each statement execute function refuse_change();

create function terms_begin_unpublished() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if new.published_at is not null then
    raise exception 'terms are published after their rules are written' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger terms_begin_unpublished before insert on terms for each row execute function terms_begin_unpublished();

-- A rule, and what it permits, is written before its terms are published and never afterwards; whoever publishes
-- at the same time waits, or is waited for.
create function rule_freezes_with_terms() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  touched jsonb;
  frozen boolean;
begin
  foreach touched in array array[
    case when tg_op <> 'INSERT' then to_jsonb(old) end,
    case when tg_op <> 'DELETE' then to_jsonb(new) end
  ] loop
    continue when touched is null;
    select t.published_at is not null into frozen
      from terms t
     where t.site = touched ->> 'site'
       and t.version = case tg_table_name
             when 'rule' then (touched ->> 'version')::integer
             else (select r.version from rule r where r.id = (touched ->> 'rule_id')::uuid) end
       for share;
    if frozen then
      raise exception 'published terms are frozen' using errcode = 'restrict_violation';
    end if;
  end loop;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger rule_freezes before insert or update or delete on rule
  for each row execute function rule_freezes_with_terms();
create trigger rule_is_not_emptied before truncate on rule for each statement execute function refuse_change();
create trigger rule_permit_freezes before insert or update or delete on rule_permit
  for each row execute function rule_freezes_with_terms();
create trigger rule_permit_is_not_emptied before truncate on rule_permit
  for each statement execute function refuse_change();

-- ── Moves ───────────────────────────────────────────────────────────────────────────────────────────

-- When a publishing move that is made now becomes visible: after the site's delay, in the site's rhythm,
-- and never before the comment it answers.
create function publication_due(of_site text, of_comment uuid) returns timestamptz
  language sql stable
  return (
    select greatest(
      case when s.publish_every is null then ripe
           else to_timestamp(ceil(extract(epoch from ripe) / s.publish_every) * s.publish_every) end,
      (select p.shows_from from comment c join comment p on p.id = c.parent_id
        where c.id = of_comment and p.earlier_revision is null)
    )
    from site s, lateral (select moment() + s.publish_delay * interval '1 second' as ripe) as delay
    where s.key = of_site
  );

-- Until when a move can be undone: until it shows, and a move that shows nothing as long as one that would.
create function undo_until(m move) returns timestamptz
  language sql stable
  return coalesce(
    m.shows_from,
    m.decided_at + (select publish_delay from site where key = m.site) * interval '1 second'
  );

-- A move says what is to happen; this computes the state that it leads to, from the log and the database's
-- clock. What the caller wrote in those columns does not count.
create function move_follows_the_log() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  prev move;
  back move;
  was_shown boolean;
begin
  new.decided_at := moment();
  new.shows_from := null;
  new.earlier_revision := null;
  new.first_shown_at := null;
  new.escalation_seq := null;
  new.first_person_id := null;
  new.prev_hash := null;
  new.back_to_hash := null;

  if new.action <> 'submit' then
    select * into prev from move where comment_id = new.comment_id and seq = new.seq - 1;
    if not found then
      raise exception 'a move follows another move' using errcode = 'foreign_key_violation';
    end if;
    new.site := prev.site;
    new.prev_hash := prev.hash;
    was_shown := coalesce(prev.first_shown_at <= new.decided_at, false);
    new.first_shown_at := case when was_shown then prev.first_shown_at end;

    if new.action = 'undo' then
      if prev.action not in ('approve', 'edit', 'reject', 'return', 'escalate', 'restore') then
        raise exception 'a % cannot be undone', prev.action using errcode = 'check_violation';
      end if;
      select * into strict back from move where comment_id = new.comment_id and seq = new.seq - 2;
      new.back_to_hash := back.hash;
      new.to_status := back.to_status;
      new.revision := back.revision;
      new.shows_from := back.shows_from;
      new.earlier_revision := back.earlier_revision;
      new.first_shown_at := back.first_shown_at;
    elsif new.to_status = 'published' then
      new.shows_from := publication_due(new.site, new.comment_id);
      new.first_shown_at := coalesce(new.first_shown_at, new.shows_from);
      if prev.to_status = 'published' then
        new.earlier_revision :=
          case when prev.shows_from <= new.decided_at then prev.revision else prev.earlier_revision end;
      end if;
    end if;

    if new.from_status = 'second_review' and new.action in ('approve', 'edit', 'reject') then
      select e.seq, e.person_id into new.escalation_seq, new.first_person_id
        from escalation e where e.comment_id = new.comment_id order by e.seq desc limit 1;
    end if;
  end if;

  new.hash := move_hash(new);
  return new;
end
$$;
create trigger move_follows_the_log before insert on move for each row execute function move_follows_the_log();

-- The projection: the only writer of a comment's state. (A submission brings its first state along.)
create function comment_follows_its_moves() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into citation (comment_id, seq, site, rule_id, permit, alone)
    select new.comment_id, new.seq, new.site, rule_id, new.permit, new.alone
      from unnest(new.rules) as cited (rule_id);
  if new.action = 'escalate' then
    insert into escalation (comment_id, seq, person_id) values (new.comment_id, new.seq, new.person_id);
  end if;
  update comment
     set seq = new.seq, status = new.to_status, revision = new.revision, head_hash = new.hash,
         shows_from = new.shows_from, earlier_revision = new.earlier_revision,
         first_shown_at = new.first_shown_at
   where id = new.comment_id;
  if not found then
    raise exception 'a comment is there before a second move' using errcode = 'foreign_key_violation';
  end if;
  return null;
end
$$;
create trigger comment_follows_its_moves after insert on move
  for each row when (new.action <> 'submit') execute function comment_follows_its_moves();

-- A citation repeats what its move says, and nobody is judged under a rule that can still change or came later.
create function citation_is_its_moves() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (select from move m
                  where (m.comment_id, m.seq, m.site, m.permit, m.alone)
                        = (new.comment_id, new.seq, new.site, new.permit, new.alone)
                    and new.rule_id = any (m.rules)) then
    raise exception 'a move cites what it cites' using errcode = 'restrict_violation';
  end if;
  if not exists (select from move m
                   join revision judged on judged.comment_id = m.comment_id and judged.seq = m.judged_revision
                   join rule r on r.site = judged.site and r.version = judged.terms_version
                  where m.comment_id = new.comment_id and m.seq = new.seq and r.id = new.rule_id) then
    raise exception 'a text is judged under the terms under which it was sent' using errcode = 'check_violation';
  end if;
  return null;
end
$$;
create trigger citation_is_its_moves after insert on citation
  for each row execute function citation_is_its_moves();

-- At the end of the transaction, every word whose hash a move logs is there, and a new text says under which
-- terms it was sent and under which rules it differs from the reader's own.
create function move_brings_its_words() returns trigger
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
  if new.actor = 'reader' then
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
create constraint trigger move_brings_its_words after insert on move
  deferrable initially deferred for each row when (new.words_hash is not null or new.text_hash is not null)
  execute function move_brings_its_words();

-- At the end of the transaction, the comment shows its newest move and nothing else.
create function comment_shows_its_newest_move() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (
    select from comment c join move m on m.comment_id = c.id and m.seq = c.seq
     where c.id = new.id
       and (c.status, c.revision, c.head_hash) = (m.to_status, m.revision, m.hash)
       and (c.shows_from, c.earlier_revision, c.first_shown_at)
           is not distinct from (m.shows_from, m.earlier_revision, m.first_shown_at)
       and not exists (select from move later where later.comment_id = c.id and later.seq > c.seq)
  ) then
    raise exception 'a comment shows its newest move and nothing else' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
create constraint trigger comment_shows_its_newest_move after update on comment
  deferrable initially deferred for each row execute function comment_shows_its_newest_move();

-- A comment begins unread, and where it hangs never changes.
create function comment_begins_unread() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if (new.seq, new.status, new.revision) is distinct from (1, 'pending', 1) or new.erased_at is not null
     or new.first_shown_at is not null then
    raise exception 'a comment begins unread' using errcode = 'check_violation';
  end if;
  if new.parent_id is not null
     and new.ancestors is distinct from (select p.ancestors || p.id from comment p where p.id = new.parent_id) then
    raise exception 'a reply hangs below its parent' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger comment_begins_unread before insert on comment for each row execute function comment_begins_unread();

create function comment_stays_where_it_is() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if (new.id, new.position, new.site, new.article_id, new.parent_id, new.root_id, new.ancestors, new.language,
      new.receipt_hash, new.submitted_at)
     is distinct from
     (old.id, old.position, old.site, old.article_id, old.parent_id, old.root_id, old.ancestors, old.language,
      old.receipt_hash, old.submitted_at) then
    raise exception 'what was submitted does not change' using errcode = 'restrict_violation';
  end if;
  if new.erased_at is distinct from old.erased_at
     and not exists (select from erasure where comment_id = new.id and erased_at = new.erased_at) then
    raise exception 'a comment is erased by erase_comment(), which logs it' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger comment_stays_where_it_is before update on comment
  for each row execute function comment_stays_where_it_is();

-- An undo counts only if it is over before what it undoes could show: checked as late as possible, with a
-- quarter of a second for the commit itself, because what a reader may have seen cannot be undone.
create function undo_came_in_time() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  undone move;
begin
  select * into strict undone from move where comment_id = new.comment_id and seq = new.seq - 1;
  if moment() + (clock_timestamp() - statement_timestamp()) > undo_until(undone) - interval '250 milliseconds' then
    raise exception 'it is too late to undo this' using errcode = 'PB001';
  end if;
  return null;
end
$$;
create constraint trigger undo_came_in_time after insert on move
  deferrable initially deferred for each row when (new.action = 'undo') execute function undo_came_in_time();

-- ── Erasing ─────────────────────────────────────────────────────────────────────────────────────────

-- To log an erasure is to erase: whoever writes the row, the words go with it: texts, names, reasons, notes and
-- their salts. A key refuses it for a comment that is waiting or shown. The moves stay, and still verify.
create function erasure_takes_the_words() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  update comment set erased_at = new.erased_at where id = new.comment_id;
  delete from revision_text where comment_id = new.comment_id;
  delete from move_text where comment_id = new.comment_id;
  delete from screening where comment_id = new.comment_id;
  return null;
end
$$;
create trigger erasure_takes_the_words after insert on erasure
  for each row execute function erasure_takes_the_words();

-- Erases a comment that is settled and not shown. A second call changes nothing.
create function erase_comment(of_comment uuid, by_whom text, by_person uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into erasure (comment_id, asked_by, person_id) values (of_comment, by_whom, by_person)
    on conflict do nothing;
  return found;
end
$$;
