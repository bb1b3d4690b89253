import { z } from 'zod'

const Counts = z.record(z.string(), z.number())

/** What an import found and did. Numbers and names of kinds: no word, name or address of anybody. */
export const ImportReport = z.strictObject({
  /** comments in the file, by how they stood there */
  found: z.strictObject({ published: z.number(), pending: z.number(), gone: z.number() }),
  /** what was left out, by reason */
  skipped: Counts,
  /** comments that came with something that is not taken over, by what it was */
  dropped: Counts,
  /** comments that came with less than they had: without their name, or their time */
  flawed: Counts,
  /** comments that stand in the file more than once */
  doubles: z.number(),
  articles: z.strictObject({ found: z.number(), made: z.number() }),
  /** what was written, and what was here already from before */
  written: z.strictObject({ published: z.number(), pending: z.number(), places: z.number() }),
  here: z.number(),
  /** replies that stand by themselves now, because what they answer did not come */
  orphaned: z.number(),
})
export type ImportReport = z.infer<typeof ImportReport>

export function emptyReport(): ImportReport {
  return {
    found: { published: 0, pending: 0, gone: 0 },
    skipped: {},
    dropped: {},
    flawed: {},
    doubles: 0,
    articles: { found: 0, made: 0 },
    written: { published: 0, pending: 0, places: 0 },
    here: 0,
    orphaned: 0,
  }
}

export function count(counts: Record<string, number>, name: string, by = 1): void {
  counts[name] = (counts[name] ?? 0) + by
}

const figures = new Intl.NumberFormat('en')

/** A report in words, line by line. */
export function reportLines(report: ImportReport, isDry: boolean): string[] {
  const { found, skipped, dropped, flawed, doubles, articles, written, here, orphaned } = report
  const line = (name: string, many: number, more = '') =>
    `  ${figures.format(many).padStart(12)}  ${name}${more}`
  const some = (all: Record<string, number>, prefix: string) =>
    Object.entries(all)
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([name, many]) => line(`${prefix}${name}`, many))
  const optional = (name: string, many: number) => (many > 0 ? [line(name, many)] : [])
  return [
    'In the file:',
    line('comments that were public', found.published),
    line('that wait for a decision', found.pending),
    line('that were deleted or refused', found.gone),
    ...optional('that stand there more than once', doubles),
    ...some(skipped, 'left out: '),
    ...some(flawed, 'come with less: '),
    ...some(dropped, 'not taken over: '),
    isDry ? 'Writing them would leave:' : 'Here now:',
    line(
      'articles',
      articles.found,
      ` (${figures.format(articles.made)} ${isDry ? 'are new' : 'were made'})`,
    ),
    ...(isDry
      ? []
      : [
          line('comments written as published', written.published),
          line('written as waiting in the queue', written.pending),
          line('places of comments that are gone but were answered', written.places),
        ]),
    line('comments that were here already', here),
    line('replies that stand by themselves, because what they answer did not come', orphaned),
  ]
}
