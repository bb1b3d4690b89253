create index concurrently comment_article_id_status_position_idx on comment (article_id, status, position);
