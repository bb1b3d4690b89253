import type { Status } from '../../comments/status.ts'
import type { Sql } from '../../database/client.ts'
import type { Lane } from '../queue/lane.ts'
import { type ModeratedRow, shownColumns, shownTables } from '../store.ts'
import type { Places } from './conditions-store.ts'

/** So many comments, at most, are gathered by a condition that few meet, and looked at for one that many do. */
const few = 10_000
const looked = 20_000

/**
 * A part of an index in which comments lie in their order: of an article, of a language of a site, or of a site; and the
 * languages to show of an article.
 */
export interface Range extends Lane, Places {
  n: number
  article: string | null
  language: string | null
  status: Status
}

export interface Conditions {
  /** for LIKE, over the search key; with the query to its index */
  patterns: string[] | null
  grams: string
  /** whether one of them is a name's */
  isNamed: boolean
  /** ids of rules, any of which some move cites */
  rules: string[] | null
  /** who made some move */
  person: string | null
  from: string | null
  to: string | null
}

export interface Filter extends Conditions {
  ranges: Range[]
  before: string
  limit: number
}

/** By what comments are gathered; null to walk through them in their order. */
export type Way = 'patterns' | 'rules' | 'person' | null

/** Of each condition that has an index, all that meet it. */
const meeting = {
  patterns: `select k.comment_id from search_key k where k.grams @@ $10::tsquery and k.key like all ($8::text[])`,
  rules: 'select t.comment_id from citation t where t.rule_id = any ($7::uuid[])',
  person: 'select m.comment_id from move m where m.person_id = $6::uuid',
}

/** The condition that the fewest comments meet, if these are few. */
export async function smallest(db: Sql, conditions: Conditions): Promise<Way> {
  const { patterns, rules, person, grams } = conditions
  if (!patterns && !rules && person === null) return null
  const { rows } = await db.query<{ way: Way; many: number }>(
    `select way, many from (
       select 'patterns' as way, case when $3::text[] is not null then ${countOf('patterns', '$4', '$3')} end as many
       union all select 'rules', case when $1::uuid[] is not null then ${countOf('rules', '$1')} end
       union all select 'person', case when $2::uuid is not null then ${countOf('person', '$2')} end
     ) as counted
      where many <= ${few}
      order by many limit 1`,
    [rules, person, patterns, grams],
  )
  return rows[0]?.way ?? null
}

function countOf(way: keyof typeof meeting, ...parameters: string[]): string {
  let at = 0
  const met = meeting[way].replace(/\$\d+/g, () => String(parameters[at++]))
  return `(select count(*)::int from (${met} limit ${few + 1}) as met)`
}

export interface FoundIds {
  ids: string[]
  /** down to which position all was looked at; null to the end */
  horizon: string | null
}

/** The newest comments that meet all conditions, whichever way they are come by. */
export async function searchComments(db: Sql, way: Way, filter: Filter): Promise<FoundIds> {
  const { ranges, before, limit, from, to, person, rules, patterns, grams, isNamed } = filter
  const { rows } = await db.query<FoundIds>(`with ${rangesSql}, ${way ? gathered(way) : walked} ${answer}`, [
    JSON.stringify(ranges),
    before,
    limit,
    from,
    to,
    person,
    rules,
    patterns,
    isNamed,
    ...(way === 'patterns' ? [grams] : way === null ? [lookAt(filter)] : []),
  ])
  return rows[0] ?? { ids: [], horizon: null }
}

/** How many comments of each range to look at; without further conditions no more than a page has. */
function lookAt({ ranges, limit, ...conditions }: Filter): number {
  const { patterns, rules, person, from, to } = conditions
  const isNarrower = [patterns, rules, person, from, to].some((condition) => condition !== null)
  if (!isNarrower && ranges.every(({ languages }) => languages === null)) return limit
  return Math.max(limit, Math.ceil(looked / ranges.length))
}

const rangesSql = `
  range as materialized (
    select * from jsonb_to_recordset($1::jsonb)
      as r (n integer, site text, article uuid, language text, languages text[], status text, lowest bigint, highest bigint)
  )`

