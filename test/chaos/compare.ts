import type { Pursued } from './history.ts'

/** A comment as it stands in the database, with what readers and people did to it in their order. */
export interface Found {
  id: string
  site: string
  article: string
  actions: string[]
  /** by the number of the move that made them, as far as they are not erased */
  texts: Record<string, string>
  /** Idempotency-Keys that are kept for it */
  keys: number
}

/** What its text begins with. */
function markOf({ texts }: Pick<Found, 'texts'>): string {
  return (texts['1'] ?? '').split(' ', 1)[0] ?? ''
}

/**
 * What speaks against the promise: everything acknowledged is there exactly once, what is indeterminate once or not at
 * all, and nothing that nobody asked for. `lost`, `doubled` and `unasked` begin the lines.
 */
export function differences(all: readonly Pursued[], found: readonly Found[]): string[] {
  const asked = grouped(all, ({ intention }) => intention.mark)
  const there = grouped(found, markOf)
  const faults: string[] = []
  for (const [mark, pursued] of asked) {
    const comments = there.get(mark) ?? []
    there.delete(mark)
    if (comments.length > 1) faults.push(`doubled: ${mark} is there ${comments.length} times`)
    faults.push(...differencesOf(mark, pursued, comments[0]))
  }
  for (const mark of there.keys()) faults.push(`unasked: nobody sent ${mark || 'a comment without a text'}`)
  return faults
}

function differencesOf(mark: string, pursued: readonly Pursued[], comment: Found | undefined): string[] {
  const submissions = pursued.filter(({ intention }) => intention.action === 'submit')
  if (!comment) {
    const isLost = submissions.some(({ fate }) => isCertainlyDone(fate))
    return isLost ? [`lost: ${mark} was acknowledged and is not there`] : []
  }
  const faults: string[] = []
  if (submissions.every(({ fate }) => fate === 'refused'))
    faults.push(`unasked: ${mark} was refused and is there`)
  const [first] = submissions
  if (first?.intention.site !== comment.site || first.intention.article !== comment.article)
    faults.push(`unasked: ${mark} is where nobody sent it`)
  if (comment.keys !== 1) faults.push(`half: ${mark} has ${comment.keys} Idempotency-Keys`)
  const receipts = new Set<string | undefined>()
  for (const { id, receipt, status } of submissions.flatMap(({ heard }) => heard)) {
    if (status !== 202) continue
    receipts.add(receipt)
    if (id !== comment.id) faults.push(`doubled: ${mark} is ${comment.id}, and ${id} was acknowledged`)
  }
  if (receipts.size > 1) faults.push(`doubled: ${mark} has ${receipts.size} receipts`)
  return [...faults, ...movesOf(mark, pursued, comment), ...textsOf(mark, pursued, comment)]
}

/** Whether the moves are those that were asked for, in their order, each once. */
function movesOf(mark: string, pursued: readonly Pursued[], { actions }: Found): string[] {
  const later = pursued.filter(({ intention: { what } }) => !/^(?:submit|read)/.test(what))
  const rivals = later.filter(({ intention }) => intention.isRival)
  const certain = later
    .filter(({ fate, intention }) => isCertainlyDone(fate) && !intention.isRival)
    .map(({ intention }) => intention.action)
  // Nobody goes on after what is not certain, so there is one of these at most.
  const perhaps = later.filter(({ fate, intention }) => fate === 'indeterminate' && !intention.isRival)
  const winners = rivals.filter(({ fate }) => fate === 'acknowledged')
  if (winners.length > 1) return [`doubled: both who decided about ${mark} at once were told that they did`]
  if (winners.length === 0) perhaps.push(...rivals.filter(({ fate }) => fate !== 'refused'))

  const expected = ['submit', ...certain, ...winners.map(({ intention }) => intention.action)]
  const allowed = [expected, ...perhaps.map(({ intention }) => [...expected, intention.action])]
  if (allowed.some((one) => one.join() === actions.join())) return []
  const kind = actions.length < expected.length ? 'lost' : repeats(actions) ? 'doubled' : 'unasked'
  return [
    `${kind}: ${mark} went through ${actions.join()}, and ${allowed.map((one) => one.join()).join(' or ')} was asked`,
  ]
}

function repeats(actions: readonly string[]): boolean {
  return actions.some((action, at) => action === actions[at - 1])
}

/** Whether each text is one that was sent to be there. */
function textsOf(mark: string, pursued: readonly Pursued[], { texts }: Found): string[] {
  const sent = new Set(pursued.map(({ intention }) => intention.text))
  return Object.entries(texts)
    .filter(([, text]) => !sent.has(text))
    .map(([seq]) => `unasked: ${mark} has another text than was sent, with move ${seq}`)
}

function isCertainlyDone(fate: Pursued['fate']): boolean {
  return fate === 'acknowledged' || fate === 'proven'
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}
