-- One decision over many near-identical comments, what moderators tell each other, and reasons that are kept for
-- the next time.

-- ── Clusters ────────────────────────────────────────────────────────────────────────────────────────

-- One person's decision over a cluster of near-identical comments, carried out comment by comment, each with a move
-- of its own. What the person wrote is forgotten when it is carried out; the moves keep it as for any decision.
create table cluster_decision (
  id uuid not null default gen_random_uuid(),
  site text not null,
  match_hash bigint not null,
  -- the comment that the person had before them; the others count as the same
  sample_id uuid not null,
  person_id uuid not null,
  key_id uuid,
  action text not null,
  decision jsonb,
  decided_at timestamptz(3) not null default moment(),
  undone_at timestamptz(3),
  undone_by uuid,
  constraint cluster_decision_pkey primary key (id),
  constraint cluster_decision_site_fkey foreign key (site)
    references site (key) on update restrict on delete restrict,
  constraint cluster_decision_sample_id_fkey foreign key (sample_id)
    references comment (id) on update restrict on delete restrict,
  constraint cluster_decision_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict,
  constraint cluster_decision_key_id_person_id_fkey foreign key (key_id, person_id)
    references access_key (id, person_id) on update restrict on delete restrict,
  constraint cluster_decision_undone_by_fkey foreign key (undone_by)
    references person (id) on update restrict on delete restrict,
  constraint cluster_decision_undone check ((undone_at is null) = (undone_by is null))
);
create index cluster_decision_unfinished_idx on cluster_decision (decided_at) where decision is not null;
create index cluster_decision_person_id_idx on cluster_decision (person_id);
create index cluster_decision_undone_by_idx on cluster_decision (undone_by);
create index cluster_decision_sample_id_idx on cluster_decision (sample_id);
create index cluster_decision_site_idx on cluster_decision (site);

-- The comments that it is about; what comes later is not among them.
create table cluster_comment (
  decision_id uuid not null,
  comment_id uuid not null,
  -- the version that is to be decided about
  version integer not null,
  state text not null default 'waits',
  -- why it was left as it was
  problem text,
  constraint cluster_comment_pkey primary key (decision_id, comment_id),
  constraint cluster_comment_decision_id_fkey foreign key (decision_id)
    references cluster_decision (id) on update restrict on delete restrict,
  constraint cluster_comment_comment_id_fkey foreign key (comment_id)
    references comment (id) on update restrict on delete restrict,
  constraint cluster_comment_state check (state in ('waits', 'done', 'left', 'undone')),
  constraint cluster_comment_left check ((state = 'left') = (problem is not null))
);
create index cluster_comment_waits_idx on cluster_comment (decision_id, comment_id) where state = 'waits';
create index cluster_comment_comment_id_idx on cluster_comment (comment_id);

-- ── Notes ───────────────────────────────────────────────────────────────────────────────────────────

-- What moderators tell each other about a comment; gone with its words.
create table note (
  id uuid not null default gen_random_uuid(),
  comment_id uuid not null,
  person_id uuid not null,
  written_at timestamptz(3) not null default moment(),
  text text not null,
  constraint note_pkey primary key (id),
  constraint note_comment_id_fkey foreign key (comment_id)
    references comment (id) on update restrict on delete restrict,
  constraint note_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict
);
create index note_comment_id_written_at_idx on note (comment_id, written_at);
create index note_person_id_idx on note (person_id);
create trigger note_is_not_rewritten before update on note for each row execute function refuse_change();
create trigger note_is_not_emptied before truncate on note for each statement execute function refuse_change();
create trigger note_erasure_is_logged before delete on note for each row execute function refuse_silent_erasure();

create function note_comes_before_erasure() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if exists (select from erasure where comment_id = new.comment_id) then
    raise exception 'this comment is erased' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger note_comes_before_erasure before insert on note
  for each row execute function note_comes_before_erasure();

create function erasure_takes_the_notes() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  delete from note where comment_id = new.comment_id;
  return null;
end
$$;
create trigger erasure_takes_the_notes after insert on erasure
  for each row execute function erasure_takes_the_notes();

-- ── Saved reasons ───────────────────────────────────────────────────────────────────────────────────

create table saved_reason (
  site text not null,
  position integer not null,
  title text not null,
  -- code of a rule of the site's terms; any where there is none
  rule text,
  language text,
  text text not null,
  constraint saved_reason_pkey primary key (site, position),
  constraint saved_reason_site_fkey foreign key (site) references site (key) on update restrict on delete restrict
);

revoke execute on function note_comes_before_erasure(), erasure_takes_the_notes() from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select, insert on cluster_decision, cluster_comment, note to postbag_desk;
    grant update (decision, undone_at, undone_by) on cluster_decision to postbag_desk;
    grant update (version, state, problem) on cluster_comment to postbag_desk;
    grant select, insert, delete on saved_reason to postbag_desk;
  end if;
end
$$;
