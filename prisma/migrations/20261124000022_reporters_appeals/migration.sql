-- Whoever reported a comment that was kept may appeal against that, once, and another person decides. A table of its
-- own: what is appealed here is the resolution of a report, which has neither a move nor a statement of reasons, and
-- it is reversed by a decision against the comment instead of by restoring it.

create table report_appeal (
  id uuid not null default gen_random_uuid(),
  -- from the sequence of `appeal`, so that both have one order
  position bigint not null,
  report_id uuid not null,
  -- nothing but the keeping of a comment is appealed
  report_outcome text not null generated always as ('keep') stored,
  -- who resolved the report
  resolver_id uuid not null,
  comment_id uuid not null,
  site text not null,
  -- of the comment when it was filed
  version integer not null,
  filed_at timestamptz(3) not null,
  text_hash bytea not null,
  status text not null default 'open',
  -- whether it lapsed because its reporter took it back
  taken_back boolean not null default false,
  outcome text,
  reviewer_id uuid,
  key_id uuid,
  reviewed_at timestamptz(3),
  explanation_hash bytea,
  -- the move that carries the outcome out
  outcome_seq integer,
  outcome_action text generated always as (
    case outcome when 'reversed' then 'unpublish' when 'partly_reversed' then 'edit' end
  ) stored,
  constraint report_appeal_pkey primary key (id),
  constraint report_appeal_position_key unique (position),
  constraint report_appeal_reviewer_id_fkey foreign key (reviewer_id)
    references person (id) on update restrict on delete restrict,
  constraint report_appeal_key_id_reviewer_id_fkey foreign key (key_id, reviewer_id)
    references access_key (id, person_id) on update restrict on delete restrict,
  constraint report_appeal_status check (status in ('open', 'decided', 'lapsed')),
  constraint report_appeal_taken_back check (status = 'lapsed' or not taken_back),
  constraint report_appeal_outcome check (outcome is null or outcome in ('upheld', 'reversed', 'partly_reversed')),
  constraint report_appeal_is_decided_whole check (
    case when status = 'decided' then num_nulls(outcome, reviewer_id, reviewed_at, explanation_hash) = 0
         else num_nonnulls(outcome, reviewer_id, key_id, reviewed_at, explanation_hash, outcome_seq) = 0 end
  ),
  constraint report_appeal_reviewer_is_another check (reviewer_id is null or reviewer_id <> resolver_id),
  -- To reverse is to unpublish; to reverse in part, to edit.
  constraint report_appeal_outcome_is_a_move check (
    outcome_seq is not distinct from case when outcome in ('reversed', 'partly_reversed') then version + 1 end
  ),
  -- one move answers one appeal; the others about its comment lapse
  constraint report_appeal_outcome_key unique (comment_id, outcome_seq)
);
-- Once a report. What lapsed by itself was not answered, and may be asked again if what was kept shows again.
create unique index report_appeal_once_key on report_appeal (report_id) where status <> 'lapsed' or taken_back;
create index report_appeal_report_id_idx on report_appeal (report_id);
create index report_appeal_site_status_position_idx on report_appeal (site, status, position);
create index report_appeal_reviewer_id_idx on report_appeal (reviewer_id);

-- What the reporter says in an appeal, and what the reviewer answers. It lives as long as the words of the report.
create table report_appeal_text (
  appeal_id uuid not null,
  part text not null,
  text text not null,
  salt bytea not null,
  constraint report_appeal_text_pkey primary key (appeal_id, part),
  constraint report_appeal_text_appeal_id_fkey foreign key (appeal_id)
    references report_appeal (id) on update restrict on delete restrict,
  constraint report_appeal_text_part check (part in ('appeal', 'explanation')),
  constraint report_appeal_text_size check (octet_length(text) between 1 and 65536),
  constraint report_appeal_text_salted check (octet_length(salt) = 16)
);

-- ── Words ───────────────────────────────────────────────────────────────────────────────────────────

create function report_appeal_brings_its_words() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if (not exists (select from report_appeal_text where appeal_id = new.id and part = 'appeal')
      or new.explanation_hash is not null
      and not exists (select from report_appeal_text where appeal_id = new.id and part = 'explanation'))
     and exists (select from report_text where report_id = new.report_id) then
    raise exception 'an appeal brings the words whose hash it has' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
create constraint trigger report_appeal_brings_its_words after insert or update on report_appeal
  deferrable initially deferred for each row execute function report_appeal_brings_its_words();

