import { z } from 'zod'
import type { Caller } from '../../access/roles.ts'
import { SearchedWords } from '../../comments/searched-words.ts'
import { Status } from '../../comments/status.ts'
import type { Database } from '../../database/client.ts'
import { Language, reads } from '../../http/language.ts'
import { NextCursor, openCursor, Page, sealCursor } from '../../http/paging.ts'
import { composed, line, plain } from '../../http/words.ts'
import { nameTerms, searchTerms } from '../../screening/search-key.ts'
import { ArticleKey } from '../../sites/article.ts'
import { SiteKey } from '../../sites/site.ts'
import { ModeratedComment } from '../decision.ts'
import { moderated } from '../moderated.ts'
import type { Lane } from '../queue/lane.ts'
import { lanes } from '../queue/lanes.ts'
import { From, isSomeTime, someTime, Until } from '../statistics/period.ts'
import {
  articlesCalled,
  languagesIn,
  type Places,
  personCalled,
  placesOfDays,
  rulesCalled,
} from './conditions-store.ts'
import { type Conditions, type Range, searchComments, shownInOrder, smallest } from './store.ts'

const SearchedName = z
  .string()
  .overwrite((name) => composed(name, 200))
  .min(1)
  .max(200, { abort: true })
  .refine((name) => name.isWellFormed() && !/\p{Cc}/u.test(name), {
    message: 'It has no control characters',
    abort: true,
  })
  .refine((name) => nameTerms(name) !== undefined, { message: 'It has something that can be seen' })

/** What to find, of all that the caller may see. At least one condition; all that are given hold. */
export const Search = z
  .strictObject({
    q: SearchedWords.optional(),
    name: SearchedName.optional().meta({
      description:
        'The whole name that stands now. Case, width and encoding do not matter; letters without marks find those with.',
    }),
    site: SiteKey.optional(),
    article: ArticleKey.optional(),
    status: Status.optional(),
    rule: plain(z.string().max(40)).optional().meta({ description: 'Code of a rule that some move cites.' }),
    moderator: line(200).optional().meta({ description: 'Pseudonym of somebody who made some move.' }),
    language: Language.optional(),
    from: From.optional(),
    to: Until.optional(),
    limit: z.int().min(1).max(100).default(50).meta({ description: 'How many to return at most.' }),
    cursor: Page.shape.cursor,
  })
  .refine(isSomeTime, someTime)
  .refine(({ limit: _limit, cursor: _cursor, ...conditions }) => Object.keys(conditions).length > 0, {
    message: 'Name at least one condition',
  })
  .meta({ id: 'Search', examples: [{ q: 'evening boat', status: 'rejected' }] })
export type Search = z.infer<typeof Search>

export const Found = z
  .strictObject({ comments: z.array(ModeratedComment), next: NextCursor })
  .meta({ id: 'Found' })
export type Found = z.infer<typeof Found>

/**
 * Comments that the caller may see, the newest first. Only so many are looked at for a page, so that a page can have
 * fewer than were asked for, or none, while more follow.
 */
export async function search(
  db: Database,
  cursorKey: Buffer,
  caller: Caller,
  { limit, cursor, ...asked }: Search,
): Promise<Found> {
  const list = JSON.stringify([
    'search',
    asked.site,
    asked.article,
    asked.status,
    asked.language,
    asked.rule,
    asked.moderator,
    asked.q,
    asked.name,
    asked.from,
    asked.to,
  ])
  const [before = lastPlace] = cursor === undefined ? [] : openCursor(cursorKey, list, cursor)
  const { site, language } = asked
  const mine = await lanes(db, caller, { site, languages: language === undefined ? undefined : [language] })
  const ranges = await rangesOf(db, mine, asked)
  const conditions = await conditionsOf(db, mine, asked)
  if (!conditions || ranges.length === 0) return { comments: [], next: null }

  const way = await smallest(db.desk, conditions)
  const { ids, horizon } = await searchComments(db.desk, way, {
    ...conditions,
    ranges,
    before,
    limit: limit + 1,
  })
  const rows = await shownInOrder(db.desk, ids.slice(0, limit))
  const last = rows[rows.length - 1]
  const next = ids.length > limit && last ? last.position : horizon
  return {
    comments: rows.map(moderated),
    next: next === null ? null : sealCursor(cursorKey, list, [next]),
  }
}

const lastPlace = '9223372036854775807'

type Asked = Omit<Search, 'limit' | 'cursor'>

type Part = Omit<Range, 'n' | 'status' | keyof Places>

/** What to look through: of each site each state, in the languages to show, or of one article. */
async function rangesOf(db: Database, mine: Lane[], asked: Asked): Promise<Range[]> {
  const { article, status, from, to } = asked
  const sites = mine.map(({ site }) => site)
  const statuses = status === undefined ? Status.options : [status]
  const places = new Map<string, Places>()
  if (from !== undefined || to !== undefined) {
    for (const { site, ...its } of await placesOfDays(db.desk, sites, { from, to })) places.set(site, its)
  }
  const articles = article === undefined ? undefined : await articlesCalled(db.desk, sites, article)
  const tags = await languagesIn(
    db.desk,
    mine.flatMap(({ site, languages }) => (languages ? [site] : [])),
  )
  const parts = mine.flatMap((lane): Part[] => {
    if (articles) {
      return (articles.get(lane.site) ?? []).map((id) => ({ ...lane, article: id, language: null }))
    }
    if (!lane.languages) return [{ ...lane, article: null, language: null }]
    const mayRead = lane.languages
    return (tags.get(lane.site) ?? []).flatMap((language) =>
      reads(mayRead, language) ? [{ site: lane.site, languages: null, article: null, language }] : [],
    )
  })
  return parts
    .flatMap((part) => statuses.map((one) => ({ ...part, status: one, ...placesIn(places, part.site) })))
    .map((range, n) => ({ ...range, n }))
}

function placesIn(places: ReadonlyMap<string, Places>, site: string): Places {
  return places.get(site) ?? { lowest: '0', highest: lastPlace }
}

/** The conditions as they are stored; undefined where they can be met by nothing. */
async function conditionsOf(db: Database, mine: Lane[], asked: Asked): Promise<Conditions | undefined> {
  const { q, name, rule, moderator, from = null, to = null } = asked
  const terms = [
    q === undefined ? undefined : searchTerms(q),
    name === undefined ? undefined : nameTerms(name),
  ]
  const words = terms.filter((one) => one !== undefined)
  const sites = mine.map(({ site }) => site)
  const rules = rule === undefined ? null : await rulesCalled(db.desk, sites, rule)
  const person = moderator === undefined ? null : await personCalled(db.desk, moderator)
  if (rules?.length === 0 || person === undefined) return undefined
  return {
    patterns: words.length > 0 ? words.map(({ pattern }) => pattern) : null,
    grams: words.map(({ grams }) => grams).join(' & '),
    isNamed: name !== undefined,
    rules,
    person,
    from,
    to,
  }
}
