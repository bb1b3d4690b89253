-- Figures about what was decided, kept day by day, so that nobody who asks for them reads the log. They are counted
-- from the sealed log, place by place: what is sealed late is counted late, and nothing is counted twice. And decisions
-- that are judged a second time, blind, to see whether two people decide alike.

-- ── Figures ─────────────────────────────────────────────────────────────────────────────────────────

-- Up to which place of its log a site is counted.
create table counted (
  site text not null,
  position bigint not null,
  constraint counted_pkey primary key (site),
  constraint counted_site_fkey foreign key (site) references site (key) on update restrict on delete restrict
);

create table statistic_day (
  site text not null,
  -- of the move, in UTC; of what is overturned, the day on which it was
  day date not null,
  language text not null,
  action text not null,
  -- code of a rule that the moves cite; '' for the moves themselves, however many rules each cites
  rule text not null,
  made integer not null,
  undone integer not null,
  -- by a restore, whether an appeal led to it or not
  overturned integer not null,
  constraint statistic_day_pkey primary key (site, day, language, action, rule),
  constraint statistic_day_site_fkey foreign key (site) references site (key) on update restrict on delete restrict
);

-- The same for each person, for editors alone.
create table statistic_person_day (
  site text not null,
  day date not null,
  person_id uuid not null,
  language text not null,
  action text not null,
  rule text not null,
  made integer not null,
  undone integer not null,
  overturned integer not null,
  constraint statistic_person_day_pkey primary key (site, day, person_id, language, action, rule),
  constraint statistic_person_day_site_fkey foreign key (site)
    references site (key) on update restrict on delete restrict,
  constraint statistic_person_day_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict
);
create index statistic_person_day_person_id_idx on statistic_person_day (person_id);

-- How long comments waited, from being sent to the decision; undone decisions are taken away again.
create table statistic_wait (
  site text not null,
  -- of the decision
  day date not null,
  language text not null,
  -- see wait_bucket
  bucket integer not null,
  decisions integer not null,
  constraint statistic_wait_pkey primary key (site, day, language, bucket),
  constraint statistic_wait_site_fkey foreign key (site) references site (key) on update restrict on delete restrict
);

-- Between which places the comments of a day lie, by which a search for days begins where they are.
create table submission_day (
  site text not null,
  day date not null,
  lowest bigint not null,
  highest bigint not null,
  constraint submission_day_pkey primary key (site, day),
  constraint submission_day_site_fkey foreign key (site) references site (key) on update restrict on delete restrict
);

-- Whole seconds below 64, from there on a thirty-second part of each power of two: no value is off by more than 3 %.
-- src/moderation/statistics/waits.ts reads it.
create function wait_bucket(seconds bigint) returns integer
  language sql immutable
  return case
    when seconds < 64 then greatest(seconds, 0)
    else (select 64 + (power - 6) * 32 + (seconds >> (power - 5)) - 32
            from (select length(ltrim(seconds::bit(64)::text, '0')) - 1 as power) as highest_bit)
  end::integer;

-- The decision by which a comment was as a move found it: the move before, or what an undo led back to.
create function decision_before(of_comment uuid, of_seq integer) returns integer
  language sql stable
  return (
    with recursive past as (
      select m.seq, m.action from move m where m.comment_id = of_comment and m.seq = of_seq - 1
      union all
      select b.seq, b.action from past join move b on b.comment_id = of_comment and b.seq = past.seq - 2
       where past.action = 'undo'
    )
    select seq from past where action <> 'undo'
  );

-- ── Samples ─────────────────────────────────────────────────────────────────────────────────────────

-- A decision that others judge again without knowing it. It holds no word of anybody's.
create table sample (
  id uuid not null default gen_random_uuid(),
  comment_id uuid not null,
  seq integer not null,
  site text not null,
  language text not null,
  action text not null,
  -- code of the first rule that it cites; '' for none
  rule text not null,
  person_id uuid not null,
  decided_at timestamptz(3) not null,
  constraint sample_pkey primary key (id),
  constraint sample_comment_id_seq_key unique (comment_id, seq),
  constraint sample_comment_id_seq_fkey foreign key (comment_id, seq)
    references move (comment_id, seq) on update restrict on delete restrict,
  constraint sample_site_fkey foreign key (site) references site (key) on update restrict on delete restrict,
  constraint sample_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict
);
create index sample_site_decided_at_idx on sample (site, decided_at);
create index sample_person_id_idx on sample (person_id);
create trigger sample_is_kept before update or delete on sample for each row execute function refuse_change();
create trigger sample_is_not_emptied before truncate on sample for each statement execute function refuse_change();

