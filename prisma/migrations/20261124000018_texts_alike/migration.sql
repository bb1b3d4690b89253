create index concurrently screening_site_match_hash_screened_at_idx on screening (site, match_hash, screened_at);
