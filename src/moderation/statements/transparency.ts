import { z } from 'zod'
import { primaryLanguage } from '../../http/language.ts'
import type { Rule } from '../../terms/terms.ts'
import type { RestrictiveAction } from '../appeals/appeal.ts'

const Codes = z.array(z.string())

/**
 * What the EU's DSA Transparency Database (schema v2) takes for a statement of reasons, under its own names and in its
 * order. No word of a reader's, and nobody's name.
 */
export const TransparencyFields = z
  .strictObject({
    puid: z.string(),
    decision_visibility: Codes,
    decision_visibility_other: z.string().nullable(),
    decision_monetary: z.null(),
    decision_provision: z.null(),
    decision_account: z.null(),
    end_date_visibility_restriction: z.null(),
    application_date: z.iso.date(),
    content_date: z.iso.date(),
    territorial_scope: Codes,
    decision_facts: z.string(),
    source_type: z.string(),
    source_identity: z.null(),
    automated_detection: z.enum(['Yes', 'No']),
    automated_decision: z.literal('AUTOMATED_DECISION_NOT_AUTOMATED'),
    decision_ground: z.literal('DECISION_GROUND_INCOMPATIBLE_CONTENT'),
    decision_ground_reference_url: z.string(),
    illegal_content_legal_ground: z.null(),
    illegal_content_explanation: z.null(),
    incompatible_content_ground: z.string(),
    incompatible_content_explanation: z.string(),
    incompatible_content_illegal: z.literal('No'),
    category: z.string(),
    category_addition: Codes,
    category_specification: Codes,
    category_specification_other: z.string().nullable(),
    content_type: z.tuple([z.literal('CONTENT_TYPE_TEXT')]),
    content_type_other: z.null(),
    content_language: z.string().nullable().meta({ description: 'Two capitals (ISO 639-1), or null.' }),
  })
  .meta({ id: 'TransparencyFields', description: 'Under the names of the DSA Transparency Database.' })
export type TransparencyFields = z.infer<typeof TransparencyFields>

/** The names of the fields, in their order. */
export const transparencyNames = TransparencyFields.keyof().options

type CitedRule = Pick<Rule, 'code' | 'title' | 'text' | 'category' | 'keywords'>

/** What led to a decision. */
type Source = 'own' | 'notice' | 'trusted_flagger' | 'other_notification'

/** What the fields are made of. */
export interface StatementFacts {
  id: string
  site: string
  action: z.infer<typeof RestrictiveAction>
  appliesFrom: Date
  sentAt: Date
  contentLanguage: string
  source: Source
  automatedDetection: boolean
  termsVersion: number
  rules: CitedRule[]
}

export function transparencyFields(facts: StatementFacts, baseUrl: string): TransparencyFields {
  const { action, rules } = facts
  const categories = [...new Set(rules.map(({ category }) => category))]
  const keywords = [...new Set(rules.flatMap((rule) => rule.keywords))]
  const codes = rules.map(({ code }) => code).join(', ')
  return {
    puid: facts.id,
    ...restrictions[action],
    decision_monetary: null,
    decision_provision: null,
    decision_account: null,
    end_date_visibility_restriction: null,
    application_date: dayOf(facts.appliesFrom),
    content_date: dayOf(facts.sentAt),
    territorial_scope: [...europeanEconomicArea],
    source_type: sources[facts.source],
    source_identity: null,
    automated_detection: facts.automatedDetection ? 'Yes' : 'No',
    automated_decision: 'AUTOMATED_DECISION_NOT_AUTOMATED',
    decision_ground: 'DECISION_GROUND_INCOMPATIBLE_CONTENT',
    decision_ground_reference_url: termsUrl(facts, baseUrl),
    illegal_content_legal_ground: null,
    illegal_content_explanation: null,
    incompatible_content_ground: cut(`Terms of use, version ${facts.termsVersion}: ${codes}`, 500),
    incompatible_content_explanation: cut(
      rules.map(({ title, text }) => `${title}. ${text}`).join('\n'),
      2_000,
    ),
    incompatible_content_illegal: 'No',
    category: categories[0] ?? 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC',
    category_addition: categories.slice(1),
    category_specification: keywords,
    category_specification_other: keywords.includes('KEYWORD_OTHER')
      ? cut(rules.map(({ title }) => title).join('; '), 500)
      : null,
    content_type: ['CONTENT_TYPE_TEXT'],
    content_type_other: null,
    content_language: twoCapitals(facts.contentLanguage),
  }
}

/** Where the terms are that were in force. */
export function termsUrl(
  { site, termsVersion }: Pick<StatementFacts, 'site' | 'termsVersion'>,
  baseUrl: string,
) {
  return `${baseUrl}/v1/sites/${site}/terms/${termsVersion}`
}

type Restriction = Pick<
  TransparencyFields,
  'decision_visibility' | 'decision_visibility_other' | 'decision_facts'
>

const before = 'A person read the comment before it could be published, as every comment here is read,'

/** The database has no value for what is refused before it is published, nor for what is published with changes. */
const restrictions: Record<StatementFacts['action'], Restriction> = {
  reject: {
    decision_visibility: ['DECISION_VISIBILITY_OTHER'],
    decision_visibility_other: 'not published after review before publication',
    decision_facts: `${before} and judged that it breaks the rules that are named. It was not published.`,
  },
  return: {
    decision_visibility: ['DECISION_VISIBILITY_OTHER'],
    decision_visibility_other: 'not published after review before publication, and returned to be changed',
    decision_facts: `${before} and judged that it breaks the rules that are named. Its author was asked to change it.`,
  },
  edit: {
    decision_visibility: ['DECISION_VISIBILITY_OTHER'],
    decision_visibility_other: 'published with marked passages removed or changed',
    decision_facts:
      'A person read the comment and judged that passages of it break the rules that are named. These were removed or changed, which everybody is told; the rest is published.',
  },
  unpublish: {
    decision_visibility: ['DECISION_VISIBILITY_CONTENT_REMOVED'],
    decision_visibility_other: null,
    decision_facts:
      'A person read the published comment and judged that it breaks the rules that are named. It was taken down.',
  },
}

const sources: Record<Source, string> = {
  own: 'SOURCE_VOLUNTARY',
  notice: 'SOURCE_ARTICLE_16',
  trusted_flagger: 'SOURCE_TRUSTED_FLAGGER',
  other_notification: 'SOURCE_TYPE_OTHER_NOTIFICATION',
}

/** A decision holds everywhere; the database asks about these countries. */
const europeanEconomicArea =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' ')

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}

function twoCapitals(language: string): string | null {
  const primary = primaryLanguage(language)
  return primary.length === 2 ? primary.toUpperCase() : null
}

/** At most so many UTF-16 units, and no half of a pair. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
