-- Looks at what was there before, without keeping anybody from writing.
alter table event validate constraint event_tells_a_move_or_names_it;
