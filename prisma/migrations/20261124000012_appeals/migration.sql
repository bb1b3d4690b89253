-- A statement of reasons for every decision against what a reader wrote, and appeals against them, each decided by
-- another person.

-- ── Statements of reasons ───────────────────────────────────────────────────────────────────────────

-- What is to be said of a decision to its reader and, without a word of theirs, to authorities. Written by the log
-- alone; rules, reason and terms are read from where they stand.
create table statement (
  comment_id uuid not null,
  seq integer not null,
  -- random, so that it says nothing of the comment
  id uuid not null default gen_random_uuid(),
  site text not null,
  action text not null,
  decider_id uuid not null,
  -- who escalated it; else the decider, so that no key hangs on a NULL
  first_person_id uuid not null,
  decided_at timestamptz(3) not null,
  -- when it shows
  applies_from timestamptz(3) not null,
  -- NULL for the outcome of an appeal, which is the last word
  appeal_until timestamptz(3),
  content_language text not null,
  -- what led to it
  source text not null default 'own',
  -- whether screening had noticed something
  automated_detection boolean not null,
  constraint statement_pkey primary key (comment_id, seq),
  constraint statement_id_key unique (id),
  constraint statement_people_key unique (comment_id, seq, site, decider_id, first_person_id),
  constraint statement_action check (action in ('edit', 'reject', 'return', 'unpublish')),
  constraint statement_source check (source in ('own', 'notice', 'trusted_flagger', 'other_notification'))
);
create index statement_site_decided_at_id_idx on statement (site, decided_at, id);

-- ── Appeals ─────────────────────────────────────────────────────────────────────────────────────────

-- A reader's objection to a decision. It is open until another person has decided about it, or until something else
-- happened to the comment.
create table appeal (
  id uuid not null default gen_random_uuid(),
  position bigint not null generated always as identity,
  comment_id uuid not null,
  seq integer not null,
  site text not null,
  decider_id uuid not null,
  first_person_id uuid not null,
  -- of the comment when it was filed
  version integer not null,
  filed_at timestamptz(3) not null,
  text_hash bytea not null,
  status text not null default 'open',
  outcome text,
  reviewer_id uuid,
  key_id uuid,
  reviewed_at timestamptz(3),
  explanation_hash bytea,
  -- the last move that carries the outcome out
  outcome_seq integer,
  outcome_action text generated always as (
    case outcome when 'reversed' then 'restore' when 'partly_reversed' then 'edit' end
  ) stored,
  constraint appeal_pkey primary key (id),
  constraint appeal_position_key unique (position),
  constraint appeal_id_comment_id_key unique (id, comment_id),
  constraint appeal_statement_fkey foreign key (comment_id, seq, site, decider_id, first_person_id)
    references statement (comment_id, seq, site, decider_id, first_person_id)
    on update restrict on delete restrict,
  constraint appeal_reviewer_id_fkey foreign key (reviewer_id)
    references person (id) on update restrict on delete restrict,
  constraint appeal_key_id_reviewer_id_fkey foreign key (key_id, reviewer_id)
    references access_key (id, person_id) on update restrict on delete restrict,
  constraint appeal_status check (status in ('open', 'decided', 'lapsed')),
  constraint appeal_outcome check (outcome is null or outcome in ('upheld', 'reversed', 'partly_reversed')),
  constraint appeal_is_decided_whole check (
    case when status = 'decided' then num_nulls(outcome, reviewer_id, reviewed_at, explanation_hash) = 0
         else num_nonnulls(outcome, reviewer_id, key_id, reviewed_at, explanation_hash, outcome_seq) = 0 end
  ),
  constraint appeal_reviewer_is_another check (
    reviewer_id is null or reviewer_id not in (decider_id, first_person_id)
  ),
  -- To reverse is to restore what was judged; to reverse in part, to edit what was restored.
  constraint appeal_outcome_is_moves check (
    outcome_seq is not distinct from version + case outcome when 'reversed' then 1 when 'partly_reversed' then 2 end
  )
);
-- Once a decision; what lapsed was not answered, and may be asked again if the decision stands again.
create unique index appeal_once_key on appeal (comment_id, seq) where status <> 'lapsed';
create index appeal_site_status_position_idx on appeal (site, status, position);
create index appeal_comment_id_idx on appeal (comment_id);
create index appeal_reviewer_id_idx on appeal (reviewer_id);