create function report_appeal_text_matches_its_hash() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  said report_appeal;
begin
  select * into said from report_appeal where id = new.appeal_id;
  if words_hash(new.salt, new.text, null) is distinct from
     (case new.part when 'appeal' then said.text_hash else said.explanation_hash end) then
    raise exception 'these words are not the ones of the appeal' using errcode = 'check_violation';
  end if;
  if not exists (select from report_text where report_id = said.report_id) then
    raise exception 'the words of this report are erased' using errcode = 'restrict_violation';
  end if;
  return null;
end
$$;
create trigger report_appeal_text_matches_its_hash after insert on report_appeal_text
  for each row execute function report_appeal_text_matches_its_hash();
create trigger report_appeal_text_is_not_rewritten before update on report_appeal_text
  for each row execute function refuse_change();
create trigger report_appeal_text_is_not_emptied before truncate on report_appeal_text
  for each statement execute function refuse_change();

create function report_appeal_text_goes_with_its_report() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if exists (select from report_text t join report_appeal a on a.report_id = t.report_id where a.id = old.appeal_id) then
    raise exception 'the words of an appeal go with those of its report' using errcode = 'restrict_violation';
  end if;
  return old;
end
$$;
create trigger report_appeal_text_goes_with_its_report before delete on report_appeal_text
  for each row execute function report_appeal_text_goes_with_its_report();

-- Whoever erases the words of a report, its reporter, time, or the erasure of the comment, erases those of its appeal.
-- The appeal is ended first: that waits for an outcome that is being written, whose words go as well.
create function report_words_take_those_of_its_appeal() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  update report_appeal set status = 'lapsed' where report_id = old.report_id and status = 'open';
  delete from report_appeal_text t using report_appeal a where a.id = t.appeal_id and a.report_id = old.report_id;
  return null;
end
$$;

-- As before, and while a reporter's appeal is open, and as long after its outcome.
create or replace function words_are_needed(of_comment uuid) returns boolean
  language sql stable
  return exists (select from appeal a join site s on s.key = a.site
                  where a.comment_id = of_comment
                    and (a.status = 'open' or a.reviewed_at > moment() - s.retention_days * interval '1 day'))
      or exists (select from report_appeal a join site s on s.key = a.site
                  where a.comment_id = of_comment
                    and (a.status = 'open' or a.reviewed_at > moment() - s.retention_days * interval '1 day'))
      or exists (select from statement n join comment c on c.id = n.comment_id
                  where n.comment_id = of_comment and c.status in ('rejected', 'unpublished')
                    and n.appeal_until > moment());

-- ── Rights ──────────────────────────────────────────────────────────────────────────────────────────

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select, insert on report_appeal, report_appeal_text to postbag_desk;
    grant update (status, taken_back, outcome, reviewer_id, key_id, explanation_hash, outcome_seq)
      on report_appeal to postbag_desk;
  end if;
end
$$;

-- ── What was there before ───────────────────────────────────────────────────────────────────────────
-- Last, because it locks tables that the service is using: the log first, as every move does.

lock table move in share row exclusive mode;

-- Until when whoever reported may appeal: as the site had it when the comment was kept. NULL for what was kept before
-- this was written down.
alter table report
  add column appeal_until timestamptz(3),
  add constraint report_appeal_until check (appeal_until is null or coalesce(outcome, 'none') = 'keep');

create function report_can_be_appealed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  new.appeal_until :=
    case when new.status = 'resolved' and new.outcome = 'keep'
         then moment() + (select appeal_days from site where key = new.site) * interval '1 day' end;
  return new;
end
$$;
create trigger report_can_be_appealed before update on report
  for each row execute function report_can_be_appealed();

create function report_appeal_until(of_report uuid) returns timestamptz
  language sql stable
  return (
    select coalesce(r.appeal_until, r.resolved_at + s.appeal_days * interval '1 day')
      from report r join site s on s.key = r.site
     where r.id = of_report and r.outcome = 'keep'
  );

-- Whether everybody sees what they saw when the report was resolved by keeping it. The log tells what that was.
create function kept_still_shows(of_report uuid) returns boolean
  language sql stable
  return exists (
    select from report r
      join comment c on c.id = r.comment_id
     cross join lateral (
       select m.revision, m.shows_from, m.earlier_revision from move m
        where m.comment_id = r.comment_id and m.decided_at <= r.resolved_at
        order by m.seq desc limit 1
     ) as stood
     where r.id = of_report and r.outcome = 'keep' and c.status = 'published' and c.shows_from <= moment()
       and c.revision = case when stood.shows_from <= r.resolved_at then stood.revision else stood.earlier_revision end
  );

