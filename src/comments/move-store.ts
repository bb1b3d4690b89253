import { randomBytes } from 'node:crypto'
import type { Sql } from '../database/client.ts'
import { violatedConstraint } from '../database/faults.ts'
import { eventTypes } from '../delivery/event.ts'
import type { Screened } from '../screening/screened.ts'
import { wordsKey } from '../screening/search-key.ts'
import type { Actor, Transition } from './status.ts'
import type { Wording } from './wording.ts'

/** A new version of a text, made by a move. */
export interface NewRevision {
  wording: Wording
  termsVersion: number
  /** every rule under which it differs from the reader's own words */
  rules: string[]
  /** null where a moderator wrote it, or where it is still to be done */
  screened: Screened | null
}

/** What is to happen to a comment. The state that it leads to is computed by PostgreSQL. */
export interface NewMove {
  commentId: string
  /** the version that was judged; the move becomes the next one */
  version: number
  transition: Transition
  person: { id: string; keyId: string | null } | null
  judgedRevision: number
  /** the revision that stands afterwards; a new one has the number of the move */
  revision: number
  newRevision?: NewRevision
  rules: string[]
  /** the order of an authority under which it is made, in the place of rules */
  orderId?: string | undefined
  reason: string | null
  note: string | null
  /** whether to keep how long the person took, if they hold the comment by a claim */
  isTimed?: boolean | undefined
}

/** A move of a reader's or of the system's: it cites no rule, gives no reason, and leaves the text that stands. */
export function plainMove(
  { id, version, revision }: { id: string; version: number; revision: number },
  transition: Transition,
): NewMove {
  return {
    commentId: id,
    version,
    transition,
    person: null,
    judgedRevision: revision,
    revision,
    rules: [],
    reason: null,
    note: null,
  }
}

/** What PostgreSQL made of it. */
export interface RecordedMove {
  id: string
  decidedAt: Date
  showsFrom: Date | null
}

/**
 * Writes a move with all that belongs to it, in one statement and so in one transaction: the log's row, the new
 * revision and its words, reason and note, the event, how long it took. Undefined if another move came first.
 */
export async function recordMove(db: Sql, move: NewMove): Promise<RecordedMove | undefined> {
  try {
    const { rows } = await db.query<RecordedMove>({
      name: 'record_move',
      text: recordMoveSql,
      values: valuesOf(move),
    })
    return rows[0]
  } catch (error) {
    if (violatedConstraint(error) === 'move_pkey') return undefined
    throw error
  }
}

const recordMoveSql = `
  with made as (
    insert into move (comment_id, seq, action, proposal, from_status, to_status, actor, cites,
                      person_id, key_id, judged_revision, revision, rules, words_hash, text_hash, order_id)
    values ($1, $2, $3, $4, $5, $6, $7::text, $8, $9, $10, $11, $12, $13,
            case when $14::bytea is not null then words_hash($14, $15, $16) end,
            case when $22::bytea is not null then words_hash($22, $23, $24) end, $31)
    returning *
  ), said as (
    insert into move_text (comment_id, seq, salt, reason, note) select $1, $2, $14, $15, $16 where $14 is not null
  ), revised as (
    insert into revision (comment_id, seq, site, terms_version, rules, graphemes, bytes, removed, text_hash)
    select $1, $2, site, $17, $18::uuid[], $19, $20, $21, text_hash from made where text_hash is not null
  ), worded as (
    insert into revision_text (comment_id, seq, salt, name, text) select $1, $2, $22, $23, $24 where $22 is not null
  ), searchable as (
    insert into search_key (comment_id, seq, key) select $1, $2, $30::text where $30::text is not null
  ), screened as (
    insert into screening (comment_id, seq, site, signals, match_hash, simhash)
    select $1, $2, site, $25::jsonb, $27::bigint, $28::bigint from made where $25::jsonb is not null
  ), to_classify as (
    insert into unclassified (comment_id, seq) select $1, $2 from made where $29
  ), announced as (
    insert into event (site, type, comment_id, seq, due_at)
    select site, $26, $1, $2,
           case when action in ('reject', 'return', 'escalate')
                then decided_at + (select publish_delay from site where key = made.site) * interval '1 second'
                else coalesce(shows_from, decided_at) end
      from made
  ), timed as (
    insert into handled (site, language, person_id, day, seconds)
    select w.site, w.language, w.claimed_by, (m.decided_at at time zone 'UTC')::date,
           greatest(floor(extract(epoch from m.decided_at - w.claimed_since)), 0)
      from made m join waiting w on w.comment_id = m.comment_id
     where $32 and m.action <> 'undo'
       and w.claimed_by = m.person_id and w.claimed_until > m.decided_at and w.claimed_since is not null
  )
  select id, decided_at as "decidedAt", shows_from as "showsFrom" from made`

function valuesOf(move: NewMove): unknown[] {
  const { transition, person, newRevision } = move
  const hasWords = move.reason !== null || move.note !== null
  return [
    move.commentId,
    move.version + 1,
    transition.action,
    transition.proposal,
    transition.from,
    transition.to,
    transition.actor satisfies Actor,
    transition.cites,
    person?.id ?? null,
    person?.keyId ?? null,
    move.judgedRevision,
    move.revision,
    move.rules,
    hasWords ? newSalt() : null,
    move.reason,
    move.note,
    newRevision?.termsVersion ?? null,
    newRevision?.rules ?? null,
    newRevision?.wording.graphemes ?? null,
    newRevision?.wording.bytes ?? null,
    newRevision ? JSON.stringify(newRevision.wording.removed) : null,
    newRevision ? newSalt() : null,
    newRevision?.wording.name ?? null,
    newRevision?.wording.text ?? null,
    newRevision?.screened ? JSON.stringify(newRevision.screened.signals) : null,
    eventTypes[transition.action],
    newRevision?.screened?.matchHash ?? null,
    newRevision?.screened?.simhash ?? null,
    newRevision?.screened?.toClassify ?? false,
    newRevision ? wordsKey(newRevision.wording) : null,
    move.orderId ?? null,
    move.isTimed ?? false,
  ]
}

/** A salt for words whose hash stands in the log; it is erased with them. */
export function newSalt(): Buffer {
  return randomBytes(16)
}
