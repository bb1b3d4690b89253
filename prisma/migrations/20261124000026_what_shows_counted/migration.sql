-- How many comments were published before anybody kept count. In one statement, and so of one moment: what is written down
-- by then is counted with them, what comes later is not.
with counted as (
  delete from public_change where published <> 0
)
insert into public_count (article_id, published)
  select article_id, count(*) from comment where status = 'published' group by article_id;
