import { z } from 'zod'
import { Language } from '../../http/language.ts'
import { Instant } from '../../http/times.ts'
import { SiteKey } from '../../sites/site.ts'
import { Agreement } from '../samples/agreement.ts'
import { Handling } from './handling.ts'
import { From, isSomeTime, someTime, Until } from './period.ts'
import type { Figure } from './store.ts'
import { WaitingTime } from './waits.ts'

export const StatisticsQuery = z
  .strictObject({
    site: SiteKey,
    from: From.optional(),
    to: Until.optional(),
    language: Language.optional(),
  })
  .refine(isSomeTime, someTime)
export type StatisticsQuery = z.infer<typeof StatisticsQuery>

/** Decisions that settle something, in the order in which they are told. */
const deciding = ['approve', 'edit', 'reject', 'return', 'unpublish', 'restore'] as const

/** Those against what a reader wrote, which cite rules. */
const restricting = ['edit', 'reject', 'return', 'unpublish'] as const

const Decided = z
  .strictObject({
    approve: z.int(),
    edit: z.int(),
    reject: z.int(),
    return: z.int(),
    unpublish: z.int(),
    restore: z.int(),
  })
  .meta({ id: 'Decided', description: 'How many decisions of each kind were made and not undone.' })
type Decided = z.infer<typeof Decided>

const Appeals = z.strictObject({
  filed: z.int(),
  upheld: z.int(),
  reversed: z.int(),
  partlyReversed: z.int(),
  byRule: z.array(z.strictObject({ code: z.string(), answered: z.int(), reversed: z.int() })),
  open: z.int().meta({ description: 'Now.' }),
})

const Share = z.number().min(0).max(1).nullable()

/** What happened on a site in some days, and what waits now. */
export const Statistics = z
  .strictObject({
    site: z.string(),
    from: From,
    to: Until,
    counted: z.boolean().meta({
      description: 'Whether everything in these days is counted; what is newest is, some seconds later.',
    }),
    backlog: z
      .strictObject({
        count: z.int(),
        oldest: Instant.nullable().meta({ description: 'Since when the oldest waits as it does.' }),
        byLanguage: z.array(z.strictObject({ language: z.string(), count: z.int(), oldest: Instant })),
      })
      .meta({ description: 'What waits for a decision now.' }),
    received: z.int(),
    resubmitted: z.int(),
    expired: z.int(),
    withdrawn: z.int(),
    decided: Decided,
    escalated: z.int(),
    undone: z.strictObject({ count: z.int(), share: Share }).meta({
      description: 'Decisions, escalations too, that were undone before they showed; of all that were made.',
    }),
    waiting: WaitingTime.meta({ description: 'From being sent to the decision.' }),
    handling: Handling,
    byRule: z
      .array(
        z.strictObject({
          code: z.string(),
          edit: z.int(),
          reject: z.int(),
          return: z.int(),
          unpublish: z.int(),
          overturned: z.int(),
          overturnedShare: Share,
        }),
      )
      .meta({
        description:
          'Decisions that cite a rule; one that cites two is under both. Overturned: restored in these days, whenever decided, on appeal or not.',
      }),
    byLanguage: z.array(
      z.strictObject({
        language: z.string(),
        received: z.int(),
        expired: z.int(),
        decided: Decided,
        waiting: WaitingTime,
        handling: Handling,
      }),
    ),
    moderators: z
      .array(
        z.strictObject({
          pseudonym: z.string(),
          decided: Decided,
          escalated: z.int(),
          undone: z.int(),
          overturned: z.int().meta({ description: 'Decisions of theirs that were.' }),
          handling: Handling,
        }),
      )
      .meta({ description: 'By pseudonym. For looking after people, not for comparing them.' }),
    appeals: Appeals.meta({
      description: 'Against decisions about comments, by whoever wrote them; by the rules that these cite.',
    }),
    reportAppeals: Appeals.meta({
      description:
        'Against keeping comments, by whoever reported them; by the rule that the report names, or `law`. Reversed: the comment went after all.',
    }),
    agreement: Agreement,
  })
  .meta({ id: 'Statistics' })
export type Statistics = z.infer<typeof Statistics>

type Counts = Pick<Figure, 'action' | 'made' | 'undone' | 'overturned'>

/** How many moves of a kind were made and not undone. */
export function standing(figures: readonly Counts[], action: string): number {
  return figures.reduce(
    (sum, figure) => (figure.action === action ? sum + figure.made - figure.undone : sum),
    0,
  )
}

export function decided(figures: readonly Counts[]): Decided {
  return {
    approve: standing(figures, 'approve'),
    edit: standing(figures, 'edit'),
    reject: standing(figures, 'reject'),
    return: standing(figures, 'return'),
    unpublish: standing(figures, 'unpublish'),
    restore: standing(figures, 'restore'),
  }
}

/** How many were undone, and of how many. */
export function undone(figures: readonly Counts[]): Statistics['undone'] {
  const all = figures.filter(({ action }) => [...deciding, 'escalate'].includes(action))
  const count = sumOf(all, 'undone')
  return { count, share: shareOf(count, sumOf(all, 'made')) }
}

export function byRule(figures: readonly Figure[]): Statistics['byRule'] {
  return [...grouped(figures, 'rule')]
    .filter(([code]) => code !== '')
    .map(([code, own]) => {
      const { edit, reject, return: returned, unpublish } = decided(own)
      const restricted = own.filter(({ action }) => restricting.some((one) => one === action))
      const overturned = sumOf(restricted, 'overturned')
      return {
        code,
        edit,
        reject,
        return: returned,
        unpublish,
        overturned,
        overturnedShare: shareOf(overturned, edit + reject + returned + unpublish),
      }
    })
    .toSorted((one, other) => (one.code < other.code ? -1 : 1))
}

/** Things by what a member of theirs says, in the order in which they came. */
export function grouped<Key extends string, Thing extends Record<Key, string>>(
  things: readonly Thing[],
  by: Key,
): Map<string, Thing[]> {
  const groups = new Map<string, Thing[]>()
  for (const thing of things) groups.set(thing[by], [...(groups.get(thing[by]) ?? []), thing])
  return groups
}

export function sumOf(figures: readonly Counts[], what: 'made' | 'undone' | 'overturned'): number {
  return figures.reduce((sum, figure) => sum + figure[what], 0)
}

/** Of what was overturned, some was decided earlier; so there may be more of it than of all. */
function shareOf(count: number, all: number): number | null {
  return all === 0 ? null : Math.min(1, count / all)
}
