create index concurrently report_resolved_idx on report (site, danger desc, position) where status = 'resolved';
