-- Others are told what happened: each endpoint that wants to know of an event gets a delivery, written by the transaction
-- that made the event. Without endpoints nothing is written and nothing is waited for.

-- Not only moves are told: a report, an appeal, an erasure. These have no place in the comment's log, but an id.
alter table event
  alter column seq drop not null,
  add column about_id uuid,
  add constraint event_tells_a_move_or_names_it check ((seq is null) = (about_id is not null)) not valid;

create table webhook (
  id uuid not null default gen_random_uuid(),
  position bigint not null generated always as identity,
  -- of which it is told; none: of all
  site text,
  url text not null,
  description text,
  events text[] not null,
  -- whether it may see what is not public
  moderation boolean not null default false,
  enabled boolean not null default true,
  created_at timestamptz(3) not null default moment(),
  -- since when nothing has reached it
  failing_since timestamptz(3),
  -- by itself: `gone`, it said so; `failing`, for days
  disabled_because text,
  disabled_at timestamptz(3),
  -- what is still to be told again: events from one time and id on, up to another time
  replay_from timestamptz(3),
  replay_after uuid,
  replay_until timestamptz(3),
  -- nothing is told any more; the row goes when all its deliveries are gone
  deleted_at timestamptz(3),
  constraint webhook_pkey primary key (id),
  constraint webhook_position_key unique (position),
  constraint webhook_site_fkey foreign key (site) references site (key) on update restrict on delete restrict,
  constraint webhook_wants_something check (cardinality(events) > 0),
  constraint webhook_disabled_because check (disabled_because in ('gone', 'failing')),
  constraint webhook_is_disabled check ((disabled_because is null) = (disabled_at is null)
                                        and not (enabled and disabled_because is not null)),
  constraint webhook_deleted_is_silent check (deleted_at is null or not enabled),
  constraint webhook_replays_between check ((replay_from is null) = (replay_until is null))
);

-- What it signs with: while one takes another's place, both do.
create table webhook_secret (
  id uuid not null default gen_random_uuid(),
  webhook_id uuid not null,
  -- encrypted
  secret bytea not null,
  made_at timestamptz(3) not null default moment(),
  ends_at timestamptz(3),
  constraint webhook_secret_pkey primary key (id),
  constraint webhook_secret_webhook_id_fkey foreign key (webhook_id)
    references webhook (id) on update restrict on delete cascade
);
create index webhook_secret_webhook_id_idx on webhook_secret (webhook_id);

-- What one endpoint is to be told. It holds nothing that anybody wrote: that is read when it is sent.
create table delivery (
  id uuid not null default gen_random_uuid(),
  position bigint not null generated always as identity,
  webhook_id uuid not null,
  -- none: `ping`, and what is not kept, such as that an article shows something else
  event_id uuid,
  type text not null,
  site text,
  article_id uuid,
  -- the comment whose publication changes the article, or the endpoint that was disabled
  about_id uuid,
  happened_at timestamptz(3) not null,
  -- when it is tried next; while somebody does, until when nobody else does
  due_at timestamptz(3) not null,
  status text not null default 'waiting',
  -- how often it was tried since it was due, and how often it was taken at all
  tries integer not null default 0,
  taken integer not null default 0,
  settled_at timestamptz(3),
  constraint delivery_pkey primary key (id),
  constraint delivery_position_key unique (position),
  constraint delivery_webhook_id_event_id_key unique (webhook_id, event_id),
  constraint delivery_webhook_id_fkey foreign key (webhook_id)
    references webhook (id) on update restrict on delete restrict,
  constraint delivery_event_id_fkey foreign key (event_id)
    references event (id) on update restrict on delete restrict,
  constraint delivery_article_id_fkey foreign key (article_id)
    references article (id) on update restrict on delete restrict,
  constraint delivery_status check (status in ('waiting', 'delivered', 'failed')),
  constraint delivery_is_settled check ((status = 'waiting') = (settled_at is null))
);
create index delivery_waiting_idx on delivery (webhook_id, due_at) where status = 'waiting';
create index delivery_waiting_article_idx on delivery (webhook_id, article_id) where status = 'waiting';
create index delivery_webhook_id_position_idx on delivery (webhook_id, position);
create index delivery_settled_at_idx on delivery (settled_at);
create index delivery_event_id_idx on delivery (event_id);
create index delivery_article_id_idx on delivery (article_id);

-- How a try went; nothing of what was sent or answered.
create table delivery_attempt (
  delivery_id uuid not null,
  nth integer not null,
  at timestamptz(3) not null default moment(),
  status integer,
  -- a word where there was no answer
  fault text,
  ms integer not null,
  constraint delivery_attempt_pkey primary key (delivery_id, nth),
  constraint delivery_attempt_delivery_id_fkey foreign key (delivery_id)
    references delivery (id) on update restrict on delete cascade,
  constraint delivery_attempt_went check ((status is null) <> (fault is null))
);

