create index concurrently comment_site_first_shown_at_id_idx on comment (site, first_shown_at, id) where status = 'published';
