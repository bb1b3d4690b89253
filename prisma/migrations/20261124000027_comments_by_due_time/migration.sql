create index concurrently comment_article_id_shows_from_idx on comment (article_id, shows_from) where status = 'published';