-- What somebody else would have decided.
create table sample_verdict (
  sample_id uuid not null,
  person_id uuid not null,
  site text not null,
  action text not null,
  -- codes
  rules text[] not null,
  judged_at timestamptz(3) not null default moment(),
  constraint sample_verdict_pkey primary key (sample_id, person_id),
  constraint sample_verdict_sample_id_fkey foreign key (sample_id)
    references sample (id) on update restrict on delete restrict,
  constraint sample_verdict_person_id_fkey foreign key (person_id)
    references person (id) on update restrict on delete restrict,
  constraint sample_verdict_site_fkey foreign key (site) references site (key) on update restrict on delete restrict,
  constraint sample_verdict_action check (action in ('approve', 'edit', 'reject', 'return')),
  constraint sample_verdict_cites check ((action = 'approve') = (cardinality(rules) = 0))
);
create index sample_verdict_site_judged_at_idx on sample_verdict (site, judged_at);
create index sample_verdict_person_id_idx on sample_verdict (person_id);
create trigger sample_verdict_is_kept before update or delete on sample_verdict
  for each row execute function refuse_change();
create trigger sample_verdict_is_not_emptied before truncate on sample_verdict
  for each statement execute function refuse_change();

-- Nobody judges a comment about which they decided something.
create function verdict_is_anothers() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  judged sample;
begin
  select * into judged from sample where id = new.sample_id;
  if exists (select from move where comment_id = judged.comment_id and person_id = new.person_id) then
    raise exception 'a second verdict is another person''s' using errcode = 'restrict_violation';
  end if;
  new.site := judged.site;
  new.judged_at := moment();
  return new;
end
$$;
create trigger verdict_is_anothers before insert on sample_verdict
  for each row execute function verdict_is_anothers();

-- Two in a hundred decisions and ten in a hundred edits, by a hash of the move's id: chance that nobody can steer, and
-- the same whoever computes it.
create function is_sampled(move_id uuid, action text) returns boolean
  language sql immutable
  return ('x' || left(md5(move_id::text), 8))::bit(32)::bigint % 100 < case action when 'edit' then 10 else 2 end;

-- ── Counting ────────────────────────────────────────────────────────────────────────────────────────

