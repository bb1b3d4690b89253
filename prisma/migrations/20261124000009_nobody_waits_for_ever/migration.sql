-- How long comments wait, how long their words are kept, and pauses in which nothing is taken.

alter table site
  -- days; a comment that nobody reviewed by then is told so
  add column expire_after integer default 30,
  -- days after a decision in which a reader may appeal
  add column appeal_days integer not null default 190,
  -- days after the last decision until the words of what is not shown are erased
  add column retention_days integer not null default 220,
  add column paused boolean not null default false,
  add constraint site_keeps_words_for_appeals check (retention_days > appeal_days);
alter table article add column paused boolean not null default false;

create index waiting_since_idx on waiting (site, since) where status = 'pending';

create or replace view public_article with (security_barrier) as
  select a.id, a.site, a.key, a.title, a.url, coalesce(a.language, s.language) as language, s.times, s.notice,
         a.open and not a.paused and not s.paused
         and (s.close_after is null
              or a.created_at + s.close_after * interval '1 day' > (select moment())) as open
    from article a join site s on s.key = a.site;

-- Whether the words of a comment have to stay for the time being, whatever asks for them to go.
create function words_are_needed(of_comment uuid) returns boolean
  language sql stable
  return false;
revoke execute on function words_are_needed(uuid) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant execute on function words_are_needed(uuid) to postbag_desk;
  end if;
end
$$;