-- What the reader says in an appeal, and what the reviewer answers: erasable, like texts.
create table appeal_text (
  appeal_id uuid not null,
  part text not null,
  comment_id uuid not null,
  text text not null,
  salt bytea not null,
  constraint appeal_text_pkey primary key (appeal_id, part),
  constraint appeal_text_appeal_id_comment_id_fkey foreign key (appeal_id, comment_id)
    references appeal (id, comment_id) on update restrict on delete restrict,
  constraint appeal_text_part check (part in ('appeal', 'explanation')),
  constraint appeal_text_size check (octet_length(text) between 1 and 65536),
  constraint appeal_text_salted check (octet_length(salt) = 16)
);
create index appeal_text_comment_id_idx on appeal_text (comment_id);

-- The decision by which a comment is as it is: its newest move, or what an undo led back to.
create function standing_decision(of_comment uuid) returns integer
  language sql stable
  return (
    with recursive past as (
      select m.seq, m.action from comment c join move m on m.comment_id = c.id and m.seq = c.seq
       where c.id = of_comment
      union all
      select b.seq, b.action from past join move b on b.comment_id = of_comment and b.seq = past.seq - 2
       where past.action = 'undo'
    )
    select seq from past where action <> 'undo'
  );

-- ── What a statement says ───────────────────────────────────────────────────────────────────────────

-- What the caller wrote in these columns does not count.
create function statement_follows_the_log() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  decided move;
begin
  select * into decided from move where comment_id = new.comment_id and seq = new.seq;
  new.site := decided.site;
  new.action := decided.action;
  new.decider_id := decided.person_id;
  new.first_person_id := coalesce(decided.first_person_id, decided.person_id);
  new.decided_at := decided.decided_at;
  new.applies_from := coalesce(decided.shows_from, decided.decided_at);
  new.appeal_until :=
    case when not exists (select from appeal where comment_id = new.comment_id and outcome_seq = new.seq)
         then new.applies_from + (select appeal_days from site where key = new.site) * interval '1 day' end;
  new.content_language := (select language from comment where id = new.comment_id);
  new.automated_detection := exists (select from screening where comment_id = new.comment_id
                                        and seq = decided.judged_revision and signals <> '[]');
  return new;
end
$$;
create trigger statement_follows_the_log before insert on statement
  for each row execute function statement_follows_the_log();

-- Statements of decisions from before: of all of them while the service goes on deciding, and then, while it waits for
-- a moment, of those that it made meanwhile.
insert into statement (comment_id, seq)
select comment_id, seq from move
 where actor = 'person' and cites and action in ('edit', 'reject', 'return', 'unpublish');

create function move_makes_its_statement() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into statement (comment_id, seq) values (new.comment_id, new.seq);
  return null;
end
$$;
create trigger move_makes_its_statement after insert on move
  for each row when (new.actor = 'person' and new.cites and new.action in ('edit', 'reject', 'return', 'unpublish'))
  execute function move_makes_its_statement();

insert into statement (comment_id, seq)
select m.comment_id, m.seq from event e join move m on m.comment_id = e.comment_id and m.seq = e.seq
 where e.due_at > now() - interval '1 minute'
   and m.actor = 'person' and m.cites and m.action in ('edit', 'reject', 'return', 'unpublish')
on conflict do nothing;

alter table statement add constraint statement_decision_fkey foreign key (comment_id, seq, action, decider_id)
  references move (comment_id, seq, action, person_id) on update restrict on delete restrict;
alter table statement add constraint statement_site_fkey foreign key (site)
  references site (key) on update restrict on delete restrict;
alter table appeal add constraint appeal_outcome_fkey foreign key (comment_id, outcome_seq, outcome_action, reviewer_id)
  references move (comment_id, seq, action, person_id)
  on update restrict on delete restrict deferrable initially deferred;

create trigger statement_is_kept before update or delete on statement for each row execute function refuse_change();
create trigger statement_is_not_emptied before truncate on statement
  for each statement execute function refuse_change();

