import { primaryLanguage } from '../../http/language.ts'
import type { Lane } from './lane.ts'

/** A range of the queue's index: a site, or of a site one primary language with the languages of it that are meant. */
interface Range extends Lane {
  primary: string | null
}

/** The priorities that there are; PostgreSQL knows no other. What came without a proof that is asked for has the lowest. */
export const priorities = { highest: 3, lowest: -1 }

/** The ranges in which the comments of some lanes wait, as the parameter of `nextWaiting`. */
export function rangesOf(lanes: readonly Lane[]): string {
  const ranges = lanes.flatMap(({ site, languages }): Range[] => {
    if (languages === null) return [{ site, primary: null, languages: null }]
    const primaries = new Set(languages.map(primaryLanguage))
    return [...primaries].map((primary) => ({ site, primary, languages }))
  })
  return JSON.stringify(ranges)
}

export interface Turn {
  /** the parameter with the ranges, and that with the statuses */
  ranges: string
  statuses: string
  /** conditions on the row `w` of the queue (and on comment `c`, where that is asked for) */
  condition: string
  /** the highest priority to begin with */
  from?: string
  withComment?: boolean
  /** how many of each range; a number and no parameter, so that PostgreSQL plans for few */
  limit: number
}

/**
 * SQL for what waits in some ranges (comment_id, priority, position): the first ones of each range, status and
 * priority, each read from the index in its order. Whoever asks puts them in one order and takes the first.
 */
export function nextWaiting({ ranges, statuses, condition, from, withComment, limit }: Turn): string {
  const arm = (isToo: string, isTheRange: string) => `
    select found.* from mine
     cross join unnest(${statuses}::text[]) as wanted (status)
     cross join generate_series(${from ?? priorities.highest}, ${priorities.lowest}, -1) as level (priority)
     cross join lateral (
       select w.comment_id, w.priority, w.position
         from waiting w ${withComment ? 'join comment c on c.id = w.comment_id' : ''}
        where w.site = mine.site and w.status = wanted.status and w.priority = level.priority ${isToo}
          and ${condition}
        order by w.position limit ${limit}) as found
     where mine."primary" ${isTheRange}`
  return `
    with mine as (
      select * from jsonb_to_recordset(${ranges}::jsonb) as given (site text, "primary" text, languages text[])
    )
    ${arm('', 'is null')}
    union all
    ${arm(
      `and w.primary_language = mine."primary"
          and (w.language = any (mine.languages) or w.primary_language = any (mine.languages))`,
      'is not null',
    )}`
}
