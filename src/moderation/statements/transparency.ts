import { z } from 'zod'
import { primaryLanguage } from '../../http/language.ts'
import type { Rule } from '../../terms/terms.ts'
import type { RestrictiveAction } from '../appeals/appeal.ts'
import type { StatementOrder } from './statement-order.ts'

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
    source_identity: z.string().nullable(),
    automated_detection: z.enum(['Yes', 'No']),
    automated_decision: z.literal('AUTOMATED_DECISION_NOT_AUTOMATED'),
    decision_ground: z.enum(['DECISION_GROUND_INCOMPATIBLE_CONTENT', 'DECISION_GROUND_ILLEGAL_CONTENT']),
    decision_ground_reference_url: z.string().nullable(),
    illegal_content_legal_ground: z.string().nullable(),
    illegal_content_explanation: z.string().nullable(),
    incompatible_content_ground: z.string().nullable(),
    incompatible_content_explanation: z.string().nullable(),
    incompatible_content_illegal: z.literal('No').nullable(),
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
type Source = 'own' | 'notice' | 'trusted_flagger' | 'other_notification' | 'order'

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
  /** in the place of rules */
  order: StatementOrder | null
}

export function transparencyFields(facts: StatementFacts, baseUrl: string): TransparencyFields {
  const { action, rules } = facts
  const categories = [...new Set(rules.map(({ category }) => category))]
  const keywords = [...new Set(rules.flatMap((rule) => rule.keywords))]
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
    ...underTheTerms(facts, baseUrl),
    category: categories[0] ?? 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC',
    category_addition: categories.slice(1),
    category_specification: keywords,
    category_specification_other: keywords.includes('KEYWORD_OTHER')
      ? cut(rules.map(({ title }) => title).join('; '), 500)
      : null,
    content_type: ['CONTENT_TYPE_TEXT'],
    content_type_other: null,
    content_language: twoCapitals(facts.contentLanguage),
    ...(facts.order && byOrder(facts.order)),
  }
}

type Ground = Pick<
  TransparencyFields,
  | 'decision_ground'
  | 'decision_ground_reference_url'
  | 'illegal_content_legal_ground'
  | 'illegal_content_explanation'
  | 'incompatible_content_ground'
  | 'incompatible_content_explanation'
  | 'incompatible_content_illegal'
>

function underTheTerms(facts: StatementFacts, baseUrl: string): Ground {
  const { termsVersion, rules } = facts
  const codes = rules.map(({ code }) => code).join(', ')
  return {
    decision_ground: 'DECISION_GROUND_INCOMPATIBLE_CONTENT',
    decision_ground_reference_url: termsUrl(facts, baseUrl),
    illegal_content_legal_ground: null,
    illegal_content_explanation: null,
    incompatible_content_ground: cut(`Terms of use, version ${termsVersion}: ${codes}`, 500),
    incompatible_content_explanation: cut(
      rules.map(({ title, text }) => `${title}. ${text}`).join('\n'),
      2_000,
    ),
    incompatible_content_illegal: 'No',
  }
}

const anOrder =
  'Order of an authority to act against illegal content (Article 9 of Regulation (EU) 2022/2065, or the like of it)'
const unsaid = 'The authority holds that the comment is unlawful; nobody here judged that.'

/** What an order puts in the place of a rule. The fields may be published, so they say no more than the reader is told. */
function byOrder(order: StatementOrder): Partial<TransparencyFields> {
  const { authority, country, reference, legalBasis, summary } = order
  const details = order.readerMayBeTold ? [reference, legalBasis].filter((part) => part !== null) : []
  return {
    decision_facts:
      'An authority ordered that the published comment goes. A person took it down to carry out the order; nobody here judged it by the terms of use.',
    source_identity: order.readerMayBeTold ? cut(`${authority} (${country})`, 500) : null,
    decision_ground: 'DECISION_GROUND_ILLEGAL_CONTENT',
    decision_ground_reference_url: null,
    illegal_content_legal_ground: cut([anOrder, ...details].join('; '), 500),
    illegal_content_explanation: (order.readerMayBeTold ? summary : null) ?? unsaid,
    incompatible_content_ground: null,
    incompatible_content_explanation: null,
    incompatible_content_illegal: null,
    category: 'STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE',
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
  order: 'SOURCE_TYPE_OTHER_NOTIFICATION',
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
