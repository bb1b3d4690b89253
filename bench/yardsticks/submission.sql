-- The rows that a submission makes (one without a parent, an Idempotency-Key, a staff writer or a classifier, in which
-- screening noticed nothing), under the same keys and triggers, in one statement and so in one transaction. For pgbench:
-- nothing comes over HTTP here, no text is cleaned, counted, compared or screened, and nobody is answered.
-- Texts are as long as those of bench/sending.ts: 300 characters.
\set a random(1, 40)
\set b random(1, 40)
\set c random(1, 40)
\set d random(1, 40)
\set e random(1, 40)
\set f random(1, 40)
\set g random(1, 40)
\set h random(1, 40)
\set n random(1, 2000000000)
with sentences (s) as materialized (select array[
  'The evening boat was late again.', 'Nobody at the pier could say why.', 'The machine for tickets is out of order.',
  'My neighbour has waited since half past six.', 'We were promised a new timetable in spring.',
  'The harbour office does not answer letters.', 'In the old days there were two boats an hour.',
  'I have taken this crossing for thirty years.', 'The article leaves out what it costs.',
  'A season ticket is twice as dear as before.', 'Children should travel free of charge.',
  'The council decided that behind closed doors.', 'Who counted the passengers in winter?',
  'There is ice on the steps every morning.', 'A handrail would help older people.',
  'The photograph shows the wrong pier.', 'I asked the captain, and he agrees.', 'Bicycles need more room on deck.',
  'The bridge was closed for most of May.', 'Lorries block the only road to the quay.',
  'Thank you for looking into this.', 'Please print the figures next time.', 'The company blames the weather.',
  'It rained, but the wind was light.', 'Two engines failed within one week.', 'Spare parts come from abroad.',
  'The mayor has not taken the boat once.', 'Tourists do not need a ferry at dawn.', 'Nurses on the night shift do.',
  'My shop gets its bread by that boat.', 'Yesterday the rolls came at noon.', 'Somebody has to pay for the repairs.',
  'Why not ask the people who use it?', 'The survey had only yes and no.', 'I would walk, if there were a path.',
  'An island without a boat is a prison.', 'The waiting room smells of paint.', 'At least the coffee is good there.',
  'Last year we wrote the same letters.', 'Let us hope that this time somebody reads them.'
]), asked as materialized (
  select gen_random_uuid() as id, a.id as article_id, a.site, 'Reader ' || :n as name,
         s[:a] || ' ' || s[:b] || ' ' || s[:c] || ' ' || s[:d] || ' ' || s[:e] || ' ' || s[:f] || ' ' || s[:g] || ' '
           || s[:h] as text,
         decode(md5(:n::text), 'hex') as salt, sha256(uuid_send(gen_random_uuid())) as receipt_hash
    from article a, sentences
   where a.site = 'bench' and a.key = 'news'
), made as (
  insert into move (comment_id, seq, site, action, from_status, to_status, actor, cites, judged_revision, revision,
                    text_hash)
  select id, 1, site, 'submit', 'none', 'pending', 'reader', false, 1, 1, words_hash(salt, name, text) from asked
  returning hash, text_hash, decided_at
), commented as (
  insert into comment (id, site, article_id, ancestors, language, receipt_hash, head_hash, submitted_at)
  select id, site, article_id, '{}', 'en', receipt_hash, hash, decided_at from asked, made
), revised as (
  insert into revision (comment_id, seq, site, terms_version, graphemes, bytes, removed, text_hash)
  select id, 1, site, 1, length(text), octet_length(text), '{}', text_hash from asked, made
), worded as (
  insert into revision_text (comment_id, seq, salt, name, text) select id, 1, salt, name, text from asked
), searchable as (
  insert into search_key (comment_id, seq, key) select id, 1, lower(text || E'\n' || name) from asked
), screened as (
  insert into screening (comment_id, seq, site, signals, match_hash, simhash)
  select id, 1, site, '[]', hashtextextended(text, 0), hashtextextended(text, 1) from asked
)
insert into event (site, type, comment_id, seq, due_at)
select site, 'comment.submitted', id, 1, decided_at from asked, made;