create unique index report_resolution_key on report (id, outcome, person_id, comment_id, site);
alter table report_appeal add constraint report_appeal_report_fkey
  foreign key (report_id, report_outcome, resolver_id, comment_id, site)
  references report (id, outcome, person_id, comment_id, site) on update restrict on delete restrict;
-- What an outcome does to the comment is a move of the reviewer's, and has a statement of reasons.
alter table report_appeal add constraint report_appeal_outcome_fkey
  foreign key (comment_id, outcome_seq, outcome_action, reviewer_id)
  references move (comment_id, seq, action, person_id) on update restrict on delete restrict
  deferrable initially deferred;
alter table report_appeal add constraint report_appeal_statement_fkey foreign key (comment_id, outcome_seq)
  references statement (comment_id, seq) on update restrict on delete restrict deferrable initially deferred;

create trigger report_words_take_those_of_its_appeal after delete on report_text
  for each row execute function report_words_take_those_of_its_appeal();

-- ── From filing to outcome ──────────────────────────────────────────────────────────────────────────

-- An appeal is about a comment that was kept and shows as it did, in time. The locks keep the comment, and the words of
-- the report, as they are until the appeal is there to end with them.
create function report_appeal_is_filed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  kept report;
  about comment;
begin
  select * into kept from report where id = new.report_id;
  select * into about from comment where id = kept.comment_id for share;
  perform from report_text where report_id = new.report_id for share;
  if not found or not kept_still_shows(new.report_id) then
    raise exception 'an appeal is about what was kept and still shows'
      using errcode = 'check_violation', constraint = 'report_appeal_of_what_was_kept';
  end if;
  if report_appeal_until(new.report_id) <= moment() then
    raise exception 'it is too late to appeal' using errcode = 'check_violation', constraint = 'report_appeal_in_time';
  end if;
  new.position := nextval('appeal_position_seq');
  new.resolver_id := kept.person_id;
  new.comment_id := kept.comment_id;
  new.site := kept.site;
  new.version := about.seq;
  new.filed_at := moment();
  return new;
end
$$;
create trigger report_appeal_is_filed before insert on report_appeal
  for each row execute function report_appeal_is_filed();
create trigger report_appeal_begins_open after insert on report_appeal
  for each row execute function appeal_begins_open();

-- It is settled once: by a reviewer, by its reporter, or by what else happened.
create function report_appeal_is_settled_once() returns trigger
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
    if exists (select from move where comment_id = old.comment_id and seq = 1 and person_id = new.reviewer_id) then
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
create trigger report_appeal_is_settled_once before update on report_appeal
  for each row execute function report_appeal_is_settled_once();
create trigger report_appeal_is_kept before delete on report_appeal for each row execute function refuse_change();
create trigger report_appeal_is_not_emptied before truncate on report_appeal
  for each statement execute function refuse_change();

-- As before, for appeals of either kind.
create or replace function move_lapses_appeals() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  update appeal set status = 'lapsed'
   where comment_id = new.comment_id and status = 'open' and version < new.seq;
  update report_appeal set status = 'lapsed'
   where comment_id = new.comment_id and status = 'open' and version < new.seq;
  return null;
end
$$;

create function outcome_of_a_report_stands() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if exists (select from report_appeal where comment_id = new.comment_id and outcome_seq = new.seq - 1) then
    raise exception 'the outcome of an appeal cannot be undone' using errcode = 'PB003';
  end if;
  return null;
end
$$;
create trigger outcome_of_a_report_stands after insert on move
  for each row when (new.action = 'undo') execute function outcome_of_a_report_stands();

revoke execute on function report_appeal_brings_its_words(), report_appeal_text_matches_its_hash(),
  report_appeal_text_goes_with_its_report(), report_words_take_those_of_its_appeal(), report_can_be_appealed(),
  report_appeal_until(uuid), kept_still_shows(uuid), report_appeal_is_filed(), report_appeal_is_settled_once(),
  outcome_of_a_report_stands() from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant execute on function report_appeal_until(uuid), kept_still_shows(uuid) to postbag_desk;
  end if;
end
$$;
