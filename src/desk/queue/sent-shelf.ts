import { isRecord } from '../api/problem.ts'
import type { Action, Comment, Decision } from '../api/shapes.ts'
import { parsed, type Shelf } from './drafts.ts'
import type { Sent } from './work.ts'

/** Decisions that were not answered yet, kept so that a page that is loaded anew asks for them again. */
export interface SentShelf {
  read: () => Pick<Sent, 'comment' | 'asked'>[]
  write: (sent: readonly Sent[]) => void
}

const name = 'postbag.desk.sent'

/** What cannot be kept is not: the decision is on its way in any case. */
export function sentShelf(shelf: Shelf): SentShelf {
  return {
    read() {
      const kept = parsed(shelf.getItem(name))
      return Array.isArray(kept) ? kept.filter(isSent) : []
    },
    write(sent) {
      try {
        if (sent.length === 0) shelf.removeItem(name)
        else shelf.setItem(name, JSON.stringify(sent.map(({ comment, asked }) => ({ comment, asked }))))
      } catch {
        shelf.removeItem(name)
      }
    },
  }
}

/** Written by this page alone, and so read with little doubt. */
function isSent(value: unknown): value is { comment: Comment; asked: Decision & { action: Action } } {
  if (!isRecord(value)) return false
  const { comment, asked } = value
  return (
    isRecord(comment) &&
    typeof comment['id'] === 'string' &&
    typeof comment['version'] === 'number' &&
    Array.isArray(comment['signals']) &&
    isRecord(asked) &&
    typeof asked['action'] === 'string'
  )
}
