import type { Sql } from '../database/client.ts'

/** Lines of an export as JSON text, as PostgreSQL writes them: src/importing/exported.ts says what is in them. */
type Lines = Promise<string[]>

async function lines(db: Sql, text: string, values: unknown[]): Lines {
  const { rows } = await db.query<{ line: string }>(text, values)
  return rows.map(({ line }) => line)
}

const at = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** When the export begins, by the database's clock, as it stands in its first line. */
export async function exportTime(db: Sql): Promise<string> {
  const { rows } = await db.query<{ time: string }>(`select ${at('moment()')} as time`)
  return rows[0]?.time ?? ''
}

export function exportedPhrases(db: Sql, site: string): Lines {
  return lines(
    db,
    `select jsonb_build_object('kind', 'phrase', 'phrase', jsonb_strip_nulls(to_jsonb(p) - 'site' - 'position'))::text as line
       from phrase p where site = $1 order by position`,
    [site],
  )
}

export function exportedReasons(db: Sql, site: string): Lines {
  return lines(
    db,
    `select jsonb_build_object('kind', 'savedReason',
                               'savedReason', jsonb_strip_nulls(to_jsonb(r) - 'site' - 'position'))::text as line
       from saved_reason r where site = $1 order by position`,
    [site],
  )
}

/** The versions of a site's terms that were published, oldest first. */
export async function termsVersions(db: Sql, site: string): Promise<number[]> {
  const { rows } = await db.query<{ version: number }>(
    'select version from terms where site = $1 and published_at is not null order by version',
    [site],
  )
  return rows.map(({ version }) => version)
}

/** Articles after one, by id: those that became part of another are keys of that one. */
export async function exportedArticles(
  db: Sql,
  site: string,
  after: string | null,
  most: number,
): Promise<{ id: string; line: string }[]> {
  const { rows } = await db.query<{ id: string; line: string }>(
    `select a.id, jsonb_build_object(
              'kind', 'article', 'id', a.id, 'key', a.key, 'title', a.title, 'author', a.author, 'url', a.url,
              'language', a.language, 'open', a.open, 'madeAt', ${at('a.created_at')},
              'formerKeys', to_jsonb(array(
                select l.key from article_alias l where l.article_id = a.id
                union select m.key from merged_article g join article m on m.id = g.article_id where g.into_id = a.id
                order by 1)))::text as line
       from article a
      where a.site = $1 and ($2::uuid is null or a.id > $2)
        and not exists (select from merged_article g where g.article_id = a.id)
      order by a.id limit $3`,
    [site, after, most],
  )
  return rows
}

/** Comments behind a position, each with all that happened to it. What is decided and not due yet still waits. */
export async function exportedComments(
  db: Sql,
  site: string,
  after: string,
  most: number,
): Promise<{ position: string; line: string }[]> {
  const { rows } = await db.query<{ position: string; line: string }>({
    name: 'exported_comments',
    text: `
      select c.position::text as position, jsonb_build_object(
               'kind', 'comment', 'id', c.id, 'article', coalesce(g.into_id, c.article_id), 'parent', c.parent_id,
               'status', case when c.shows_from > moment() and c.earlier_revision is null then 'pending' else c.status end,
               'language', c.language, 'staff', c.staff, 'submittedAt', ${at('c.submitted_at')},
               'publishedAt', case when c.first_shown_at <= moment() then ${at('c.first_shown_at')} end,
               'erasedAt', ${at('c.erased_at')},
               'revision', case when c.shows_from > moment() then coalesce(c.earlier_revision, c.revision) else c.revision end,
               'imported', (select i.source from move m join import i on i.id = m.import_id
                             where m.comment_id = c.id and m.seq = 1),
               'revisions', (
                 select jsonb_agg(jsonb_build_object(
                          'version', r.seq, 'name', t.name, 'text', t.text, 'termsVersion', r.terms_version,
                          'rules', to_jsonb(array(select u.code from rule u where u.id = any (r.rules) order by u.position)),
                          'removed', r.removed) order by r.seq)
                   from revision r left join revision_text t on t.comment_id = r.comment_id and t.seq = r.seq
                  where r.comment_id = c.id),
               'moves', (
                 select jsonb_agg(jsonb_build_object(
                          'version', m.seq, 'action', m.action, 'from', m.from_status, 'to', m.to_status,
                          'by', p.pseudonym, 'at', ${at('m.decided_at')}, 'revision', m.revision,
                          'rules', to_jsonb(array(select u.code from rule u where u.id = any (m.rules) order by u.position)),
                          'reason', w.reason, 'note', w.note, 'hash', encode(m.hash, 'hex')) order by m.seq)
                   from move m left join person p on p.id = m.person_id
                   left join move_text w on w.comment_id = m.comment_id and w.seq = m.seq
                  where m.comment_id = c.id),
               'notes', coalesce((
                 select jsonb_agg(jsonb_build_object('by', p.pseudonym, 'at', ${at('n.written_at')}, 'text', n.text)
                                  order by n.written_at)
                   from note n join person p on p.id = n.person_id where n.comment_id = c.id), '[]'),
               'reports', coalesce((
                 select jsonb_agg(jsonb_build_object(
                          'kind', f.kind, 'rule', f.rule, 'explanation', x.explanation, 'filedAt', ${at('f.filed_at')},
                          'outcome', f.outcome, 'resolvedAt', ${at('f.resolved_at')}, 'answer', y.explanation)
                          order by f.position)
                   from report f left join report_text x on x.report_id = f.id
                   left join report_answer y on y.report_id = f.id where f.comment_id = c.id), '[]'),
               'appeals', coalesce((
                 select jsonb_agg(jsonb_build_object(
                          'against', l.seq, 'filedAt', ${at('l.filed_at')}, 'status', l.status, 'outcome', l.outcome,
                          'by', p.pseudonym, 'decidedAt', ${at('l.reviewed_at')},
                          'text', (select x.text from appeal_text x where x.appeal_id = l.id and x.part = 'appeal'),
                          'explanation', (select x.text from appeal_text x
                                           where x.appeal_id = l.id and x.part = 'explanation')) order by l.position)
                   from appeal l left join person p on p.id = l.reviewer_id where l.comment_id = c.id), '[]'))::text as line
        from (select * from comment where site = $1 and position > $2::bigint order by position limit $3) as c
        left join merged_article g on g.article_id = c.article_id
       order by c.position`,
    values: [site, after, most],
  })
  return rows
}
