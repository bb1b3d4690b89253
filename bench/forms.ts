import type { Hostile } from './inputs.ts'
import type { Case } from './requests.ts'
import type { Asked } from './service.ts'

export function formPost(hostile: Hostile): Case {
  const text = encodeURIComponent(hostile.ofBytes(130_000).toWellFormed())
  return {
    what: `a form with ${hostile.what}`,
    answers: [200, 413, 422],
    prepare: async () => inForm(`nonce=${aNonce()}&text=${text}`),
  }
}

let nonces = 0

function aNonce(): string {
  nonces += 1
  return `nonce-of-the-bench-${String(nonces).padStart(8, '0')}`
}

function inForm(body: string): Asked {
  return {
    method: 'POST',
    path: '/edits/articles/news/comments',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  }
}

/** Forms that are hostile by their form. */
export function forms(): Case[] {
  const most = 390_000
  const bodies: [what: string, body: string][] = [
    ['a form of equals signs', '='.repeat(most)],
    ['a form of ampersands', '&'.repeat(most)],
    ['a form of one field again and again', 'text=a&'.repeat(most / 7)],
    ['a form of many fields', Array.from({ length: 60_000 }, (_, at) => at.toString(36)).join('&')],
    ['a form of plus signs', `text=${'+'.repeat(most)}`],
    ['a form of per cent signs', `text=${'%'.repeat(most)}`],
    ['a form of half characters', `text=${'%E2%82'.repeat(most / 6)}`],
    ['a form of escaped names', `${'%74'.repeat(most / 3)}=a`],
  ]
  return bodies.map(([what, body]) => ({
    what,
    answers: [200, 400, 413, 422],
    prepare: async () => inForm(body),
  }))
}