-- At the end of the transaction, a decision against what a reader wrote has its statement.
create function move_has_its_statement() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (select from statement where comment_id = new.comment_id and seq = new.seq) then
    raise exception 'a decision against a text has a statement of reasons'
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
create constraint trigger move_has_its_statement after insert on move
  deferrable initially deferred for each row
  when (new.actor = 'person' and new.cites and new.action in ('edit', 'reject', 'return', 'unpublish'))
  execute function move_has_its_statement();

-- ── From filing to outcome ──────────────────────────────────────────────────────────────────────────

-- An appeal is about the decision that stands, of which its reader knows, in time. The lock keeps the comment as it is
-- until the appeal is there to lapse.
create function appeal_is_filed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  about comment;
  decided statement;
begin
  select * into about from comment where id = new.comment_id for no key update;
  select * into decided from statement where comment_id = new.comment_id and seq = new.seq;
  if decided.appeal_until is null or decided.applies_from > moment() or about.erased_at is not null
     or standing_decision(new.comment_id) is distinct from new.seq then
    raise exception 'an appeal is about a decision that stands and that its reader knows'
      using errcode = 'check_violation', constraint = 'appeal_of_what_stands';
  end if;
  if decided.appeal_until <= moment() then
    raise exception 'it is too late to appeal' using errcode = 'check_violation', constraint = 'appeal_in_time';
  end if;
  new.site := decided.site;
  new.decider_id := decided.decider_id;
  new.first_person_id := decided.first_person_id;
  new.version := about.seq;
  new.filed_at := moment();
  return new;
end
$$;
create trigger appeal_is_filed before insert on appeal for each row execute function appeal_is_filed();

create function appeal_begins_open() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if new.status <> 'open' then
    raise exception 'an appeal begins open' using errcode = 'check_violation';
  end if;
  return null;
end
$$;
create trigger appeal_begins_open after insert on appeal for each row execute function appeal_begins_open();

-- It is settled once: by a reviewer, or by what else happened to the comment.
create function appeal_is_settled_once() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if old.status <> 'open' or new.status = 'open' then
    raise exception 'an appeal is settled once' using errcode = 'restrict_violation';
  end if;
  if (new.id, new.position, new.comment_id, new.seq, new.site, new.decider_id, new.first_person_id, new.version,
      new.filed_at, new.text_hash)
     is distinct from
     (old.id, old.position, old.comment_id, old.seq, old.site, old.decider_id, old.first_person_id, old.version,
      old.filed_at, old.text_hash) then
    raise exception 'what was filed does not change' using errcode = 'restrict_violation';
  end if;
  if new.status = 'decided' then
    new.reviewed_at := moment();
  elsif exists (select from comment where id = old.comment_id and seq = old.version and erased_at is null) then
    raise exception 'an appeal lapses when something else happened' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger appeal_is_settled_once before update on appeal
  for each row execute function appeal_is_settled_once();
create trigger appeal_is_kept before delete on appeal for each row execute function refuse_change();
create trigger appeal_is_not_emptied before truncate on appeal for each statement execute function refuse_change();

