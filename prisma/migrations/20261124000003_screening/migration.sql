-- What screening keeps of a text besides its signals, so that the next text can be compared with it, and the
-- phrases of which a site wants its moderators to be told.

alter table screening
  add column site text not null,
  add column match_hash bigint not null,
  add column simhash bigint not null,
  add constraint screening_site_fkey foreign key (site) references site (key) on update restrict on delete restrict;
create index screening_site_match_hash_idx on screening (site, match_hash);
create index screening_site_screened_at_idx on screening (site, screened_at);

-- Texts whose screening failed or took too long, found without reading those that are screened.
create index comment_pending_idx on comment (position) where status = 'pending';

-- Counts the changes of a site's list, so that what was compiled from it is known to be old.
alter table site add column phrases_version integer not null default 0;

create table phrase (
  site text not null,
  position integer not null,
  phrase text not null,
  language text,
  note text,
  severity text not null,
  constraint phrase_pkey primary key (site, position),
  constraint phrase_site_fkey foreign key (site) references site (key) on update restrict on delete restrict,
  constraint phrase_severity check (severity in ('info', 'notice', 'warning'))
);

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select, insert, delete on phrase to postbag_desk;
  end if;
end
$$;
