import type { Comment, Rule } from '../../src/desk/api/shapes.ts'
import type { Shelf } from '../../src/desk/queue/drafts.ts'

let made = 0

/** A comment as the service gives it to moderators, waiting. */
export function aCommentToJudge(change: Partial<Comment> = {}): Comment {
  made += 1
  return {
    id: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    site: 'demo',
    article: 'welcome',
    articleTitle: null,
    articleUrl: null,
    parent: null,
    status: 'pending',
    version: 1,
    revision: 1,
    name: 'Robin',
    text: 'Now is there an evening boat?',
    language: 'en',
    submittedAt: '2026-11-24T00:00:00.000Z',
    visibleAt: null,
    termsVersion: 1,
    signals: [],
    screened: true,
    removed: {},
    last: { action: 'submit', by: null, at: '2026-11-24T00:00:00.000Z', rules: [] },
    ...change,
  }
}

export function aRule(change: Partial<Rule> = {}): Rule {
  return {
    code: 'spam',
    title: 'Spam',
    text: 'No spam.',
    permits: ['edit', 'reject', 'return', 'unpublish'],
    needsSecond: false,
    category: 'other',
    keywords: [],
    ...change,
  }
}

/** A browser's storage, in memory; one with `room` for so many characters throws when it is full. */
export function aShelf(room = Number.POSITIVE_INFINITY): Shelf {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, value) {
      if (value.length > room) throw new Error('QuotaExceededError')
      kept.set(key, value)
    },
    removeItem: (key) => void kept.delete(key),
  }
}
