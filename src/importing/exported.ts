import { z } from 'zod'
import { Status } from '../comments/status.ts'
import { ArticleKey } from '../sites/article.ts'
import { Site } from '../sites/site.ts'
import { Terms } from '../terms/terms.ts'

const At = z.iso.datetime().meta({ description: 'In UTC, as fine as it is known.' })

const ExportedSite = z
  .strictObject({ kind: z.literal('site'), version: z.literal(1), exportedAt: At, site: Site })
  .meta({ description: 'The first line: the site and its settings.' })

const ExportedTerms = z
  .strictObject({ kind: z.literal('terms'), terms: Terms })
  .meta({ description: 'A version of the terms with its rules, oldest first.' })

const ExportedPhrase = z
  .strictObject({ kind: z.literal('phrase'), phrase: z.record(z.string(), z.unknown()) })
  .meta({ description: 'A phrase that moderators are told of.' })

const ExportedSavedReason = z
  .strictObject({ kind: z.literal('savedReason'), savedReason: z.record(z.string(), z.unknown()) })
  .meta({ description: 'A reason that moderators keep at hand.' })

const ExportedArticle = z
  .strictObject({
    kind: z.literal('article'),
    id: z.uuid(),
    key: ArticleKey,
    formerKeys: z.array(z.string()).meta({ description: 'Keys that lead to it as well.' }),
    title: z.string().nullable(),
    author: z.string().nullable(),
    url: z.string().nullable(),
    language: z.string().nullable(),
    open: z.boolean(),
    madeAt: At,
  })
  .meta({ description: 'An article; all stand before the comments.' })

const ExportedRevision = z.strictObject({
  version: z.int(),
  name: z.string().nullable(),
  text: z.string().nullable().meta({ description: 'null once erased' }),
  termsVersion: z.int(),
  rules: z.array(z.string()).meta({ description: 'Codes of the rules under which it was edited.' }),
  removed: z.record(z.string(), z.number()),
})

const ExportedMove = z.strictObject({
  version: z.int(),
  action: z.string(),
  from: z.string(),
  to: z.string(),
  by: z.string().nullable().meta({ description: 'A pseudonym; null for the reader or the service.' }),
  at: At,
  revision: z.int(),
  rules: z.array(z.string()),
  reason: z.string().nullable(),
  note: z.string().nullable(),
  hash: z.string(),
})

const ExportedReport = z.strictObject({
  kind: z.string(),
  rule: z.string().nullable(),
  explanation: z.string().nullable(),
  filedAt: At,
  outcome: z.string().nullable(),
  resolvedAt: At.nullable(),
  answer: z.string().nullable(),
})

const ExportedAppeal = z.strictObject({
  against: z.int().meta({ description: 'The version of the decision.' }),
  text: z.string().nullable(),
  filedAt: At,
  status: z.string(),
  outcome: z.string().nullable(),
  by: z.string().nullable(),
  explanation: z.string().nullable(),
  decidedAt: At.nullable(),
})

const ExportedNote = z.strictObject({ by: z.string(), at: At, text: z.string().nullable() })

const ExportedComment = z
  .strictObject({
    kind: z.literal('comment'),
    id: z.uuid(),
    article: z.uuid(),
    parent: z.uuid().nullable(),
    status: Status,
    language: z.string(),
    staff: z.boolean(),
    submittedAt: At,
    publishedAt: At.nullable().meta({ description: 'Since when it shows, or showed; null if it never did.' }),
    erasedAt: At.nullable(),
    revision: z.int().meta({ description: 'The version of the text that stands.' }),
    imported: z.string().nullable().meta({ description: 'From where it was imported.' }),
    revisions: z.array(ExportedRevision),
    moves: z.array(ExportedMove),
    notes: z.array(ExportedNote),
    reports: z.array(ExportedReport),
    appeals: z.array(ExportedAppeal),
  })
  .meta({ description: 'A comment with all that happened to it, parents before their answers.' })
export type ExportedComment = z.infer<typeof ExportedComment>

/** A line of an export: NDJSON, one JSON object a line. */
export const ExportedLine = z
  .discriminatedUnion('kind', [
    ExportedSite,
    ExportedTerms,
    ExportedPhrase,
    ExportedSavedReason,
    ExportedArticle,
    ExportedComment,
  ])
  .meta({ title: "A line of Postbag's export" })
export type ExportedLine = z.infer<typeof ExportedLine>
