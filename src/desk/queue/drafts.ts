import { isRecord } from '../api/problem.ts'
import type { Cut } from '../deciding/cuts.ts'

/** What a moderator has begun about a comment and not sent. */
export interface Draft {
  /** the version of the comment for which it was written */
  version: number
  form: Form
  text: string
  /** null where the name is to be removed */
  name: string | null
  reason: string
  note: string
  rules: string[]
  cuts: Cut[]
}

const forms = ['reject', 'edit', 'cut', 'return', 'escalate', 'note'] as const
export type Form = (typeof forms)[number]

/** As the browser's: session storage, which belongs to one tab and ends with it. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

export interface Drafts {
  read: (id: string) => Draft | undefined
  write: (id: string, draft: Draft) => void
  erase: (id: string) => void
  eraseAll: () => void
}

/**
 * Keeps drafts by the comment's id. They hold a reader's words, so they are erased with the decision and at sign-out. A
 * shelf that is full or forbidden keeps nothing, and nobody is kept from deciding.
 */
export function draftsOn(shelf: Shelf): Drafts {
  return {
    read: (id) => draftIn(shelf.getItem(prefix + id)),
    write(id, draft) {
      try {
        shelf.setItem(prefix + id, JSON.stringify(draft))
      } catch {
        shelf.removeItem(prefix + id)
      }
    },
    erase: (id) => shelf.removeItem(prefix + id),
    eraseAll() {
      const keys = Array.from({ length: shelf.length }, (_, index) => shelf.key(index))
      for (const key of keys) if (key?.startsWith(prefix)) shelf.removeItem(key)
    },
  }
}

const prefix = 'postbag.desk.draft.'

function draftIn(written: string | null): Draft | undefined {
  const draft = parsed(written)
  if (!isRecord(draft)) return undefined
  const { version, form, text, name, reason, note, rules, cuts } = draft
  const known = forms.find((one) => one === form)
  if (typeof version !== 'number' || known === undefined) return undefined
  return {
    version,
    form: known,
    text: wordsIn(text),
    name: typeof name === 'string' ? name : null,
    reason: wordsIn(reason),
    note: wordsIn(note),
    rules: listIn(rules).filter((one) => typeof one === 'string'),
    cuts: listIn(cuts).flatMap((one) => cutIn(one) ?? []),
  }
}

/** JSON that may be anything; undefined for what is none. */
export function parsed(written: string | null): unknown {
  try {
    return written === null ? undefined : JSON.parse(written)
  } catch {
    return undefined
  }
}

function cutIn(value: unknown): Cut | undefined {
  if (!isRecord(value)) return undefined
  const { start, end, rule } = value
  if (typeof start !== 'number' || typeof end !== 'number' || typeof rule !== 'string') return undefined
  return { start, end, rule }
}

function wordsIn(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function listIn(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
