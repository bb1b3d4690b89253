import { type Life, relive } from './life.ts'
import { type Newsroom, siteOf } from './newsroom.ts'
import { type CommentRow, type DatabaseRecord, readRecord } from './record.ts'
import { isEditor } from './staff.ts'
import type { Words } from './words.ts'

/** Everything that a check needs: what everybody was told, what PostgreSQL has, and what should come of both. */
export interface Inquiry {
  room: Newsroom
  record: DatabaseRecord
  /** each comment's life, lived again */
  lives: Map<string, Life>
  /** the words of each revision as those know them who wrote them, by `comment revision` */
  words: Map<string, Words>
  /** when it was, by the database's clock */
  now: number
}

export async function inquire(room: Newsroom): Promise<Inquiry> {
  const record = await readRecord(room.house)
  const [outcomes, ofReports] = [await outcomeMoves(room), await outcomesOfReports(room)]
  const editors = new Map(
    room.sites.map(({ key }) => [
      key,
      new Set(room.staff.filter((one) => isEditor(one, key)).map(({ id }) => id)),
    ]),
  )
  const lives = new Map(
    [...record.comments.values()].map((comment) => [
      comment.id,
      relive(comment, {
        publishDelay: siteOf(room, comment.site).publishDelay,
        isOutcome: ({ seq }) => outcomes.has(`${comment.id} ${seq}`),
        isOutcomeOfReport: ({ seq }) => ofReports.has(`${comment.id} ${seq}`),
        isEditor: (person) => editors.get(comment.site)?.has(person) ?? false,
      }),
    ]),
  )
  return { room, record, lives, words: knownWords(room, record), now: room.now() }
}

async function outcomeMoves({ house }: Newsroom): Promise<Set<string>> {
  const { rows } = await house.owner.query<{ comment: string; version: number; last: number }>(
    `select comment_id as comment, version, outcome_seq as last from appeal
      where outcome in ('reversed', 'partly_reversed')`,
  )
  return new Set(
    rows.flatMap(({ comment, version, last }) => [`${comment} ${version + 1}`, `${comment} ${last}`]),
  )
}

async function outcomesOfReports({ house }: Newsroom): Promise<Set<string>> {
  const { rows } = await house.owner.query<{ move: string }>(
    `select concat(comment_id, ' ', outcome_seq) as move from report_appeal where outcome_seq is not null`,
  )
  return new Set(rows.map(({ move }) => move))
}

function knownWords({ ledger }: Newsroom, { comments }: DatabaseRecord): Map<string, Words> {
  const known = new Map<string, Words>()
  for (const { id, words, sentAgain } of ledger.comments.values()) {
    known.set(`${id} 1`, words)
    const again = (comments.get(id)?.moves ?? []).filter(({ action }) => action === 'resubmit')
    for (const [index, { seq }] of again.entries()) {
      const sent = sentAgain[index]
      if (sent) known.set(`${id} ${seq}`, sent)
    }
  }
  // Of two who asked at once, the words of the one who came first.
  for (const { by, action, comment, version, wrote } of [...ledger.unheard, ...ledger.moves]) {
    const move = comments.get(comment)?.moves[version]
    if (wrote && move?.person === by && move.action === action) known.set(`${comment} ${version + 1}`, wrote)
  }
  return known
}

/** The revision that everybody sees of a comment, if any. */
export function shownNow({ lives, now }: Inquiry, id: string): number | undefined {
  return lives.get(id)?.shown.find(({ from, until }) => from <= now && now < until)?.revision
}

/** Whether a comment was public once, and whether an answer to it is now. */
export function leavesItsPlace(
  inquiry: Inquiry,
  { id }: CommentRow,
  answers: Map<string, CommentRow[]>,
): boolean {
  const wasShown = inquiry.lives.get(id)?.shown.some(({ from }) => from <= inquiry.now) ?? false
  return wasShown && hasAnswer(inquiry, id, answers)
}

function hasAnswer(inquiry: Inquiry, id: string, answers: Map<string, CommentRow[]>): boolean {
  return (answers.get(id) ?? []).some(
    (answer) => shownNow(inquiry, answer.id) !== undefined || hasAnswer(inquiry, answer.id, answers),
  )
}
