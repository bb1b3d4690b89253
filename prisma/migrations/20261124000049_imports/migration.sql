-- Comments that were published elsewhere, and were moderated there, come in by a move of their own: `import`. It is a
-- person's, an admin's who vouches for it by name; the log says so, and from which import it came.

-- One run of an import: of which file, from which system, and who vouches for it.
create table import (
  id uuid not null default gen_random_uuid(),
  site text not null,
  person_id uuid not null,
  source text not null,
  file_hash bytea not null,
  options text not null,
  started_at timestamptz(3) not null default moment(),
  records bigint not null default 0,
  report jsonb not null default '{}',
  read_at timestamptz(3),
  finished_at timestamptz(3),
  constraint import_pkey primary key (id),
  constraint import_id_site_person_id_key unique (id, site, person_id),
  constraint import_site_fkey foreign key (site) references site (key) on update restrict on delete restrict,
  constraint import_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict,
  constraint import_source_form check (source ~ '^[a-z0-9]{1,40}$'),
  constraint import_file_hash check (octet_length(file_hash) = 32),
  constraint import_finishes_what_was_read check (finished_at is null or read_at is not null)
);
create index import_person_id_idx on import (person_id);
-- What is under way is taken up again, not begun twice.
create unique index import_underway_key on import (site, source, file_hash, options, person_id)
  where (finished_at is null);

create function import_is_vouched_for() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (select from person where id = new.person_id and active and admin) then
    raise exception 'an active admin vouches for an import' using errcode = 'check_violation';
  end if;
  new.started_at := moment();
  new.records := 0;
  new.report := '{}';
  new.read_at := null;
  new.finished_at := null;
  return new;
end
$$;
create trigger import_is_vouched_for before insert on import for each row execute function import_is_vouched_for();

create function import_stays_what_it_is() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if old.finished_at is not null
     or (new.id, new.site, new.person_id, new.source, new.file_hash, new.options, new.started_at)
        is distinct from
        (old.id, old.site, old.person_id, old.source, old.file_hash, old.options, old.started_at) then
    raise exception 'what was imported, and who vouched for it, does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger import_stays_what_it_is before update on import
  for each row execute function import_stays_what_it_is();
create trigger import_is_kept before delete on import for each row execute function refuse_change();
create trigger import_is_not_emptied before truncate on import for each statement execute function refuse_change();

alter table transition disable trigger transition_is_kept;
insert into transition (action, proposal, from_status, to_status, actor, cites) values
  ('import', 'none', 'none', 'pending', 'person', false),
  ('import', 'none', 'none', 'published', 'person', false),
  ('import', 'none', 'none', 'withdrawn', 'person', false);
alter table transition enable trigger transition_is_kept;

-- A first move is a submission or an import, and the import is one of this site, vouched for by whom the move names. All
-- rows from before are so already; that is looked at without keeping anybody out, by the next migration.
alter table move add column import_id uuid;
alter table move drop constraint move_starts;
alter table move drop constraint move_stands;
alter table move drop constraint move_brings_a_text;
alter table move add constraint move_starts check (
  (seq = 1) = (action in ('submit', 'import')) and (seq = 1) = (from_status = 'none') and (seq = 1) = (prev_hash is null)
  and seq >= 1
) not valid;
alter table move add constraint move_stands check (
  case when action in ('submit', 'import', 'resubmit', 'edit') then revision = seq
       when action in ('restore', 'undo') then revision < seq
       else revision = judged_revision end
  and (action not in ('submit', 'import') or judged_revision = 1)
) not valid;
alter table move add constraint move_brings_a_text check (
  (text_hash is not null) = (action in ('submit', 'import', 'resubmit', 'edit') or proposal = 'edit')
) not valid;
alter table move add constraint move_imported check ((action = 'import') = (import_id is not null)) not valid;
alter table move add constraint move_import_fkey foreign key (import_id, site, person_id)
  references import (id, site, person_id) on update restrict on delete restrict not valid;

