-- The whole of Postbag's data, in the order of a comment's life: tables first, then what keeps the
-- promises of src/README.md. Everything a constraint can say is said by a constraint, so that it holds
-- for every role; triggers compute, and refuse what a constraint cannot express.
--
-- A CHECK that yields NULL passes and a composite key with a NULL in it is not checked. Therefore the
-- columns that the rules hang on are NOT NULL, or generated from columns that are.

-- ── Time ────────────────────────────────────────────────────────────────────────────────────────────

-- Tests move the clock by this one row; production roles cannot write it.
create table clock (
  one boolean not null default true,
  ahead_ms bigint not null default 0,
  constraint clock_pkey primary key (one),
  constraint clock_one_row check (one)
);
insert into clock default values;

-- The only source of time. Statement time, so that it can be used in an index condition.
create function moment() returns timestamptz
  language sql stable
  return statement_timestamp() + (select ahead_ms from clock) * interval '1 millisecond';

-- ── Sites, articles, terms ──────────────────────────────────────────────────────────────────────────

create table site (
  key text not null,
  name text not null,
  language text not null,
  direction text not null,
  origins text[] not null,
  notice text,
  text_graphemes integer not null,
  text_bytes integer not null,
  name_graphemes integer not null,
  edits text not null,
  publish_delay integer not null,
  publish_every integer,
  times text not null,
  reply_depth integer not null,
  automatic_articles boolean not null,
  close_after integer,
  created_at timestamptz(3) not null default moment(),
  constraint site_pkey primary key (key),
  constraint site_key_form check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(key) <= 63),
  constraint site_direction check (direction in ('ltr', 'rtl')),
  constraint site_edits check (edits in ('full', 'removals', 'off')),
  constraint site_times check (times in ('minute', 'hour', 'day')),
  constraint site_limits check (
    text_graphemes between 1 and 20000 and text_bytes between 1 and 65536 and name_graphemes between 1 and 200
  ),
  constraint site_publication check (
    publish_delay between 0 and 86400 and (publish_every is null or publish_every between 1 and 86400)
  ),
  constraint site_replies check (reply_depth between 0 and 8),
  constraint site_closing check (close_after is null or close_after between 1 and 36500)
);

create table article (
  id uuid not null default gen_random_uuid(),
  site text not null,
  key text not null,
  title text,
  url text,
  language text,
  open boolean not null default true,
  automatic boolean not null default false,
  created_at timestamptz(3) not null default moment(),
  constraint article_pkey primary key (id),
  constraint article_site_key_key unique (site, key),
  constraint article_id_site_key unique (id, site),
  constraint article_site_fkey foreign key (site) references site (key) on update restrict on delete restrict,
  constraint article_key_size check (octet_length(key) between 1 and 2048)
);
create index article_site_created_at_idx on article (site, created_at);

create table terms (
  site text not null,
  version integer not null,
  language text not null,
  introduction text not null,
  created_at timestamptz(3) not null default moment(),
  published_at timestamptz(3),
  constraint terms_pkey primary key (site, version),
  constraint terms_site_fkey foreign key (site) references site (key) on update restrict on delete restrict,
  constraint terms_version_counts check (version >= 1)
);

create table rule (
  id uuid not null default gen_random_uuid(),
  site text not null,
  version integer not null,
  position integer not null,
  code text not null,
  title text not null,
  text text not null,
  needs_second boolean not null,
  category text not null,
  keywords text[] not null,
  constraint rule_pkey primary key (id),
  constraint rule_site_version_code_key unique (site, version, code),
  constraint rule_site_id_key unique (site, id),
  constraint rule_site_version_fkey foreign key (site, version)
    references terms (site, version) on update restrict on delete restrict,
  constraint rule_code_form check (code ~ '^[a-z][a-z0-9_]*$' and length(code) <= 40)
);

-- What a rule permits. A row with alone = true says that one person may do it; a rule that needs a
-- second person has only rows with alone = false for the moves that settle a comment.
create table rule_permit (
  site text not null,
  rule_id uuid not null,
  permit text not null,
  alone boolean not null,
  constraint rule_permit_pkey primary key (site, rule_id, permit, alone),
  constraint rule_permit_site_rule_id_fkey foreign key (site, rule_id)
    references rule (site, id) on update restrict on delete restrict,
  constraint rule_permit_known check (permit in ('edit', 'reject', 'return', 'unpublish'))
);

-- ── People ──────────────────────────────────────────────────────────────────────────────────────────

