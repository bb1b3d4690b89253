import type { Sql } from '../../database/client.ts'
import type { Signal } from '../../screening/signal.ts'
import type { Rule } from '../../terms/terms.ts'
import type { Lane } from '../queue/lane.ts'
import type { Verdict } from './sample.ts'

export interface SampleRow {
  id: string
  commentId: string
  site: string
  article: string
  articleTitle: string | null
  articleUrl: string | null
  language: string
  name: string | null
  text: string
  signals: Signal[]
  rules: Rule[]
}

/** Samples are drawn from so many decisions that were sampled last. */
const newest = 2_000

const columns = `
  s.id, s.comment_id as "commentId", s.site, a.key as article, a.title as "articleTitle", a.url as "articleUrl",
  s.language, t.name, t.text, coalesce(n.signals, '[]') as signals,
  (select jsonb_agg(jsonb_build_object(
            'code', u.code, 'title', u.title, 'text', u.text, 'needsSecond', u.needs_second, 'category', u.category,
            'keywords', to_jsonb(u.keywords),
            'permits', (select jsonb_agg(x.permit order by x.permit) from rule_permit x
                         where x.site = u.site and x.rule_id = u.id and not x.alone)) order by u.position)
     from rule u where u.site = r.site and u.version = r.terms_version) as rules`

/** With the text as it was judged, if it is there still. */
const tables = `
  join move m on m.comment_id = s.comment_id and m.seq = s.seq
  join comment c on c.id = s.comment_id
  join article a on a.id = c.article_id
  join revision r on r.comment_id = s.comment_id and r.seq = m.judged_revision
  join revision_text t on t.comment_id = s.comment_id and t.seq = m.judged_revision
  left join screening n on n.comment_id = s.comment_id and n.seq = m.judged_revision`

/** What a person may judge: nothing about which they decided anything, nor what was undone. */
const isForThem = `
  not exists (select from move own where own.comment_id = s.comment_id and own.person_id = $1::uuid)
  and not exists (select from move u where u.comment_id = s.comment_id and u.seq = s.seq + 1 and u.action = 'undo')`

/**
 * Samples that a person has not judged yet: one of each moderator, language and rule before the second of any, in an
 * order that nobody chooses.
 */
export async function samplesFor(
  db: Sql,
  personId: string,
  { site, languages }: Lane,
  limit: number,
): Promise<SampleRow[]> {
  const { rows } = await db.query<SampleRow>(
    `with pool as (
       select * from sample where site = $2 order by decided_at desc limit ${newest}
     ), drawn as (
       select s.*, row_number() over (partition by s.person_id, s.language, s.rule order by md5(s.id::text)) as turn
         from pool s
        where ($3::text[] is null or s.language = any ($3) or split_part(s.language, '-', 1) = any ($3))
          and not exists (select from sample_verdict v where v.sample_id = s.id and v.person_id = $1::uuid)
          and not exists (select from erasure e where e.comment_id = s.comment_id)
          and ${isForThem}
     )
     select ${columns}
       from (select * from drawn order by turn, md5(id::text) limit $4) as s ${tables}
      order by s.turn, md5(s.id::text)`,
    [personId, site, languages, limit],
  )
  return rows
}

/** A sample, unless the person has a part in what was decided about the comment, or its words are erased. */
export async function findSample(db: Sql, id: string, personId: string): Promise<SampleRow | undefined> {
  const { rows } = await db.query<SampleRow>(
    `select ${columns} from sample s ${tables} where s.id = $2::uuid and ${isForThem}`,
    [personId, id],
  )
  return rows[0]
}

/** Undefined where the person has judged it already. */
export async function insertVerdict(
  db: Sql,
  sample: Pick<SampleRow, 'id' | 'site'>,
  personId: string,
  { action, rules }: Verdict,
): Promise<Date | undefined> {
  const { rows } = await db.query<{ at: Date }>(
    `insert into sample_verdict (sample_id, person_id, site, action, rules) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning judged_at as at`,
    [sample.id, personId, sample.site, action, rules],
  )
  return rows[0]?.at
}