-- As before, and of an import, which one it is.
create or replace function move_hash(m move) returns bytea
  language sql stable
  return sha256(
    coalesce(m.prev_hash, '\x')
    || convert_to((jsonb_build_array(
         m.comment_id, m.seq, m.id, m.site, m.action, m.proposal, m.from_status, m.to_status, m.actor,
         m.person_id, m.key_id, m.judged_revision, m.revision, m.rules,
         encode(m.words_hash, 'hex'), encode(m.text_hash, 'hex'),
         (extract(epoch from m.decided_at) * 1000)::bigint,
         (extract(epoch from m.shows_from) * 1000)::bigint,
         m.earlier_revision,
         (extract(epoch from m.first_shown_at) * 1000)::bigint,
         m.escalation_seq, m.first_person_id, encode(m.back_to_hash, 'hex')
       )
       || case when m.order_id is null then '[]'::jsonb else jsonb_build_array(m.order_id) end
       || case when m.import_id is null then '[]'::jsonb else jsonb_build_array('import', m.import_id) end)::text, 'UTF8')
  );

-- As before; what is imported shows since the time at which it was written elsewhere, but never since later than now.
create or replace function move_follows_the_log() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  prev move;
  shown move;
  back move;
  was_shown boolean;
begin
  new.decided_at := moment();
  new.first_shown_at := case when new.action = 'import' and new.to_status in ('published', 'withdrawn')
                             then least(new.first_shown_at, new.decided_at) end;
  new.shows_from := case when new.to_status = 'published' then new.first_shown_at end;
  new.earlier_revision := null;
  new.escalation_seq := null;
  new.first_person_id := null;
  new.prev_hash := null;
  new.back_to_hash := null;

  if new.action not in ('submit', 'import') then
    select * into prev from move where comment_id = new.comment_id and seq = new.seq - 1;
    if not found then
      raise exception 'a move follows another move' using errcode = 'foreign_key_violation';
    end if;
    shown := prev;
    if new.action = 'edit' and prev.action = 'restore'
       and exists (select from appeal where comment_id = new.comment_id and outcome_seq = new.seq
                      and outcome = 'partly_reversed') then
      select * into strict shown from move where comment_id = new.comment_id and seq = new.seq - 2;
    end if;
    new.site := prev.site;
    new.prev_hash := prev.hash;
    was_shown := coalesce(shown.first_shown_at <= new.decided_at, false);
    new.first_shown_at := case when was_shown then shown.first_shown_at end;

    if new.action = 'undo' then
      if prev.action not in ('approve', 'edit', 'reject', 'return', 'escalate', 'restore') then
        raise exception 'a % cannot be undone', prev.action using errcode = 'check_violation';
      end if;
      if exists (select from appeal where comment_id = new.comment_id and outcome_seq = prev.seq) then
        raise exception 'the outcome of an appeal cannot be undone' using errcode = 'PB003';
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
      if shown.to_status = 'published' then
        new.earlier_revision :=
          case when shown.shows_from <= new.decided_at then shown.revision else shown.earlier_revision end;
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

-- A first move, of whatever kind, is there before its comment and changes no state.
create or replace trigger comment_follows_its_moves after insert on move
  for each row when (new.action not in ('submit', 'import')) execute function comment_follows_its_moves();
create or replace trigger waiting_follows_the_log after insert on move
  for each row when (new.action not in ('submit', 'import')
                     and (new.from_status in ('pending', 'second_review') or new.to_status in ('pending', 'second_review')))
  execute function waiting_follows_the_log();
create or replace trigger staff_is_read_by_another after insert on move
  for each row when (new.to_status = 'published' and new.action not in ('undo', 'import'))
  execute function staff_is_read_by_another();
drop trigger move_lapses_appeals on move;
create constraint trigger move_lapses_appeals after insert on move
  deferrable initially deferred for each row when (new.action not in ('submit', 'import'))
  execute function move_lapses_appeals();

-- As before: but whoever vouches for an import wrote none of it.
create or replace function staff_is_read_by_another() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if exists (select from move where comment_id = new.comment_id and seq = 1 and action = 'submit'
                and person_id = new.person_id) then
    raise exception 'another person reads what somebody of the staff wrote' using errcode = 'PB006';
  end if;
  return null;
end
$$;

create or replace function waiting_is_not_for_its_writer() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if new.first_person_id is null then
    new.first_person_id := (select person_id from move
                             where comment_id = new.comment_id and seq = 1 and action = 'submit');
  end if;
  return new;
end
$$;