-- At the end of the transaction, what was reversed is restored, by its reviewer, as it was judged. (That the last move
-- is the outcome's is said by a key.)
create function appeal_restores_what_was_judged() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (select from move decided
                   join move restored on restored.comment_id = decided.comment_id and restored.seq = new.version + 1
                  where decided.comment_id = new.comment_id and decided.seq = new.seq
                    and (restored.action, restored.person_id, restored.revision)
                        = ('restore', new.reviewer_id, decided.judged_revision)) then
    raise exception 'what an appeal reverses is restored as it was judged'
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
create constraint trigger appeal_restores_what_was_judged after update on appeal
  deferrable initially deferred for each row
  when (new.status = 'decided' and new.outcome in ('reversed', 'partly_reversed'))
  execute function appeal_restores_what_was_judged();

-- Whatever else happens to the comment ends an open appeal. At the end of the transaction, when the moves of an
-- outcome have their outcome.
create function move_lapses_appeals() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  update appeal set status = 'lapsed'
   where comment_id = new.comment_id and status = 'open' and version < new.seq;
  return null;
end
$$;
create constraint trigger move_lapses_appeals after insert on move
  deferrable initially deferred for each row when (new.action <> 'submit')
  execute function move_lapses_appeals();

-- ── Words ───────────────────────────────────────────────────────────────────────────────────────────

create function appeal_brings_its_words() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if (not exists (select from appeal_text where appeal_id = new.id and part = 'appeal')
      or new.explanation_hash is not null
      and not exists (select from appeal_text where appeal_id = new.id and part = 'explanation'))
     and not exists (select from erasure where comment_id = new.comment_id) then
    raise exception 'an appeal brings the words whose hash it has' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
create constraint trigger appeal_brings_its_words after insert or update on appeal
  deferrable initially deferred for each row execute function appeal_brings_its_words();

create function appeal_text_matches_its_hash() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if words_hash(new.salt, new.text, null) is distinct from
     (select case new.part when 'appeal' then text_hash else explanation_hash end from appeal where id = new.appeal_id) then
    raise exception 'these words are not the ones of the appeal' using errcode = 'check_violation';
  end if;
  if exists (select from erasure where comment_id = new.comment_id) then
    raise exception 'this comment is erased' using errcode = 'restrict_violation';
  end if;
  return null;
end
$$;
create trigger appeal_text_matches_its_hash after insert on appeal_text
  for each row execute function appeal_text_matches_its_hash();
create trigger appeal_text_is_not_rewritten before update on appeal_text
  for each row execute function refuse_change();
create trigger appeal_text_is_not_emptied before truncate on appeal_text
  for each statement execute function refuse_change();
create trigger appeal_text_erasure_is_logged before delete on appeal_text
  for each row execute function refuse_silent_erasure();

create function erasure_takes_words_of_appeals() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  update appeal set status = 'lapsed' where comment_id = new.comment_id and status = 'open';
  delete from appeal_text where comment_id = new.comment_id;
  return null;
end
$$;
-- Named to run after erasure_takes_the_words, which marks the comment.
create trigger erasure_takes_words_of_appeals after insert on erasure
  for each row execute function erasure_takes_words_of_appeals();

-- Words stay while an appeal is open or may still be filed, and as long after its outcome as after any decision.
create or replace function words_are_needed(of_comment uuid) returns boolean
  language sql stable
  return exists (select from appeal a join site s on s.key = a.site
                  where a.comment_id = of_comment
                    and (a.status = 'open' or a.reviewed_at > moment() - s.retention_days * interval '1 day'))
      or exists (select from statement n join comment c on c.id = n.comment_id
                  where n.comment_id = of_comment and c.status in ('rejected', 'unpublished')
                    and n.appeal_until > moment());

-- ── The log ─────────────────────────────────────────────────────────────────────────────────────────

-- Outcomes alone restore what is published in an edited form, and what was returned. No row leads back from there.
alter table transition disable trigger transition_is_kept;
insert into transition (action, proposal, from_status, to_status, actor, cites) values
  ('restore', 'none', 'published', 'published', 'person', false),
  ('restore', 'none', 'returned',  'published', 'person', false);
alter table transition enable trigger transition_is_kept;

create function restore_is_an_outcome() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (select from appeal where comment_id = new.comment_id and version = new.seq - 1
                    and reviewer_id = new.person_id and outcome in ('reversed', 'partly_reversed')) then
    raise exception 'what is % is restored by the outcome of an appeal alone', new.from_status
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
create constraint trigger restore_is_an_outcome after insert on move
  deferrable initially deferred for each row
  when (new.action = 'restore' and new.from_status in ('published', 'returned'))
  execute function restore_is_an_outcome();

-- As before, with two rules more: an outcome is not undone (PB003), and of an outcome in two moves the first never
-- shows: the second stands to what was there before both.
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

-- ── Rights ──────────────────────────────────────────────────────────────────────────────────────────

revoke execute on function standing_decision(uuid), statement_follows_the_log(), move_makes_its_statement(),
  move_has_its_statement(), appeal_is_filed(), appeal_begins_open(), appeal_is_settled_once(),
  appeal_restores_what_was_judged(), move_lapses_appeals(), appeal_brings_its_words(),
  appeal_text_matches_its_hash(), erasure_takes_words_of_appeals(), restore_is_an_outcome() from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select on statement, appeal, appeal_text to postbag_desk;
    grant insert on appeal, appeal_text to postbag_desk;
    grant update (status, outcome, reviewer_id, key_id, explanation_hash, outcome_seq) on appeal to postbag_desk;
    grant execute on function standing_decision(uuid) to postbag_desk;
  end if;
end
$$;
