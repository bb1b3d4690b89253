-- A reader objects to a published comment. A report changes nothing by itself; a person reads it and resolves it.

create table report (
  id uuid not null default gen_random_uuid(),
  position bigint not null generated always as identity,
  site text not null,
  comment_id uuid not null,
  -- what stood when it was reported
  revision integer not null,
  receipt_hash bytea not null,
  kind text not null,
  -- code of the rule that it names
  rule text,
  -- ISO 3166-1, of the law that it names
  country text,
  -- somebody's life or safety is threatened
  danger boolean not null default false,
  filed_at timestamptz(3) not null default moment(),
  words_hash bytea not null,
  status text not null default 'open',
  outcome text,
  -- who resolved it; nobody where the comment went by another decision or by its reader
  person_id uuid,
  resolved_at timestamptz(3),
  -- the move by which it was resolved
  outcome_seq integer,
  answer_hash bytea,
  constraint report_pkey primary key (id),
  constraint report_position_key unique (position),
  constraint report_receipt_hash_key unique (receipt_hash),
  constraint report_id_person_key unique (id, person_id),
  constraint report_site_fkey foreign key (site) references site (key) on update restrict on delete restrict,
  constraint report_comment_id_revision_fkey foreign key (comment_id, revision)
    references revision (comment_id, seq) on update restrict on delete restrict,
  constraint report_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict,
  constraint report_outcome_fkey foreign key (comment_id, outcome_seq)
    references move (comment_id, seq) on update restrict on delete restrict deferrable initially deferred,
  constraint report_kind check (kind in ('rule', 'law')),
  constraint report_names check (case when kind = 'rule' then rule is not null and country is null
                                      else rule is null and country is not null end),
  constraint report_outcome check (
    case status
      when 'open' then outcome is null and person_id is null and resolved_at is null and outcome_seq is null
                       and answer_hash is null
      when 'resolved' then outcome is not null and resolved_at is not null
                       and case outcome
                             when 'keep' then person_id is not null and outcome_seq is null
                             when 'unpublish' then outcome_seq is not null
                             when 'edit' then person_id is not null and outcome_seq is not null
                             when 'gone' then person_id is null and outcome_seq is not null
                             when 'taken_back' then person_id is null and outcome_seq is null
                             else false end
      else false end
  )
);
create index report_open_idx on report (site, danger desc, position) where status = 'open';
create index report_site_position_idx on report (site, position);
create index report_comment_id_idx on report (comment_id);
create index report_person_id_idx on report (person_id);
create index report_resolved_at_idx on report (resolved_at) where status = 'resolved';

-- What the reader and the moderator wrote, in rows that can be erased.
create table report_text (
  report_id uuid not null,
  explanation text not null,
  law text,
  salt bytea not null,
  constraint report_text_pkey primary key (report_id),
  constraint report_text_report_id_fkey foreign key (report_id)
    references report (id) on update restrict on delete restrict,
  constraint report_text_salted check (octet_length(salt) = 16)
);
create table report_answer (
  report_id uuid not null,
  explanation text not null,
  salt bytea not null,
  constraint report_answer_pkey primary key (report_id),
  constraint report_answer_report_id_fkey foreign key (report_id)
    references report (id) on update restrict on delete restrict,
  constraint report_answer_salted check (octet_length(salt) = 16)
);
-- Who reports under a law may have to say who they are. Kept apart, and not for long.
create table report_contact (
  report_id uuid not null,
  name text,
  email text,
  constraint report_contact_pkey primary key (report_id),
  constraint report_contact_report_id_fkey foreign key (report_id)
    references report (id) on update restrict on delete restrict,
  constraint report_contact_says_something check (name is not null or email is not null)
);

-- A report is filed open, about what shows, and is resolved once.
create function report_is_filed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if new.status <> 'open' then
    raise exception 'a report is filed open' using errcode = 'check_violation';
  end if;
  if not exists (select from comment c
                  where c.id = new.comment_id and c.site = new.site and c.status = 'published'
                    and new.revision = case when c.shows_from <= moment() then c.revision else c.earlier_revision end) then
    raise exception 'what is reported shows' using errcode = 'check_violation';
  end if;
  new.filed_at := moment();
  return new;
end
$$;
create trigger report_is_filed before insert on report for each row execute function report_is_filed();

create function report_is_resolved_once() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if old.status <> 'open'
     or (new.id, new.position, new.site, new.comment_id, new.revision, new.receipt_hash, new.kind, new.danger,
         new.filed_at, new.words_hash)
        is distinct from
        (old.id, old.position, old.site, old.comment_id, old.revision, old.receipt_hash, old.kind, old.danger,
         old.filed_at, old.words_hash)
     or (new.rule, new.country) is distinct from (old.rule, old.country) then
    raise exception 'a report is resolved once, and nothing else of it changes' using errcode = 'restrict_violation';
  end if;
  if new.status = 'resolved' then
    new.resolved_at := moment();
  end if;
  return new;
end
$$;
create trigger report_is_resolved_once before update on report
  for each row execute function report_is_resolved_once();
create trigger report_is_kept before delete on report for each row execute function refuse_change();
create trigger report_is_not_emptied before truncate on report for each statement execute function refuse_change();
create trigger report_text_is_not_rewritten before update on report_text
  for each row execute function refuse_change();
create trigger report_answer_is_not_rewritten before update on report_answer
  for each row execute function refuse_change();

-- An outcome that acts on the comment is the move of the person who resolved the report.
create function report_outcome_is_theirs() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if new.outcome_seq is not null
     and not exists (select from move m
                      where m.comment_id = new.comment_id and m.seq = new.outcome_seq
                        and case new.outcome
                              when 'edit' then m.action = 'edit' and m.person_id = new.person_id
                              when 'unpublish' then m.action = 'unpublish'
                                                    and (new.person_id is null or m.person_id = new.person_id)
                              when 'gone' then m.from_status = 'published' and m.to_status <> 'published'
                              else false end) then
    raise exception 'the outcome of a report is a move of who resolved it' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
create constraint trigger report_outcome_is_theirs after update on report
  deferrable initially deferred for each row execute function report_outcome_is_theirs();

-- When a comment no longer shows, what was reported is gone, whoever made it go.
create function reports_end_with_what_shows() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  update report
     set status = 'resolved', outcome = case new.action when 'unpublish' then 'unpublish' else 'gone' end,
         outcome_seq = new.seq
   where comment_id = new.comment_id and status = 'open';
  return null;
end
$$;
create trigger reports_end_with_what_shows after insert on move
  for each row when (new.from_status = 'published' and new.to_status <> 'published' and new.action <> 'undo')
  execute function reports_end_with_what_shows();

-- A report may quote the comment, so its words go with those of the comment.
create function erasure_takes_the_reports() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  delete from report_text t using report r where r.id = t.report_id and r.comment_id = new.comment_id;
  delete from report_answer t using report r where r.id = t.report_id and r.comment_id = new.comment_id;
  return null;
end
$$;
create trigger erasure_takes_the_reports after insert on erasure
  for each row execute function erasure_takes_the_reports();

revoke execute on function report_is_filed(), report_is_resolved_once(), report_outcome_is_theirs(),
  reports_end_with_what_shows(), erasure_takes_the_reports() from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select, insert on report, report_text, report_answer, report_contact to postbag_desk;
    grant update (status, outcome, person_id, resolved_at, outcome_seq, answer_hash) on report to postbag_desk;
    grant delete on report_text, report_answer, report_contact to postbag_desk;
  end if;
end
$$;