-- Counts at most so many of a site's moves more; how many it was. Where somebody else does it, they go on.
create function count_moves(of_site text, most integer) returns integer
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  done bigint;
  last bigint;
  many integer;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('postbag counts ' || of_site, 0)) then
    return 0;
  end if;
  done := coalesce((select position from counted where site = of_site), 0);
  select max(position), count(*) into last, many
    from (select position from sealed_move where site = of_site and position > done order by position limit most) as next;
  if many = 0 then
    return 0;
  end if;

  with next as (
    select m.comment_id, m.seq, m.id, m.action, m.actor, m.from_status, m.person_id, m.decided_at, m.lead_rule_id,
           c.language, c.position, c.submitted_at
      from sealed_move s
      join move m on m.comment_id = s.comment_id and m.seq = s.seq
      join comment c on c.id = s.comment_id
     where s.site = of_site and s.position > done and s.position <= last
  ), undoing as (
    select x.comment_id, x.seq, x.action, x.from_status, x.decided_at, n.language
      from next n join move x on x.comment_id = n.comment_id and x.seq = n.seq - 1
     where n.action = 'undo'
  ), overturning as (
    select r.comment_id, decision_before(r.comment_id, r.seq) as seq, r.decided_at, r.language, r.way
      from (select comment_id, seq, decided_at, language, 1 as way from next where action = 'restore'
            union all
            select comment_id, seq, decided_at, language, -1 from undoing where action = 'restore') as r
  ), effect (comment_id, seq, at, language, made, undone, overturned) as (
    select comment_id, seq, decided_at, language, 1, 0, 0 from next
    union all
    select comment_id, seq, decided_at, language, 0, 1, 0 from undoing
    union all
    select comment_id, seq, decided_at, language, 0, 0, way from overturning
  ), tally as (
    select (e.at at time zone 'UTC')::date as day, e.language, m.action, cited.rule, m.person_id,
           sum(e.made)::integer as made, sum(e.undone)::integer as undone, sum(e.overturned)::integer as overturned
      from effect e
      join move m on m.comment_id = e.comment_id and m.seq = e.seq
     cross join lateral (select '' as rule union all select u.code from rule u where u.id = any (m.rules)) as cited
     where e.overturned = 0 or m.action in ('edit', 'reject', 'return', 'unpublish')
     group by 1, 2, 3, 4, 5
  ), by_day as (
    insert into statistic_day as kept (site, day, language, action, rule, made, undone, overturned)
    select of_site, day, language, action, rule, sum(made), sum(undone), sum(overturned)
      from tally group by day, language, action, rule order by day, language, action, rule
    on conflict (site, day, language, action, rule) do update
      set made = kept.made + excluded.made, undone = kept.undone + excluded.undone,
          overturned = kept.overturned + excluded.overturned
  ), by_person as (
    insert into statistic_person_day as kept (site, day, person_id, language, action, rule, made, undone, overturned)
    select of_site, day, person_id, language, action, rule, made, undone, overturned
      from tally where person_id is not null order by day, person_id, language, action, rule
    on conflict (site, day, person_id, language, action, rule) do update
      set made = kept.made + excluded.made, undone = kept.undone + excluded.undone,
          overturned = kept.overturned + excluded.overturned
  ), settled as (
    select comment_id, seq, decided_at, language, 1 as way from next
     where actor = 'person' and from_status in ('pending', 'second_review')
       and action in ('approve', 'edit', 'reject', 'return')
    union all
    select comment_id, seq, decided_at, language, -1 from undoing
     where from_status in ('pending', 'second_review') and action in ('approve', 'edit', 'reject', 'return')
  ), waits as (
    insert into statistic_wait as kept (site, day, language, bucket, decisions)
    select of_site, (s.decided_at at time zone 'UTC')::date, s.language,
           wait_bucket(floor(extract(epoch from s.decided_at - sent.decided_at))::bigint), sum(s.way)
      from settled s
     cross join lateral (select p.decided_at from move p
                          where p.comment_id = s.comment_id and p.seq < s.seq and p.action in ('submit', 'resubmit')
                          order by p.seq desc limit 1) as sent
     group by 2, 3, 4 order by 2, 3, 4
    on conflict (site, day, language, bucket) do update set decisions = kept.decisions + excluded.decisions
  ), days as (
    insert into submission_day as kept (site, day, lowest, highest)
    select of_site, (submitted_at at time zone 'UTC')::date, min(position), max(position)
      from next where action = 'submit' group by 2 order by 2
    on conflict (site, day) do update
      set lowest = least(kept.lowest, excluded.lowest), highest = greatest(kept.highest, excluded.highest)
  )
  insert into sample (comment_id, seq, site, language, action, rule, person_id, decided_at)
  select n.comment_id, n.seq, of_site, n.language, n.action,
         coalesce((select u.code from rule u where u.id = n.lead_rule_id), ''), n.person_id, n.decided_at
    from next n
   where n.actor = 'person' and n.from_status in ('pending', 'second_review')
     and n.action in ('approve', 'edit', 'reject', 'return') and is_sampled(n.id, n.action);

  insert into counted (site, position) values (of_site, last)
  on conflict (site) do update set position = excluded.position;
  return many;
end
$$;

-- ── Rights ──────────────────────────────────────────────────────────────────────────────────────────

revoke execute on function wait_bucket(bigint), decision_before(uuid, integer), verdict_is_anothers(),
  is_sampled(uuid, text), count_moves(text, integer) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select on counted, statistic_day, statistic_person_day, statistic_wait, submission_day, sample, sample_verdict
      to postbag_desk;
    grant insert on sample_verdict to postbag_desk;
    grant execute on function count_moves(text, integer) to postbag_desk;
  end if;
end
$$;
