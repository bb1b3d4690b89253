-- What the migration before left to be gone through while the service works.
alter table move validate constraint move_under_an_order;
