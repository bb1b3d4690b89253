create index concurrently comment_kept_words_idx on comment (site, submitted_at) where erased_at is null and status in ('rejected', 'unpublished', 'expired', 'withdrawn');
