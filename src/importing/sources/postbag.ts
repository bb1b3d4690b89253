import { parsed } from '../entries.ts'
import { type ExportedComment, ExportedLine } from '../exported.ts'
import { linesOf, type SourceFile } from '../file.ts'
import { dropsOf, type Found, type FoundComment, type FoundStatus } from '../found.ts'

/**
 * Postbag's own export. What shows is published here with its text of now; what waits in any way waits here as it was
 * last sent; all else leaves a place. Decisions stay in the log of the site where they were made.
 */
export async function* readPostbag(file: SourceFile): AsyncGenerator<Found> {
  for await (const { line, number } of linesOf(file)) {
    const exported = ExportedLine.safeParse(parsed(line, number))
    if (!exported.success) throw new Error(`Line ${number} is none of Postbag's export.`)
    const { data } = exported
    if (data.kind === 'comment') yield commentOf(data, number)
    else if (data.kind === 'article') {
      const { id, key, title, open: isOpen, madeAt } = data
      // The key is the name that the publisher gave it, be it an address or not.
      yield {
        kind: 'article',
        ref: id,
        url: key,
        id: key,
        title: title ?? undefined,
        isOpen,
        at: new Date(madeAt),
      }
    } else yield { kind: 'skipped', place: `line ${number}`, reason: kinds[data.kind] }
  }
}

const kinds = {
  site: 'the settings of the site: make them here by hand',
  terms: 'terms: publish them here by hand',
  phrase: 'phrases',
  savedReason: 'saved reasons',
} as const

function commentOf(comment: ExportedComment, number: number): FoundComment {
  const { id, parent, article, revisions, revision, submittedAt, publishedAt, language, staff } = comment
  const status = statusOf(comment)
  const stands = status === 'pending' ? revisions.findLast(({ rules }) => rules.length === 0) : undefined
  const { name, text, rules } = stands ?? revisions.find(({ version }) => version === revision) ?? erased
  return {
    kind: 'comment',
    place: `line ${number}, comment ${id}`,
    id,
    parent: parent ?? undefined,
    article,
    name: name ?? undefined,
    body: { text: text ?? '' },
    status: text === null ? 'gone' : status,
    at: new Date(publishedAt ?? submittedAt),
    drops: dropsOf({}),
    edited: rules,
    staff,
    language,
  }
}

const erased = { name: null, text: null, rules: [] }

function statusOf({ status }: ExportedComment): FoundStatus {
  if (status === 'published') return 'published'
  return status === 'pending' || status === 'second_review' || status === 'returned' ? 'pending' : 'gone'
}
