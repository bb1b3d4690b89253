create index concurrently waiting_unscreened_idx on waiting (position) where match_hash is null;
