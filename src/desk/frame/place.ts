import type { SignalCode, Status } from '../api/shapes.ts'

/** The parts of the desk. */
const areas = [
  'queue',
  'list',
  'search',
  'comment',
  'reports',
  'appeals',
  'statistics',
  'log',
  'statements',
  'transparency',
  'terms',
  'phrases',
  'reasons',
  'sites',
  'people',
  'keys',
  'me',
] as const
export type Area = (typeof areas)[number]

/** Where somebody is at the desk: a part, one thing of it, and what is shown of it. */
export interface Place {
  area: Area
  /** the one thing that is looked at, such as a comment's id */
  one?: string
  filter: Filter
}

/** What is shown; only what has been chosen is there. */
export interface Filter {
  site?: string
  language?: string
  signal?: SignalCode
  status?: Status
  /** reports and appeals: open or not */
  state?: string
  /** words to find: behind the #, so that no server and no log sees them */
  q?: string
  name?: string
  article?: string
  rule?: string
  moderator?: string
  from?: string
  to?: string
  cursor?: string
}

const filters = [
  'site',
  'language',
  'state',
  'q',
  'name',
  'article',
  'rule',
  'moderator',
  'from',
  'to',
  'cursor',
] as const

export const signals = [
  'links',
  'contact_details',
  'repeat',
  'phrase',
  'shouting',
  'impersonation',
  'invisible_characters',
  'bidi_controls',
  'private_use',
  'replacement_character',
  'stacked_marks',
  'zawgyi',
  'mixed_script',
  'markup',
  'language',
  'classifier',
  'honeypot',
  'quick',
  'unproven',
] as const satisfies SignalCode[]

export const statuses = [
  'pending',
  'second_review',
  'published',
  'rejected',
  'returned',
  'unpublished',
  'expired',
  'withdrawn',
] as const satisfies Status[]

/** The place that the part of an address behind its # names; the queue for anything else. */
export function placeIn(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2)
  const [, named, one] = path.split('/')
  const area = areas.find((known) => known === named)
  if (area === undefined) return { area: 'queue', filter: {} }
  const filter = filterIn(new URLSearchParams(query))
  const name = decoded(one)
  return name === undefined || name === '' ? { area, filter } : { area, one: name, filter }
}

/** The link to a place, from `#` on. */
export function linkTo({
  area,
  one,
  filter = {},
}: Pick<Place, 'area' | 'one'> & { filter?: Filter }): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value)
  const path = one === undefined ? `#/${area}` : `#/${area}/${encodeURIComponent(one)}`
  return query.size > 0 ? `${path}?${query}` : path
}

/** Whether what stands behind the # is a place, and not the code of a sign-in link. */
export function isPlace(hash: string): boolean {
  return hash === '' || hash.startsWith('#/')
}

/** Where a comment belongs among what was asked for. */
export function isWithin(
  { site, language, signal }: Filter,
  comment: { site: string; language: string; signals: readonly { code: string }[] },
): boolean {
  if (site !== undefined && comment.site !== site) return false
  if (signal !== undefined && !comment.signals.some(({ code }) => code === signal)) return false
  if (language === undefined) return true
  return comment.language === language || comment.language.split('-')[0] === language
}

/** A filter as claims and decisions take it. */
export function claimed({ site, language, signal }: Filter) {
  return {
    ...(site !== undefined && { site }),
    ...(language !== undefined && { languages: [language] }),
    ...(signal !== undefined && { signal }),
  }
}

function filterIn(query: URLSearchParams): Filter {
  const filter: Filter = {}
  for (const name of filters) {
    const value = query.get(name)
    if (value) filter[name] = value
  }
  const signal = signals.find((one) => one === query.get('signal'))
  const status = statuses.find((one) => one === query.get('status'))
  return { ...filter, ...(signal && { signal }), ...(status && { status }) }
}

function decoded(part: string | undefined): string | undefined {
  if (part === undefined) return undefined
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
