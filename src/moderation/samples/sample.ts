import { z } from 'zod'
import { inDigits } from '../../http/paging.ts'
import { Instant } from '../../http/times.ts'
import { Signal } from '../../screening/signal.ts'
import { SiteKey } from '../../sites/site.ts'
import { Rule } from '../../terms/terms.ts'

export const SamplesQuery = z.strictObject({
  site: SiteKey,
  limit: inDigits(z.int().min(1).max(50).default(10).meta({ description: 'How many to return at most.' })),
})
export type SamplesQuery = z.infer<typeof SamplesQuery>

const Words = z.strictObject({ name: z.string().nullable(), text: z.string().nullable() })

/** A comment as it was judged, and nothing of who judged it, how, and what came of it. */
export const Sample = z
  .strictObject({
    id: z.uuid().meta({ description: 'Of the sample; it is not that of the comment.' }),
    site: z.string(),
    article: z.string(),
    articleTitle: z.string().nullable(),
    articleUrl: z.string().nullable(),
    language: z.string(),
    name: z.string().nullable(),
    text: z.string(),
    signals: z.array(Signal),
    thread: z.array(Words).meta({ description: 'What it answers, from the first comment down.' }),
    rules: z.array(Rule).meta({ description: 'Under which it was judged.' }),
  })
  .meta({ id: 'Sample' })
export type Sample = z.infer<typeof Sample>

export const Samples = z.strictObject({ samples: z.array(Sample) }).meta({ id: 'Samples' })
export type Samples = z.infer<typeof Samples>

/** What the caller would have decided. */
export const Verdict = z
  .strictObject({
    action: z.enum(['approve', 'edit', 'reject', 'return']),
    rules: z
      .array(z.string().max(40))
      .max(20)
      .default([])
      .transform((codes) => [...new Set(codes)])
      .meta({ description: 'Codes of the rules under which; none to approve.' }),
  })
  .meta({ id: 'Verdict', examples: [{ action: 'reject', rules: ['promotion'] }] })
export type Verdict = z.infer<typeof Verdict>

export const VerdictMade = z
  .strictObject({ sample: z.uuid(), action: z.string(), rules: z.array(z.string()), judgedAt: Instant })
  .meta({ id: 'VerdictMade' })
export type VerdictMade = z.infer<typeof VerdictMade>