create table person (
  id uuid not null default gen_random_uuid(),
  pseudonym text not null,
  login text,
  password_hash text,
  admin boolean not null default false,
  active boolean not null default true,
  first_admin boolean not null default false,
  created_at timestamptz(3) not null default moment(),
  constraint person_pkey primary key (id),
  constraint person_pseudonym_key unique (pseudonym),
  constraint person_login_key unique (login)
);
create unique index person_first_admin_key on person (first_admin) where (first_admin);

create table membership (
  person_id uuid not null,
  site text not null,
  role text not null,
  languages text[] not null,
  constraint membership_pkey primary key (person_id, site),
  constraint membership_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict,
  constraint membership_site_fkey foreign key (site) references site (key) on update restrict on delete restrict,
  constraint membership_role check (role in ('moderator', 'editor'))
);
create index membership_site_idx on membership (site);

create table session (
  hash bytea not null,
  person_id uuid not null,
  created_at timestamptz(3) not null default moment(),
  expires_at timestamptz(3) not null,
  constraint session_pkey primary key (hash),
  constraint session_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict
);
create index session_person_id_idx on session (person_id);

create table sign_in_link (
  hash bytea not null,
  person_id uuid not null,
  expires_at timestamptz(3) not null,
  constraint sign_in_link_pkey primary key (hash),
  constraint sign_in_link_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict
);
create index sign_in_link_person_id_idx on sign_in_link (person_id);

-- A key without a person is a service's: it may never decide, because a move names the key's person.
create table access_key (
  id uuid not null default gen_random_uuid(),
  hash bytea not null,
  name text not null,
  person_id uuid,
  scopes text[] not null,
  created_at timestamptz(3) not null default moment(),
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  constraint access_key_pkey primary key (id),
  constraint access_key_hash_key unique (hash),
  constraint access_key_id_person_id_key unique (id, person_id),
  constraint access_key_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict
);
create index access_key_person_id_idx on access_key (person_id);

-- ── Comments ────────────────────────────────────────────────────────────────────────────────────────

-- From seq down, a comment is the projection of its newest move; a trigger on move writes it.
create table comment (
  id uuid not null default gen_random_uuid(),
  position bigint not null generated always as identity,
  site text not null,
  article_id uuid not null,
  parent_id uuid,
  root_id uuid,
  ancestors uuid[] not null default '{}',
  language text not null,
  receipt_hash bytea not null,
  submitted_at timestamptz(3) not null default moment(),
  erased_at timestamptz(3),
  seq integer not null default 1,
  status text not null default 'pending',
  revision integer not null default 1,
  head_hash bytea not null,
  shows_from timestamptz(3),
  earlier_revision integer,
  first_shown_at timestamptz(3),
  constraint comment_pkey primary key (id),
  constraint comment_position_key unique (position),
  constraint comment_receipt_hash_key unique (receipt_hash),
  constraint comment_id_article_id_key unique (id, article_id),
  constraint comment_article_id_site_fkey foreign key (article_id, site)
    references article (id, site) on update restrict on delete restrict,
  constraint comment_parent_id_article_id_fkey foreign key (parent_id, article_id)
    references comment (id, article_id) on update restrict on delete restrict,
  constraint comment_root_id_article_id_fkey foreign key (root_id, article_id)
    references comment (id, article_id) on update restrict on delete restrict,
  constraint comment_thread check (
    (parent_id is null) = (cardinality(ancestors) = 0)
    and root_id is not distinct from ancestors[1]
    and parent_id is not distinct from ancestors[cardinality(ancestors)]
    and array_position(ancestors, null) is null
  ),
  constraint comment_shown_only_when_published check (
    case when status = 'published' then shows_from is not null and first_shown_at is not null
         else shows_from is null and earlier_revision is null end
  ),
  constraint comment_erased_is_settled check (
    erased_at is null or status in ('rejected', 'unpublished', 'expired', 'withdrawn')
  )
);
-- An article's threads in order, and the replies of one: both are read from the index without sorting.
create index comment_threads_idx on comment (article_id, first_shown_at, id) where root_id is null;
create index comment_replies_idx on comment (root_id, first_shown_at, id) where root_id is not null;
create index comment_site_status_position_idx on comment (site, status, position);
create index comment_parent_id_idx on comment (parent_id);