const isWithin = 'c.position < $2::bigint and c.position between r.lowest and r.highest'

const isWanted = `
  (r.languages is null or c.language = any (r.languages) or split_part(c.language, '-', 1) = any (r.languages))
  and ($4::date is null or c.submitted_at >= $4::date::timestamp at time zone 'UTC')
  and ($5::date is null or c.submitted_at < $5::date::timestamp at time zone 'UTC')
  and ($6::uuid is null or exists (select from move m where m.comment_id = c.id and m.person_id = $6::uuid))
  and ($7::uuid[] is null or exists (select from citation t where t.comment_id = c.id and t.rule_id = any ($7::uuid[])))
  and ($8::text[] is null
       or (select k.key like all ($8::text[]) from search_key k where k.comment_id = c.id and k.seq = c.revision))
  and (not $9::boolean
       or (select t.name is not null from revision_text t where t.comment_id = c.id and t.seq = c.revision))`

/** Row by row, from its index, whatever the planner expects. */
const theComment = 'cross join lateral (select * from comment where id = next.comment_id offset 0) as c'

/** From the comments that meet one condition; they are few. */
function gathered(way: keyof typeof meeting): string {
  return `
  met as materialized (select distinct comment_id from (${meeting[way]} limit ${few}) as meeting),
  horizon (at) as (select null::bigint),
  chosen as (
    select c.id, c.position
      from met as next ${theComment}
      join range r on r.site = c.site and r.status = c.status and (r.article is null or r.article = c.article_id)
                  and (r.language is null or r.language = c.language)
     where ${isWithin} and ${isWanted}
     order by c.position desc limit $3::integer
  )`
}

/** In their order, so many of each range; and no further than all ranges were looked at. */
const walked = `
  walked as materialized (
    ${partOf('r.article is not null', ['c.article_id', 'r.article'], ['c.status', 'r.status'])}
    union all
    ${partOf(
      'r.article is null and r.language is not null',
      ['c.language', 'r.language'],
      ['c.site', 'r.site'],
      ['c.status', 'r.status'],
    )}
    union all
    ${partOf('r.article is null and r.language is null', ['c.site', 'r.site'], ['c.status', 'r.status'])}
  ),
  horizon (at) as (
    select max(lowest) from (select min(position) as lowest, count(*) as many from walked group by n) as part
     where many = $10::integer
  ),
  chosen as (
    select c.id, c.position
      from (select * from walked where position >= coalesce((select at from horizon), 0)
             order by position desc offset 0) as next ${theComment}
      join range r on r.n = next.n
     where ${isWanted}
     order by c.position desc limit $3::integer
  )`

/**
 * Of each such range, from its index. Compared as rows, so that no other index seems to be in order: that of all
 * comments would be, and looks through all of them for what is rare.
 */
function partOf(isSuch: string, ...prefix: [column: string, value: string][]): string {
  const columns = [...prefix.map(([column]) => column), 'c.position']
  const bound = (position: string) => `(${[...prefix.map(([, value]) => value), position].join(', ')})`
  return `
    select r.n, next.id as comment_id, next.position
      from range r cross join lateral (
        select c.id, c.position from comment c
         where (${columns.join(', ')}) >= ${bound('r.lowest')}
           and (${columns.join(', ')}) <= ${bound('least(r.highest, $2::bigint - 1)')}
         order by ${columns.map((column) => `${column} desc`).join(', ')} limit $10::integer) as next
     where ${isSuch}`
}

const answer = `
  select array(select id from chosen order by position desc) as ids, (select at from horizon)::text as horizon`

/** Comments as moderators see them, the newest first. */
export async function shownInOrder(db: Sql, ids: string[]): Promise<ModeratedRow[]> {
  const { rows } = await db.query<ModeratedRow>(
    `select ${shownColumns} from comment c ${shownTables()} where c.id = any ($1::uuid[]) order by c.position desc`,
    [ids],
  )
  return rows
}