create or replace function report_appeal_is_settled_once() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if old.status <> 'open' or new.status = 'open' then
    raise exception 'an appeal is settled once' using errcode = 'restrict_violation';
  end if;
  if (new.id, new.position, new.report_id, new.resolver_id, new.comment_id, new.site, new.version, new.filed_at,
      new.text_hash)
     is distinct from
     (old.id, old.position, old.report_id, old.resolver_id, old.comment_id, old.site, old.version, old.filed_at,
      old.text_hash) then
    raise exception 'what was filed does not change' using errcode = 'restrict_violation';
  end if;
  if new.status = 'decided' then
    new.reviewed_at := moment();
    if exists (select from move where comment_id = old.comment_id and seq = 1 and action = 'submit'
                  and person_id = new.reviewer_id) then
      raise exception 'nobody decides whether what they wrote stays'
        using errcode = 'check_violation', constraint = 'report_appeal_reviewer_is_another';
    end if;
    if not exists (select from comment c join move m on m.comment_id = c.id and m.seq = c.seq
                    where c.id = old.comment_id
                      and case when new.outcome = 'upheld' then c.seq = old.version
                               else c.seq = old.version + 1 and m.cites end) then
      raise exception 'an appeal is upheld as the comment stands, or reversed by its next move, under a rule'
        using errcode = 'restrict_violation', constraint = 'report_appeal_outcome_is_next';
    end if;
  elsif not new.taken_back
        and exists (select from comment where id = old.comment_id and seq = old.version)
        and exists (select from report_text where report_id = old.report_id) then
    raise exception 'an appeal lapses when something else happened' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;

-- A comment begins unread, or as its import says.
create or replace function comment_begins_unread() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if (new.seq, new.revision) is distinct from (1, 1) or new.erased_at is not null
     or (new.status is distinct from 'pending' or new.first_shown_at is not null)
        and not exists (select from move m
                         where m.comment_id = new.id and m.seq = 1 and m.action = 'import' and m.to_status = new.status
                           and (m.shows_from, m.first_shown_at)
                               is not distinct from (new.shows_from, new.first_shown_at)) then
    raise exception 'a comment begins unread' using errcode = 'check_violation';
  end if;
  if new.parent_id is not null
     and new.ancestors is distinct from
         (select (p.ancestors || p.id) from comment p where p.id = new.parent_id) then
    raise exception 'a reply hangs below its parent' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

-- As before: what is imported may be by the staff of where it came from, who are nobody here.
create or replace function comment_is_whose_it_says() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  first move;
begin
  select * into first from move where comment_id = new.id and seq = 1;
  if first.action = 'import' then
    return null;
  end if;
  if new.staff is distinct from (first.actor = 'person') then
    raise exception 'a comment is the staff''s when its first move is' using errcode = 'integrity_constraint_violation';
  end if;
  if new.staff and new.parent_id is null then
    raise exception 'the staff answers comments' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;

-- As before; an imported text may be marked as edited elsewhere, under rules of this site.
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
  if new.actor = 'reader' or new.action in ('submit', 'import') then
    if made.rules <> '{}' and new.action <> 'import' then
      raise exception 'a reader''s own text is marked with no rule' using errcode = 'integrity_constraint_violation';
    end if;
    if made.rules <> '{}'
       and exists (select from unnest(made.rules) as marked (id)
                    where not exists (select from rule u
                                       where u.id = marked.id and (u.site, u.version) = (made.site, made.terms_version))) then
      raise exception 'a text is marked with rules of its terms' using errcode = 'integrity_constraint_violation';
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

-- What begins settled does not wait.
create function settled_waits_for_nobody() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  return null;
end
$$;
create trigger settled_waits_for_nobody before insert on waiting
  for each row when (new.status not in ('pending', 'second_review')) execute function settled_waits_for_nobody();

-- What begins published changes pages: one row for an article, however many of its comments came.
create function comments_show_at_once() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into public_change (site, what, article_id, published)
  select site, 'article', article_id, count(*)
    from made where status = 'published' group by site, article_id order by article_id;
  if found then
    perform pg_notify('public_change', '');
  end if;
  return null;
end
$$;
create trigger comments_show_at_once after insert on comment referencing new table as made
  for each statement execute function comments_show_at_once();

revoke execute on function import_is_vouched_for(), import_stays_what_it_is(), settled_waits_for_nobody(),
  comments_show_at_once() from public;

-- The desk writes every move but these: its right to insert leaves out the column without which there is no import.
do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select on import to postbag_desk;
    revoke insert on move from postbag_desk;
    execute format('grant insert (%s) on move to postbag_desk',
                   (select string_agg(quote_ident(attname), ', ')
                      from pg_attribute
                     where attrelid = 'move'::regclass and attnum > 0 and not attisdropped and attgenerated = ''
                       and attname <> 'import_id'));
  end if;
end
$$;
