import type { ModeratedComment } from '../../../src/moderation/decision.ts'
import type { Chance } from './chance.ts'
import type { NewsSite } from './newsroom.ts'
import { cut } from './words.ts'

/** A decision as it is sent. */
export interface Asked {
  action: string
  text?: string
  rules?: string[]
  reason?: string
  note?: string
  proposal?: string
}

type Judged = Pick<ModeratedComment, 'status' | 'text'>

/** What a person makes of a comment; now and then something that cannot be done. */
export function verdict(chance: Chance, comment: Judged, site: NewsSite): Asked {
  const first = chance.happens(0.05) ? mistake(chance) : choose(chance, comment)
  if (first === 'edit' || first === 'propose an edit') return editing(chance, first, comment, site)
  return typeof first === 'string' ? ask(chance, first) : first
}

type Choice =
  | 'approve'
  | 'reject'
  | 'edit'
  | 'return'
  | 'escalate'
  | 'propose an edit'
  | 'propose to reject'
  | 'unpublish'

function choose(chance: Chance, { status }: Judged): Choice {
  if (status === 'second_review') {
    return chance.weighed<Choice>([
      ['approve', 5],
      ['reject', 4],
      ['edit', 2],
    ])
  }
  if (status === 'published') {
    return chance.weighed<Choice>([
      ['edit', 1],
      ['unpublish', 1],
    ])
  }
  return chance.weighed<Choice>([
    ['approve', 52],
    ['reject', 16],
    ['edit', 10],
    ['return', 9],
    ['escalate', 3],
    ['propose an edit', 3],
    ['propose to reject', 5],
  ])
}

function ask(chance: Chance, choice: Exclude<Choice, 'edit' | 'propose an edit'>): Asked {
  const rules = [chance.one(['topic', 'promotion', 'respect']) ?? 'topic']
  const asked: Record<typeof choice, Asked> = {
    approve: { action: 'approve', ...(chance.happens(0.1) && { note: 'A good question.' }) },
    reject: { action: 'reject', rules, ...(chance.happens(0.5) && { reason: 'It is about another thing.' }) },
    unpublish: { action: 'unpublish', rules },
    return: { action: 'return', rules, reason: 'Please say how it connects.' },
    escalate: { action: 'escalate', proposal: 'approve', note: 'I am not sure.' },
    'propose to reject': { action: 'escalate', proposal: 'reject', rules: ['violence'] },
  }
  return asked[choice]
}

function editing(
  chance: Chance,
  choice: 'edit' | 'propose an edit',
  { text }: Judged,
  { edits }: NewsSite,
): Asked {
  const edited = editedText(chance, text, edits)
  if (edited === undefined) return ask(chance, 'approve')
  if (choice === 'edit')
    return { action: 'edit', rules: ['respect'], text: edited, reason: 'No insults here.' }
  return { action: 'escalate', proposal: 'edit', rules: ['at_risk'], text: edited }
}

/** Another text that the site's moderators may put in its place; undefined where there is none. */
export function editedText(
  chance: Chance,
  text: string | null,
  edits: NewsSite['edits'],
): string | undefined {
  if (text === null) return undefined
  const shorter = cut(text)
  return edits === 'full' && chance.happens(0.5) ? `${shorter ?? text} (${chance.below(1_000_000)})` : shorter
}

/** Something that is refused, whatever the comment. */
function mistake(chance: Chance): Asked {
  return chance.weighed<Asked>([
    [{ action: 'reject', rules: ['violence'] }, 1],
    [{ action: 'reject' }, 1],
    [{ action: 'return', rules: ['topic'] }, 1],
    [{ action: 'approve', text: 'Not what was sent.' }, 1],
    [{ action: 'reject', rules: ['weather'] }, 1],
    [{ action: 'undo' }, 1],
    [{ action: 'edit', rules: ['topic'], text: 'Another text altogether.' }, 1],
  ])
}
