-- The index of the migration before begins with the same columns.
drop index screening_site_match_hash_idx;
