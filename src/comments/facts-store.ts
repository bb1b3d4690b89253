import { inHex } from '../database/bytes.ts'
import type { Sql } from '../database/client.ts'
import type { Floods, Limits } from '../sites/site.ts'

/** What decides whether and how a submission is taken: the site, the article if it is there, the parent if it shows. */
export interface SubmissionFacts {
  language: string
  notice: string | null
  origins: string[]
  limits: Limits
  replyDepth: number
  automaticArticles: boolean
  paused: boolean
  termsVersion: number
  floods: Floods
  /** `slow`: in how many minutes each sender may send one comment */
  article: { id: string; open: boolean; slow: number | null } | null
  /** where a reply hangs, it is: in the part of the article that its parent is in */
  parent: { id: string; articleId: string; ancestors: string[] } | null
  /** what was submitted with the same Idempotency-Key within the last day */
  earlier: EarlierSubmission | null
}

export interface EarlierSubmission {
  commentId: string
  fingerprint: Buffer
}

/** Where somebody submits, to what, and the hash of their Idempotency-Key. */
export interface Place {
  site: string
  article: string
  parent: string | null
  keyHash: Buffer | null
}

/** Of each place in its order; undefined without the site. One query for all of them. */
export async function submissionFacts(
  db: Sql,
  places: readonly Place[],
): Promise<(SubmissionFacts | undefined)[]> {
  const { rows } = await db.query<FactsRow>({
    name: 'submission_facts',
    text: submissionFactsSql,
    values: [
      JSON.stringify(
        places.map(({ keyHash, ...place }, nth) => ({ nth, ...place, key_hash: keyHash && inHex(keyHash) })),
      ),
    ],
  })
  return rows.map(({ facts, earlierId, fingerprint, ...parent }) => {
    if (!facts) return undefined
    const earlier = earlierId && fingerprint ? { commentId: earlierId, fingerprint } : null
    return { ...facts, ...parent, earlier }
  })
}

type FactsRow = Pick<SubmissionFacts, 'parent'> & {
  facts: Omit<SubmissionFacts, 'parent' | 'earlier'> | null
  earlierId: string | null
  fingerprint: Buffer | null
}

// Rows come as JSON because of that PostgreSQL makes one plan for few and for many. What is looked up by its key is
// looked up row by row, however small a table was when that plan was made.
const submissionFactsSql = `
  with asked as materialized (
    select * from json_to_recordset($1::json) as asked (nth integer, site text, article text, parent uuid, key_hash bytea)
  ), led as materialized (
    select site, article, article_called(site, article) as to_id from (select distinct site, article from asked) as one
  ), place as materialized (
    select led.site, led.article, a.id as article_id,
           jsonb_build_object(
             'language', coalesce(a.language, s.language), 'notice', s.notice, 'origins', s.origins,
             'limits', jsonb_build_object('textGraphemes', s.text_graphemes, 'textBytes', s.text_bytes,
                                          'nameGraphemes', s.name_graphemes),
             'replyDepth', s.reply_depth, 'automaticArticles', s.automatic_articles, 'paused', s.paused,
             'termsVersion', (select max(t.version) from terms t where t.site = s.key and t.published_at is not null),
             'article', case when a.id is not null then jsonb_build_object('id', a.id, 'open', a.open,
                                                                       'slow', a.slow_minutes) end,
             'floods', jsonb_build_object('honeypot', s.honeypot, 'minimumSeconds', s.minimum_seconds,
                                          'proofTries', s.proof_tries)
           ) as facts
      from led
     cross join lateral (select * from site s where s.key = led.site limit 1) as s
      left join lateral (select * from public_article a where a.id = led.to_id limit 1) as a on true
  )
  select place.facts,
         case when p.id is not null then jsonb_build_object('id', p.id, 'articleId', p.article_id,
                                                            'ancestors', p.ancestors) end as parent,
         k.comment_id as "earlierId", k.fingerprint
    from asked
    left join place on place.site = asked.site and place.article = asked.article
    left join lateral (
      select * from comment p
       where p.id = asked.parent and p.article_id = any (article_parts(place.article_id))
         and p.status = 'published' and (p.shows_from <= moment() or p.earlier_revision is not null)
       limit 1) as p on true
    left join lateral (
      select * from idempotency_key k
       where k.hash = asked.key_hash and k.created_at > moment() - interval '1 day' limit 1) as k on true
   order by asked.nth`
