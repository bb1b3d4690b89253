-- What a publisher wrote instead of the texts of a language on their pages: a row a language, because it is written and
-- read as a whole. It shows on all pages of the site, so that whoever keeps them is told of each change.

create table site_text (
  site text not null,
  language text not null,
  -- ICU messages, by the key of the text in whose place they stand
  texts jsonb not null,
  constraint site_text_pkey primary key (site, language),
  constraint site_text_site_fkey foreign key (site) references site (key) on update restrict on delete restrict,
  constraint site_text_are_some check (jsonb_typeof(texts) = 'object' and texts <> '{}')
);

create function site_texts_show_differently() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into public_change (site, what) values (coalesce(new.site, old.site), 'site');
  perform pg_notify('public_change', '');
  return null;
end
$$;
create trigger site_texts_show_differently after insert or update or delete on site_text
  for each row execute function site_texts_show_differently();

revoke execute on function site_texts_show_differently() from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select, insert, update, delete on site_text to postbag_desk;
  end if;
end
$$;
