create index concurrently comment_article_id_first_shown_at_id_idx on comment (article_id, first_shown_at, id) where status = 'published';
