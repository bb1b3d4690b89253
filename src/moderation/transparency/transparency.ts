import { z } from 'zod'
import { csvRecord } from '../../http/csv.ts'
import { SiteKey } from '../../sites/site.ts'
import { Day, From, isSomeTime, someTime, Until } from '../statistics/period.ts'
import { smallest } from './section.ts'

const FirstOfMonth = Day.refine((day) => day.endsWith('-01'), { message: 'It is the first day of a month' })

const mostMonths = 36

/** Whole months, because of days others could be told by their difference. */
export const TransparencyPeriod = z
  .strictObject({
    from: FirstOfMonth.meta({ description: 'The first day of a month, in UTC.' }),
    to: FirstOfMonth.meta({ description: 'The first day of the month after the last, in UTC.' }),
  })
  .refine(isSomeTime, someTime)
  .refine(({ from, to }) => monthsBetween(from, to) <= mostMonths, {
    message: `At most ${mostMonths} months`,
    path: ['to'],
  })
export type TransparencyPeriod = z.infer<typeof TransparencyPeriod>

/** Any days, for editors. */
export const TransparencyQuery = z
  .strictObject({ site: SiteKey, from: From, to: Until })
  .refine(isSomeTime, someTime)
export type TransparencyQuery = z.infer<typeof TransparencyQuery>

function monthsBetween(from: string, to: string): number {
  return monthOf(to) - monthOf(from)
}

function monthOf(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
}

const Told = z
  .strictObject({
    count: z
      .int()
      .nullable()
      .meta({
        description: `null where it is not told: from 1 to ${smallest - 1}, or what would tell such a number.`,
      }),
    more: z.boolean().meta({ description: 'Whether there was more than is told.' }),
  })
  .meta({ id: 'Told' })

const Breakdown = z.array(Told.extend({ key: z.string() })).optional()

/** What the report says of itself, whatever the figures are. */
const review = {
  beforePublication:
    'A person reads every comment before anybody else can, and decides: it is published as it was written, published with marked changes under a rule, returned to be changed, or refused under a rule. What nobody read is not published.',
  automatedMeans:
    'No automated means publishes, changes, hides, delays or refuses a comment. Signals note what a person should look at, such as links, contact details, repeated texts and words of a list, and may put a comment earlier in the queue.',
  automatedDecisions: 0,
  appeals:
    'Every decision against a comment names its rules to its reader, who can appeal; another person decides about that. So can whoever reported a comment that was kept; these appeals are counted apart, as report_appeals, and where one is reversed, the comment was taken down or edited after all.',
} as const

const method =
  `Days and months are UTC. Decisions that were undone before they showed are left out. A decision that cites two rules is counted under both. Overturned decisions are counted when they were restored, by what they were. ` +
  `In the public report, numbers from 1 to ${smallest - 1} are not told, month by month, nor others by which these could be told: of a breakdown with such numbers at least two are hidden, the smallest first, until each could be anything from 1 to ${smallest - 1}; where that cannot be had, the breakdown is left out. The table of rules and languages has no line whose sum is not told; with each small number of it three more are hidden, in another line and column, so that it could be anything from 1 to ${smallest - 1} by the others and all sums; where that cannot be had, the table is left out. Several months are the sums of what is told of each.`

/** What was received, decided, reported and appealed on a site. */
export const Transparency = z
  .strictObject({
    site: z.string(),
    from: Day,
    to: Day.meta({ description: 'Not included.' }),
    masked: z.boolean(),
    counted: z.boolean().meta({ description: 'Whether everything in these days is counted already.' }),
    review: z.strictObject({
      beforePublication: z.string(),
      automatedMeans: z.string(),
      automatedDecisions: z.literal(0),
      appeals: z.string(),
    }),
    method: z.string(),
    measures: z.array(
      z.strictObject({
        section: z.string(),
        measure: z.string(),
        total: Told,
        byLanguage: Breakdown,
        byRule: Breakdown,
        byCountry: Breakdown,
        byRuleAndLanguage: z
          .array(Told.extend({ rule: z.string(), language: z.string() }))
          .optional()
          .meta({
            description:
              'Of the rules and languages that are told. What is not listed of these was not there, or else this is left out as a whole.',
          }),
      }),
    ),
    waiting: z
      .array(
        z.strictObject({
          language: z.string().nullable().meta({ description: 'null for all.' }),
          median: z.int().nullable(),
          p95: z.int().nullable(),
        }),
      )
      .meta({ description: `Seconds from being sent to the decision, within 3 %; of ${smallest} at least.` }),
  })
  .meta({ id: 'Transparency' })
export type Transparency = z.infer<typeof Transparency>

/** A report with what every report says. */
export function reportOf(figures: Omit<Transparency, 'review' | 'method'>): Transparency {
  const { site, from, to, masked, counted, measures, waiting } = figures
  return { site, from, to, masked, counted, review, method, measures, waiting }
}

/** The report as a CSV file (RFC 4180): a number a line; empty where it is not told. */
export function transparencyAsCsv({ site, from, to, measures, waiting, ...said }: Transparency): string {
  const lines: (string | number | boolean | null)[][] = [
    ['section', 'measure', 'by', 'key', 'value', 'more'],
    ['report', 'site', '', '', site, ''],
    ['report', 'from', '', '', from, ''],
    ['report', 'to', '', '', to, ''],
    ['report', 'method', '', '', said.method, ''],
    ...Object.entries(said.review).map(([measure, value]) => ['review', measure, '', '', value, '']),
  ]
  for (const { section, measure, total, ...parts } of measures) {
    const { byLanguage = [], byRule = [], byCountry = [], byRuleAndLanguage = [] } = parts
    lines.push([section, measure, '', '', total.count, total.more])
    for (const [by, cells] of Object.entries({ language: byLanguage, rule: byRule, country: byCountry })) {
      for (const { key, count, more } of cells) lines.push([section, measure, by, key, count, more])
    }
    for (const { rule, language, count, more } of byRuleAndLanguage) {
      lines.push([section, measure, 'rule and language', `${rule} ${language}`, count, more])
    }
  }
  for (const { language, median, p95 } of waiting) {
    const by = language === null ? '' : 'language'
    lines.push(['waiting', 'median_seconds', by, language, median, ''])
    lines.push(['waiting', 'p95_seconds', by, language, p95, ''])
  }
  return lines.map((line) => csvRecord(line.map((field) => String(field ?? '')))).join('')
}
