-- Texts about which the publisher's own classifier is still to be asked. A row is written with what screening
-- noticed and goes with the answer, so that the table is as long as the classifier is behind.
create table unclassified (
  comment_id uuid not null,
  seq integer not null,
  -- by it the classifier knows a question that is asked again
  webhook_id uuid not null default gen_random_uuid(),
  tries integer not null default 0,
  -- while somebody asks, this is until when nobody else does; to the microsecond, for a rounded one may lie ahead
  due_at timestamptz(6) not null default moment(),
  constraint unclassified_pkey primary key (comment_id, seq),
  constraint unclassified_comment_id_seq_fkey foreign key (comment_id, seq)
    references revision (comment_id, seq) on update restrict on delete restrict
);
create index unclassified_due_at_idx on unclassified (due_at);

do $$
begin
  if exists (select from pg_roles where rolname = 'postbag_desk') then
    grant select, insert, delete on unclassified to postbag_desk;
    grant update (tries, due_at) on unclassified to postbag_desk;
    -- Signals come late from outside; what they are about never changes.
    grant update (signals) on screening to postbag_desk;
  end if;
end
$$;
