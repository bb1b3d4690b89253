import { findWords, hasWords } from '../comments/search-store.ts'
import type { Status } from '../comments/status.ts'
import type { Sql } from '../database/client.ts'
import type { SearchTerms } from '../screening/search-key.ts'
import { type ModeratedRow, shownColumns, shownTables } from './store.ts'

export interface QueueFilter {
  /** the sites, each with the languages to show; null for all of them */
  sites: { site: string; languages: string[] | null }[]
  statuses: Status[]
  signal: string | null
  /** words to find in text or name */
  words: SearchTerms | null
  after: string
  limit: number
}

/** Comments in the order of their submission. One query. */
export async function queue(db: Sql, filter: QueueFilter): Promise<ModeratedRow[]> {
  const { words } = filter
  const { rows } = await db.query<ModeratedRow>(words ? searchedSql : readSql, [
    JSON.stringify(filter.sites),
    filter.statuses,
    filter.after,
    filter.signal,
    filter.limit,
    ...(words ? [words.grams, words.pattern] : []),
  ])
  return rows
}

const lane = 'jsonb_to_recordset($1::jsonb) as mine (site text, languages text[])'

const isWanted = `
  c.position > $3
  and (mine.languages is null or c.language = any (mine.languages)
       or split_part(c.language, '-', 1) = any (mine.languages))
  and ($4::text is null or exists (select from screening n where n.comment_id = c.id and n.seq = c.revision
                                     and n.signals @> jsonb_build_array(jsonb_build_object('code', $4))))`

/** Each state of each site from its own index range. */
const inOrder = (isToo = 'true', isTheWay = 'true') => `
  select waiting.*
    from ${lane}
   cross join unnest($2::text[]) as wanted (status)
   cross join lateral (
     select c.* from comment c
      where c.site = mine.site and c.status = wanted.status and ${isWanted} and ${isToo}
      order by c.position limit $5
   ) as waiting
   where ${isTheWay}
   order by waiting.position limit $5`

const fromWords = `
  select c.* from found
    join comment c on c.id = found.comment_id and c.revision = found.seq
    join ${lane} on mine.site = c.site
   where not (select are from frequent) and c.status = any ($2::text[]) and ${isWanted}
   order by c.position limit $5`

const readSql = shown(inOrder())

const words = { grams: '$6', pattern: '$7' }
const searchedSql = `
  with ${findWords(words)}
  ${shown(`(${fromWords}) union all (${inOrder(hasWords(words), '(select are from frequent)')})`)}`

function shown(comments: string): string {
  return `select ${shownColumns} from (${comments}) as c ${shownTables()} order by c.position`
}
