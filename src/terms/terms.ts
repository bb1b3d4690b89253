import { z } from 'zod'
import { Language } from '../http/language.ts'
import { Instant } from '../http/times.ts'
import { plain, words } from '../http/words.ts'

/** The moves that a rule can permit. */
export const Permit = z.enum(['edit', 'reject', 'return', 'unpublish'])
export type Permit = z.infer<typeof Permit>

/** A clause of the terms, as its site writes it. */
const RuleSettings = z
  .strictObject({
    code: z
      .string()
      .max(40)
      .regex(
        /^[a-z][a-z0-9_]*$/,
        'It has lower-case letters, digits and underscores, and begins with a letter',
      ),
    title: words(120),
    text: words(4_000),
    permits: z
      .array(Permit)
      .min(1)
      .max(4)
      .refine((permits) => new Set(permits).size === permits.length, { message: 'Name each move once' }),
    needsSecond: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether rejecting or editing under it needs a second person.' }),
    category: plain(z.string().max(100))
      .default('STATEMENT_CATEGORY_OTHER_VIOLATION_TC')
      .meta({ description: 'Of the EU DSA Transparency Database.' }),
    keywords: z
      .array(plain(z.string().max(100)))
      .max(20)
      .default([]),
  })
  .meta({ id: 'RuleSettings' })

export const TermsSettings = z
  .strictObject({
    language: Language.optional().meta({ description: "By default the site's." }),
    introduction: words(10_000),
    rules: z
      .array(RuleSettings)
      .min(1)
      .max(60)
      .refine((rules) => new Set(rules.map((rule) => rule.code)).size === rules.length, {
        message: 'Use each code once',
      }),
  })
  .meta({ id: 'TermsSettings' })
export type TermsSettings = z.infer<typeof TermsSettings>

export const Rule = RuleSettings.required().meta({ id: 'Rule' })
export type Rule = z.infer<typeof Rule>

/** One frozen version of a site's terms of use. */
export const Terms = z
  .strictObject({
    version: z.int(),
    language: z.string(),
    introduction: z.string(),
    publishedAt: Instant,
    rules: z.array(Rule),
  })
  .meta({ id: 'Terms' })
export type Terms = z.infer<typeof Terms>

/** A rule as it is cited: what a reader needs to look it up. */
export const CitedRule = z.strictObject({ code: z.string(), title: z.string() }).meta({ id: 'CitedRule' })
export type CitedRule = z.infer<typeof CitedRule>