-- ── Written with what happened ──────────────────────────────────────────────────────────────────────

-- An endpoint that is being deleted at this moment keeps nobody waiting: it is left out.
create function event_is_told() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (select from webhook where enabled) then
    return null;
  end if;
  insert into delivery (webhook_id, event_id, type, site, happened_at, due_at)
    select w.id, e.id, e.type, e.site, e.due_at, e.due_at
      from told e join webhook w on w.enabled and (w.site is null or w.site = e.site) and e.type = any (w.events)
       for key share of w skip locked;
  return null;
end
$$;
create trigger event_is_told after insert on event
  referencing new table as told for each statement execute function event_is_told();

create function report_is_told() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into event (site, type, comment_id, about_id, due_at)
    values (new.site, case new.status when 'open' then 'report.created' else 'report.resolved' end,
            new.comment_id, new.id, moment());
  return null;
end
$$;
create trigger report_is_told after insert on report for each row execute function report_is_told();
create trigger report_resolution_is_told after update on report
  for each row when (old.status = 'open' and new.status = 'resolved') execute function report_is_told();

-- Of whoever wrote a comment, and of whoever reported one.
create function appeal_is_told() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into event (site, type, comment_id, about_id, due_at)
    values (new.site, case new.status when 'open' then 'appeal.created' else 'appeal.decided' end,
            new.comment_id, new.id, moment());
  return null;
end
$$;
create trigger appeal_is_told after insert on appeal for each row execute function appeal_is_told();
create trigger appeal_outcome_is_told after update on appeal
  for each row when (old.status = 'open' and new.status = 'decided') execute function appeal_is_told();
create trigger report_appeal_is_told after insert on report_appeal for each row execute function appeal_is_told();
create trigger report_appeal_outcome_is_told after update on report_appeal
  for each row when (old.status = 'open' and new.status = 'decided') execute function appeal_is_told();

-- Whoever keeps a copy has to erase it as well.
create function erasure_is_told() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into event (site, type, comment_id, about_id, due_at)
    select c.site, 'comment.erased', c.id, c.id, moment() from comment c where c.id = new.comment_id;
  return null;
end
$$;
create trigger erasure_is_told after insert on erasure for each row execute function erasure_is_told();

-- ── What caches are to forget ───────────────────────────────────────────────────────────────────────

-- Rows are only added, so that two who decide about one article wait for each other no more than before; whoever sends one
-- takes all that are due for the article. All of one second are due at its end, so that a burst of decisions is told once.
create function tell_caches(of_site text, of_article uuid, of_comment uuid, at timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into delivery (webhook_id, type, site, article_id, about_id, happened_at, due_at)
    select w.id, t.type, of_site, of_article, of_comment, at,
           date_bin('1 second', at, timestamptz 'epoch') + interval '1 second'
      from (select case when of_article is null then 'site.changed' else 'article.changed' end as type) as t
      join webhook w on w.enabled and (w.site is null or w.site = of_site) and t.type = any (w.events)
       for key share of w skip locked;
end
$$;

-- At once where what shows is another text than before, and once more when a publication is due.
create function comment_is_told_to_caches() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  at timestamptz := moment();
  shown integer := case when old.status = 'published'
                        then case when old.shows_from <= at then old.revision else old.earlier_revision end end;
  shows integer := case when new.status = 'published'
                        then case when new.shows_from <= at then new.revision else new.earlier_revision end end;
begin
  if not exists (select from webhook where enabled) then
    return null;
  end if;
  if shown is distinct from shows then
    perform tell_caches(new.site, new.article_id, null, at);
  end if;
  if new.status = 'published' and new.shows_from > at and new.shows_from is distinct from old.shows_from then
    perform tell_caches(new.site, new.article_id, new.id, new.shows_from);
  end if;
  return null;
end
$$;
create trigger comment_is_told_to_caches after update on comment
  for each row when (old.status = 'published' or new.status = 'published')
  execute function comment_is_told_to_caches();

create function article_is_told_to_caches() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform tell_caches(new.site, new.id, null, moment());
  return null;
end
$$;
create trigger article_is_told_to_caches after update on article
  for each row when (old.* is distinct from new.*) execute function article_is_told_to_caches();

create function site_is_told_to_caches() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform tell_caches(new.site, null, null, moment());
  return null;
end
$$;
create trigger site_is_told_to_caches after insert on public_change
  for each row when (new.what = 'site') execute function site_is_told_to_caches();

-- ── Rights ──────────────────────────────────────────────────────────────────────────────────────────

revoke execute on function event_is_told(), report_is_told(), appeal_is_told(), erasure_is_told(),
  tell_caches(text, uuid, uuid, timestamptz), comment_is_told_to_caches(), article_is_told_to_caches(),
  site_is_told_to_caches() from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select, insert, update, delete on webhook, webhook_secret, delivery to postbag_desk;
    grant select, insert, delete on delivery_attempt to postbag_desk;
  end if;
end
$$;
