-- Looked through after the rows that were there may be written again: nobody waits for it.
alter table waiting validate constraint waiting_priority;
alter table article validate constraint article_slow, validate constraint article_slow_until;