-- One version of a text: made by the move of the same comment and seq, and based on what that move judged.
create table revision (
  comment_id uuid not null,
  seq integer not null,
  site text not null,
  terms_version integer not null,
  rules uuid[] not null default '{}',
  graphemes integer not null,
  bytes integer not null,
  removed jsonb not null default '{}',
  text_hash bytea not null,
  constraint revision_pkey primary key (comment_id, seq),
  constraint revision_site_terms_version_fkey foreign key (site, terms_version)
    references terms (site, version) on update restrict on delete restrict,
  constraint revision_says_something check (graphemes >= 1 and bytes between 1 and 65536)
);

-- Where a reader's words live, and nowhere else: a row that can be erased without touching the log.
create table revision_text (
  comment_id uuid not null,
  seq integer not null,
  name text,
  text text not null,
  salt bytea not null,
  constraint revision_text_pkey primary key (comment_id, seq),
  constraint revision_text_comment_id_seq_fkey foreign key (comment_id, seq)
    references revision (comment_id, seq) on update restrict on delete restrict,
  constraint revision_text_size check (octet_length(text) between 1 and 65536),
  constraint revision_text_salted check (octet_length(salt) = 16)
);

-- What screening noticed about a revision: advice for the moderator, never a verdict.
create table screening (
  comment_id uuid not null,
  seq integer not null,
  signals jsonb not null,
  screened_at timestamptz(3) not null default moment(),
  constraint screening_pkey primary key (comment_id, seq),
  constraint screening_comment_id_seq_fkey foreign key (comment_id, seq)
    references revision (comment_id, seq) on update restrict on delete restrict
);

-- ── The log ─────────────────────────────────────────────────────────────────────────────────────────

