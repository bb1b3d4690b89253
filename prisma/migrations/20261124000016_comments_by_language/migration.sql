create index concurrently comment_language_site_status_position_idx on comment (language, site, status, position);
