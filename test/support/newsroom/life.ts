import type { CommentRow, MoveRow } from './record.ts'

// What a comment's life may be, written down a second time from the design, so that it is checked against something
// else than itself.
const lives: Record<string, { actor: string; from: string[]; to: string; cites?: boolean }> = {
  submit: { actor: 'reader', from: ['none'], to: 'pending' },
  approve: { actor: 'person', from: ['pending', 'second_review'], to: 'published' },
  edit: { actor: 'person', from: ['pending', 'second_review', 'published'], to: 'published', cites: true },
  reject: { actor: 'person', from: ['pending', 'second_review'], to: 'rejected', cites: true },
  return: { actor: 'person', from: ['pending'], to: 'returned', cites: true },
  resubmit: { actor: 'reader', from: ['returned'], to: 'pending' },
  escalate: { actor: 'person', from: ['pending'], to: 'second_review' },
  unpublish: { actor: 'person', from: ['published'], to: 'unpublished', cites: true },
  restore: {
    actor: 'person',
    from: ['rejected', 'unpublished', 'expired', 'published', 'returned'],
    to: 'published',
  },
  expire: { actor: 'system', from: ['pending', 'returned'], to: 'expired' },
  withdraw: {
    actor: 'reader',
    from: ['pending', 'second_review', 'published', 'rejected', 'returned', 'unpublished', 'expired'],
    to: 'withdrawn',
  },
}
const undoable = new Set(['approve', 'edit', 'reject', 'return', 'escalate', 'restore'])

/** A comment after one of its moves. */
interface Stand {
  status: string
  revision: number
  /** when the revision shows, and what shows until then; only while published */
  showsFrom: number | null
  earlier: number | null
  escalatedBy: string | null
}

/** A time in which everybody could see a revision: from when it was due until the next move began. */
interface Shown {
  revision: number
  from: number
  until: number
}

/** A move is there once its transaction ends, which takes no longer than this after it began, in milliseconds. */
export const moveLasts = 3_000

export interface Life {
  stand: Stand
  shown: Shown[]
  /** what is wrong with it */
  faults: string[]
}

/** How long after it a decision is not seen yet, in seconds; and which moves were the outcome of an appeal, of a writer's or of a reporter's. */
export interface Circumstances {
  publishDelay: number
  isOutcome: (move: MoveRow) => boolean
  isOutcomeOfReport: (move: MoveRow) => boolean
  isEditor: (person: string) => boolean
}

/** Lives a comment's life again, move by move. */
export function relive(comment: CommentRow, circumstances: Circumstances): Life {
  const stands: Stand[] = [{ status: 'none', revision: 0, showsFrom: null, earlier: null, escalatedBy: null }]
  const faults: string[] = []
  const shown: Shown[] = []
  for (const [index, move] of comment.moves.entries()) {
    const before = stands[index]
    if (!before) break
    const complain = (fault: string) => faults.push(`${comment.id} ${move.seq} ${move.action}: ${fault}`)
    if (move.seq !== index + 1) complain('its number is not the next')
    if (move.from !== before.status) complain(`it begins at ${move.from}, the comment was ${before.status}`)
    if (move.seq > 1 && move.judged !== before.revision) complain('it judged another revision')
    shown.push(...shownUntil(before, comment.moves[index - 1]?.at ?? 0, move.at))
    const after =
      move.action === 'undo'
        ? undone(comment.moves, stands, index, circumstances, complain)
        : moved(move, before, stands[index - 1], comment.moves[index - 1], circumstances, complain)
    if (after.status !== move.to) complain(`it ends at ${move.to}, not at ${after.status}`)
    if (after.revision !== move.revision) complain(`revision ${move.revision} stands, not ${after.revision}`)
    stands.push(after)
  }
  const stand = stands[stands.length - 1]
  if (!stand) throw new Error('A life without a beginning.')
  shown.push(...shownUntil(stand, comment.moves.at(-1)?.at ?? 0, Number.POSITIVE_INFINITY))
  return { stand, shown: shown.filter(({ from, until }) => from < until), faults }
}

type Complain = (fault: string) => void

function moved(
  move: MoveRow,
  before: Stand,
  earlierStand: Stand | undefined,
  last: MoveRow | undefined,
  { publishDelay, isOutcome, isEditor }: Circumstances,
  complain: Complain,
): Stand {
  const legal = lives[move.action]
  if (!legal?.from.includes(move.from)) complain(`nothing leads from ${move.from} by it`)
  if (legal?.actor !== move.actor || (move.person !== null) !== (move.actor === 'person'))
    complain('by whom?')
  const needsRule = legal?.cites ?? (move.action === 'escalate' && move.proposal !== 'approve')
  if (needsRule !== move.cites > 0) complain(`it cites ${move.cites} rules`)
  const outcomeOnly = move.from === 'published' || move.from === 'returned'
  if (move.action === 'restore' && outcomeOnly && !isOutcome(move)) complain('it is no outcome of an appeal')
  if (move.action === 'restore' && !isEditor(move.person ?? '')) complain('it is an editor’s to restore')
  if (move.from === 'second_review' && move.actor === 'person' && move.person === before.escalatedBy)
    complain('the second person is the first')

  const to = legal?.to ?? 'none'
  const writes = ['submit', 'resubmit', 'edit'].includes(move.action)
  const revision = writes ? move.seq : move.action === 'restore' ? move.revision : before.revision
  const escalatedBy = move.action === 'escalate' ? move.person : before.escalatedBy
  if (to !== 'published') return { status: to, revision, showsFrom: null, earlier: null, escalatedBy }

  if ((move.showsFrom ?? 0) < move.at + publishDelay * 1_000) complain('it shows too early')
  // Of an outcome in two moves the first never shows.
  const wasOutcome =
    move.action === 'edit' && last?.action === 'restore' && isOutcome(last) && isOutcome(move)
  const shownBefore = wasOutcome ? earlierStand : before
  const earlier = shownBefore ? shownAt(shownBefore, move.at) : null
  return { status: to, revision, showsFrom: move.showsFrom, earlier, escalatedBy }
}

function undone(
  moves: readonly MoveRow[],
  stands: readonly Stand[],
  index: number,
  { publishDelay, isOutcome, isOutcomeOfReport, isEditor }: Circumstances,
  complain: Complain,
): Stand {
  const [move, last, back] = [moves[index], moves[index - 1], stands[index - 1]]
  if (!move || !last || !back) throw new Error('An undo without anything before it.')
  if (!undoable.has(last.action)) complain(`a ${last.action} is not undone`)
  if (isOutcome(last) || isOutcomeOfReport(last)) complain('the outcome of an appeal is not undone')
  if (move.person !== last.person && !isEditor(move.person ?? '')) complain('it is another person’s')
  if (move.at >= (last.showsFrom ?? last.at + publishDelay * 1_000)) complain('it is too late')
  return back
}

function shownAt({ status, revision, showsFrom, earlier }: Stand, at: number): number | null {
  if (status !== 'published' || showsFrom === null) return null
  return showsFrom <= at ? revision : earlier
}

/** What a comment shows while it stands like that. */
function shownUntil({ status, revision, showsFrom, earlier }: Stand, from: number, until: number): Shown[] {
  if (status !== 'published' || showsFrom === null) return []
  const before = earlier === null ? [] : [{ revision: earlier, from, until: Math.min(showsFrom, until) }]
  return [...before, { revision, from: Math.max(from, showsFrom), until }]
}
