import { findWords, hasWords } from '../../comments/search-store.ts'
import type { Status } from '../../comments/status.ts'
import type { Sql } from '../../database/client.ts'
import type { SearchTerms } from '../../screening/search-key.ts'
import { type ModeratedRow, shownColumns, shownTables } from '../store.ts'
import type { Lane } from './lane.ts'
import { nextWaiting, priorities, rangesOf } from './waiting-store.ts'

/** Where a page begins: behind this one. Only what waits has a priority other than 0. */
interface After {
  priority: number
  position: string
}

export interface QueueFilter {
  lanes: Lane[]
  statuses: Status[]
  signal: string | null
  /** words to find in text or name */
  words: SearchTerms | null
  after: After | null
  limit: number
}

/** Comments of a page, with where each stands. */
export type QueueRow = ModeratedRow & { priority: number }

/** Comments in the order in which they wait; those that do not, in that of their submission. One query. */
export async function queue(db: Sql, filter: QueueFilter): Promise<QueueRow[]> {
  const { lanes, statuses, words, after, limit } = filter
  const waits = statuses.every((status) => status === 'pending' || status === 'second_review')
  const way = waits ? waiting : settled
  const { rows } = await db.query<QueueRow>(words ? searched(way, limit) : read(way, limit), [
    waits ? rangesOf(lanes) : JSON.stringify(lanes),
    statuses,
    after?.priority ?? priorities.highest,
    after?.position ?? '0',
    filter.signal,
    ...(words ? [words.grams, words.pattern] : []),
  ])
  return rows
}

/** The two ways through comments, each in its own order: `sql` for all, `of` for those that were found by their words. */
interface Way {
  sql: (isToo: string | undefined, limit: number) => string
  of: (found: string) => string
}

const isReadable = (row: string) => `
  (mine.languages is null or ${row}.language = any (mine.languages)
   or split_part(${row}.language, '-', 1) = any (mine.languages))`

const isBehind = '(w.priority < $3::int or w.position > $4::bigint)'
const hasSignal = "($5::text is null or (w.signals <> '{}' and w.signals @> array[$5::text]))"

/** What waits, from the small table of the queue. */
const waiting: Way = {
  sql: (isToo = 'true', limit) =>
    nextWaiting({
      ranges: '$1',
      statuses: '$2',
      from: '$3::int',
      condition: `${isBehind} and ${hasSignal} and ${isToo}`,
      withComment: isToo !== 'true',
      limit,
    }),
  of: (found) => `
    select w.comment_id, w.priority, w.position from ${found}
      join comment c on c.id = found.comment_id and c.revision = found.seq
      join waiting w on w.comment_id = c.id
      join jsonb_to_recordset($1::jsonb) as mine (site text, languages text[]) on mine.site = w.site
     where w.status = any ($2::text[]) and ${isReadable('w')} and ${hasSignal}
       and w.priority <= $3::int and ${isBehind}`,
}

const wasScreened = `
  $3::int >= 0 and c.position > $4::bigint
  and ($5::text is null or exists (select from screening n where n.comment_id = c.id and n.seq = c.revision
                                     and n.signals @> jsonb_build_array(jsonb_build_object('code', $5))))`
const lane = 'jsonb_to_recordset($1::jsonb) as mine (site text, languages text[])'

/** What does not wait: each state of each site from its own index range, whose order is asked for in full. */
const settled: Way = {
  sql: (isToo = 'true', limit) => `
    select found.* from ${lane}
     cross join unnest($2::text[]) as wanted (status)
     cross join lateral (
       select c.id as comment_id, 0 as priority, c.position from comment c
        where c.site = mine.site and c.status = wanted.status and ${isReadable('c')} and ${wasScreened} and ${isToo}
        order by c.site, c.status, c.position limit ${limit}) as found`,
  of: (found) => `
    select c.id as comment_id, 0 as priority, c.position from ${found}
      join comment c on c.id = found.comment_id and c.revision = found.seq
      join ${lane} on mine.site = c.site
     where c.status = any ($2::text[]) and ${isReadable('c')} and ${wasScreened}`,
}

const words = { grams: '$6', pattern: '$7' }

function read(way: Way, limit: number): string {
  return shown(way.sql(undefined, limit), limit)
}

function searched(way: Way, limit: number): string {
  return `
    with ${findWords(words)}
    ${shown(
      `select * from (${way.of('found')}) as rare where not (select are from frequent)
       union all
       select * from (${way.sql(`(select are from frequent) and ${hasWords(words)}`, limit)}) as common`,
      limit,
    )}`
}

function shown(comments: string, limit: number): string {
  return `
    select ${shownColumns}, page.priority
      from (select * from (${comments}) as found
             order by priority desc, position limit ${limit}) as page
      join comment c on c.id = page.comment_id
      ${shownTables()}
     order by page.priority desc, page.position`
}