-- Every legal move (DESIGN: a comment's life). src/comments/status.ts holds the same table; a test compares.
create table transition (
  action text not null,
  proposal text not null,
  from_status text not null,
  to_status text not null,
  actor text not null,
  cites boolean not null,
  constraint transition_pkey primary key (action, proposal, from_status, to_status, actor, cites),
  constraint transition_publishes_by_a_person check (to_status <> 'published' or actor = 'person'),
  constraint transition_restricts_under_a_rule check (
    cites or (action not in ('edit', 'reject', 'return', 'unpublish') and proposal not in ('edit', 'reject'))
  )
);
insert into transition (action, proposal, from_status, to_status, actor, cites) values
  ('submit',    'none',    'none',          'pending',       'reader', false),
  ('approve',   'none',    'pending',       'published',     'person', false),
  ('approve',   'none',    'second_review', 'published',     'person', false),
  ('edit',      'none',    'pending',       'published',     'person', true),
  ('edit',      'none',    'second_review', 'published',     'person', true),
  ('edit',      'none',    'published',     'published',     'person', true),
  ('reject',    'none',    'pending',       'rejected',      'person', true),
  ('reject',    'none',    'second_review', 'rejected',      'person', true),
  ('return',    'none',    'pending',       'returned',      'person', true),
  ('resubmit',  'none',    'returned',      'pending',       'reader', false),
  ('escalate',  'approve', 'pending',       'second_review', 'person', false),
  ('escalate',  'edit',    'pending',       'second_review', 'person', true),
  ('escalate',  'reject',  'pending',       'second_review', 'person', true),
  ('undo',      'none',    'published',     'pending',       'person', false),
  ('undo',      'none',    'published',     'second_review', 'person', false),
  ('undo',      'none',    'published',     'published',     'person', false),
  ('undo',      'none',    'published',     'rejected',      'person', false),
  ('undo',      'none',    'published',     'unpublished',   'person', false),
  ('undo',      'none',    'published',     'expired',       'person', false),
  ('undo',      'none',    'rejected',      'pending',       'person', false),
  ('undo',      'none',    'rejected',      'second_review', 'person', false),
  ('undo',      'none',    'returned',      'pending',       'person', false),
  ('undo',      'none',    'second_review', 'pending',       'person', false),
  ('unpublish', 'none',    'published',     'unpublished',   'person', true),
  ('restore',   'none',    'rejected',      'published',     'person', false),
  ('restore',   'none',    'unpublished',   'published',     'person', false),
  ('restore',   'none',    'expired',       'published',     'person', false),
  ('expire',    'none',    'pending',       'expired',       'system', false),
  ('expire',    'none',    'returned',      'expired',       'system', false),
  ('withdraw',  'none',    'pending',       'withdrawn',     'reader', false),
  ('withdraw',  'none',    'second_review', 'withdrawn',     'reader', false),
  ('withdraw',  'none',    'published',     'withdrawn',     'reader', false),
  ('withdraw',  'none',    'rejected',      'withdrawn',     'reader', false),
  ('withdraw',  'none',    'returned',      'withdrawn',     'reader', false),
  ('withdraw',  'none',    'unpublished',   'withdrawn',     'reader', false),
  ('withdraw',  'none',    'expired',       'withdrawn',     'reader', false);

-- Who escalated, so that a key can say that the second person is another one.
create table escalation (
  comment_id uuid not null,
  seq integer not null,
  person_id uuid not null,
  action text not null generated always as ('escalate') stored,
  constraint escalation_pkey primary key (comment_id, seq),
  constraint escalation_comment_id_seq_person_id_key unique (comment_id, seq, person_id)
);

create table move (
  comment_id uuid not null,
  seq integer not null,
  id uuid not null default gen_random_uuid(),
  site text not null,
  action text not null,
  proposal text not null default 'none',
  from_status text not null,
  to_status text not null,
  actor text not null,
  cites boolean not null,
  person_id uuid,
  key_id uuid,
  judged_revision integer not null,
  revision integer not null,
  rules uuid[] not null default '{}',
  words_hash bytea,
  text_hash bytea,
  decided_at timestamptz(3) not null,
  shows_from timestamptz(3),
  earlier_revision integer,
  first_shown_at timestamptz(3),
  escalation_seq integer,
  first_person_id uuid,
  prev_hash bytea,
  back_to_hash bytea,
  hash bytea not null,
  prev_seq integer generated always as (nullif(seq - 1, 0)) stored,
  back_to_seq integer generated always as (case when action = 'undo' then seq - 2 end) stored,
  lead_rule_id uuid generated always as (rules[1]) stored,
  permit text generated always as (case when action = 'escalate' then proposal else action end) stored,
  alone boolean generated always as (action in ('edit', 'reject') and from_status = 'pending') stored,
  constraint move_pkey primary key (comment_id, seq),
  constraint move_id_key unique (id),
  constraint move_state_key unique (comment_id, seq, site, to_status, revision, hash),
  constraint move_new_text_key unique (comment_id, seq, site, text_hash),
  constraint move_escalation_key unique (comment_id, seq, action, person_id),

  -- Only legal transitions, by the right kind of actor, citing where they must.
  constraint move_transition_fkey foreign key (action, proposal, from_status, to_status, actor, cites)
    references transition (action, proposal, from_status, to_status, actor, cites)
    on update restrict on delete restrict,
  constraint move_person check ((actor = 'person') = (person_id is not null)),
  constraint move_key_of_a_person check (key_id is null or person_id is not null),
  constraint move_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict,
  constraint move_key_id_person_id_fkey foreign key (key_id, person_id)
    references access_key (id, person_id) on update restrict on delete restrict,

  -- An unbroken chain: each move starts where the one before it ended, and judges what stood then.
  constraint move_starts check (
    (seq = 1) = (action = 'submit') and (seq = 1) = (from_status = 'none') and (seq = 1) = (prev_hash is null)
    and seq >= 1
  ),
  constraint move_follows_fkey foreign key (comment_id, prev_seq, site, from_status, judged_revision, prev_hash)
    references move (comment_id, seq, site, to_status, revision, hash) on update restrict on delete restrict,
  constraint move_undo_names_state check ((action = 'undo') = (back_to_hash is not null)),
  constraint move_undo_goes_back_fkey foreign key (comment_id, back_to_seq, site, to_status, revision, back_to_hash)
    references move (comment_id, seq, site, to_status, revision, hash) on update restrict on delete restrict,

  -- Approving publishes exactly what was judged; a new text is a new revision of this move.
  constraint move_stands check (
    case when action in ('submit', 'resubmit', 'edit') then revision = seq
         when action in ('restore', 'undo') then revision < seq
         else revision = judged_revision end
    and (action <> 'submit' or judged_revision = 1)
  ),
  constraint move_brings_a_text check (
    (text_hash is not null) = (action in ('submit', 'resubmit', 'edit') or proposal = 'edit')
  ),

  -- An edit and every restrictive move cite a rule of this site that permits it.
  constraint move_cites check (
    cites = (cardinality(rules) > 0) and cites = (lead_rule_id is not null) and array_position(rules, null) is null
  ),
  constraint move_permitted_fkey foreign key (site, lead_rule_id, permit, alone)
    references rule_permit (site, rule_id, permit, alone) on update restrict on delete restrict,

  -- The second person is another person.
  constraint move_second_person check (
    case when from_status = 'second_review' and action in ('approve', 'edit', 'reject')
         then first_person_id is not null and escalation_seq is not null and first_person_id <> person_id
         else first_person_id is null and escalation_seq is null end
  ),
  constraint move_escalation_fkey foreign key (comment_id, escalation_seq, first_person_id)
    references escalation (comment_id, seq, person_id) on update restrict on delete restrict,

  constraint move_shows_only_when_published check (
    case when to_status = 'published' then shows_from is not null and first_shown_at is not null
         else shows_from is null and earlier_revision is null end
  )
);
create index move_person_id_idx on move (person_id);

-- Every rule that a move cites; move.lead_rule_id is the first of them.
create table citation (
  comment_id uuid not null,
  seq integer not null,
  site text not null,
  rule_id uuid not null,
  permit text not null,
  alone boolean not null,
  constraint citation_pkey primary key (comment_id, seq, rule_id),
  constraint citation_comment_id_seq_fkey foreign key (comment_id, seq)
    references move (comment_id, seq) on update restrict on delete restrict,
  constraint citation_permitted_fkey foreign key (site, rule_id, permit, alone)
    references rule_permit (site, rule_id, permit, alone) on update restrict on delete restrict
);
create index citation_rule_id_idx on citation (rule_id);

-- Reasons (for the reader) and notes (for moderators): erasable, like texts.
create table move_text (
  comment_id uuid not null,
  seq integer not null,
  reason text,
  note text,
  salt bytea not null,
  constraint move_text_pkey primary key (comment_id, seq),
  constraint move_text_comment_id_seq_fkey foreign key (comment_id, seq)
    references move (comment_id, seq) on update restrict on delete restrict,
  constraint move_text_says_something check (reason is not null or note is not null),
  constraint move_text_salted check (octet_length(salt) = 16)
);

create table erasure (
  comment_id uuid not null,
  asked_by text not null,
  person_id uuid,
  erased_at timestamptz(3) not null default moment(),
  constraint erasure_pkey primary key (comment_id),
  constraint erasure_comment_id_fkey foreign key (comment_id)
    references comment (id) on update restrict on delete restrict,
  constraint erasure_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict,
  constraint erasure_asked_by check (asked_by in ('reader', 'person', 'system')),
  constraint erasure_person check ((asked_by = 'person') = (person_id is not null))
);
create index erasure_person_id_idx on erasure (person_id);

-- What happened, written with the move that made it happen; delivery tells others when it is due.
create table event (
  id uuid not null default gen_random_uuid(),
  site text not null,
  type text not null,
  comment_id uuid not null,
  seq integer not null,
  due_at timestamptz(3) not null,
  constraint event_pkey primary key (id),
  constraint event_comment_id_seq_key unique (comment_id, seq),
  constraint event_comment_id_seq_fkey foreign key (comment_id, seq)
    references move (comment_id, seq) on update restrict on delete restrict
);
create index event_due_at_idx on event (due_at);

create table idempotency_key (
  hash bytea not null,
  fingerprint bytea not null,
  comment_id uuid not null,
  created_at timestamptz(3) not null default moment(),
  constraint idempotency_key_pkey primary key (hash),
  constraint idempotency_key_comment_id_fkey foreign key (comment_id)
    references comment (id) on update restrict on delete restrict
);
create index idempotency_key_comment_id_idx on idempotency_key (comment_id);
create index idempotency_key_created_at_idx on idempotency_key (created_at);

-- Keys that point at each other within one transaction wait for its end.
alter table comment add constraint comment_stands_fkey foreign key (id, seq, site, status, revision, head_hash)
  references move (comment_id, seq, site, to_status, revision, hash)
  on update restrict on delete restrict deferrable initially deferred;
alter table move add constraint move_comment_id_fkey foreign key (comment_id)
  references comment (id) on update restrict on delete restrict deferrable initially deferred;
alter table move add constraint move_comment_id_revision_fkey foreign key (comment_id, revision)
  references revision (comment_id, seq) on update restrict on delete restrict deferrable initially deferred;
alter table revision add constraint revision_made_by_fkey foreign key (comment_id, seq, site, text_hash)
  references move (comment_id, seq, site, text_hash)
  on update restrict on delete restrict deferrable initially deferred;
alter table escalation add constraint escalation_made_by_fkey foreign key (comment_id, seq, action, person_id)
  references move (comment_id, seq, action, person_id)
  on update restrict on delete restrict deferrable initially deferred;
