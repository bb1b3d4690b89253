import type { Sql } from '../database/client.ts'
import { errorCode } from '../database/faults.ts'
import type { Precision } from '../http/times.ts'
import { articleOfComment } from '../sites/moved-article-store.ts'
import type { Limits } from '../sites/site.ts'
import type { Rule } from '../terms/terms.ts'
import type { ErasedFor } from './comment.ts'
import type { Appealing } from './own-appeal.ts'
import type { Move, Status } from './status.ts'

interface Words {
  name: string | null
  text: string
}

/** All that a receipt's holder may learn, and what the verbs need to act for them. */
export interface HeldComment {
  id: string
  site: string
  article: string
  version: number
  status: Status
  revision: number
  /** why the words are erased; null while they are not */
  erased: ErasedFor | null
  /** whether the reader asked for that while the words have to be kept */
  erasureWaits: boolean
  language: string
  limits: Limits
  edits: string
  termsVersion: number
  times: Precision
  /** the words as they were last sent by the reader */
  submitted: Words | null
  /** what everybody sees now */
  shown: (Words & { at: Date }) | null
  /** whether the newest publication is still to come */
  waits: boolean
  /** the newest decision that the reader may know of */
  decision: {
    action: Move
    rules: Pick<Rule, 'code' | 'title' | 'text'>[]
    /** the order of an authority in the place of rules, where its reader may be told of it */
    order: { country: string; authority: string; summary: string | null } | null
    reason: string | null
  } | null
  /** the decision that stands, where it is one that can be appealed once, and the reader knows of it */
  appealable: { seq: number; until: string; isOver: boolean; wasAppealed: boolean } | null
  /** the newest appeal, unless another decision against the text came after it */
  appeal: Appealing['appeal']
}

/** The comment of a receipt; undefined for a receipt that is not known. One query. */
export async function heldComment(db: Sql, receiptHash: Buffer): Promise<HeldComment | undefined> {
  const { rows } = await db.query<HeldComment>({
    name: 'held_comment',
    text: `
      select c.id, c.site, a.key as article, c.seq as version, c.status, c.revision,
             ${erasedFor} as erased,
             exists (select from erasure_wish v where v.comment_id = c.id) as "erasureWaits", c.language, s.times, s.edits,
             jsonb_build_object('textGraphemes', s.text_graphemes, 'textBytes', s.text_bytes,
                                'nameGraphemes', s.name_graphemes) as limits,
             (select max(t.version) from terms t where t.site = c.site and t.published_at is not null) as "termsVersion",
             (select jsonb_build_object('name', t.name, 'text', t.text)
                from move m join revision_text t on t.comment_id = m.comment_id and t.seq = m.seq
               where m.comment_id = c.id and m.action in ('submit', 'resubmit')
               order by m.seq desc limit 1) as submitted,
             coalesce(c.shows_from > moment(), false) as waits,
             shown.name as shown_name, shown.text as shown_text, c.first_shown_at,
             case when shown.text is not null
                  then jsonb_build_object('name', shown.name, 'text', shown.text, 'at', c.first_shown_at) end as shown,
             (select jsonb_build_object(
                       'action', m.action,
                       'reason', w.reason,
                       'order', (select jsonb_build_object('country', o.country, 'authority', o.authority,
                                                           'summary', o.public_summary)
                                   from legal_order o where o.id = m.order_id and o.reader_may_be_told),
                       'rules', coalesce((select jsonb_agg(jsonb_build_object('code', u.code, 'title', u.title, 'text', u.text)
                                                           order by u.position)
                                            from rule u where u.id = any (m.rules)), '[]'))
                from move m left join move_text w on w.comment_id = m.comment_id and w.seq = m.seq
               where m.comment_id = c.id and m.seq = told.seq) as decision,
             ${appealable} as appealable, ${newestAppeal} as appeal
        from comment c
        ${articleOfComment}
        join site s on s.key = c.site
        left join lateral (
          select t.name, t.text from revision_text t
           where c.status = 'published' and t.comment_id = c.id
             and t.seq = case when c.shows_from <= moment() then c.revision else c.earlier_revision end
        ) as shown on true
        left join lateral (${newestToldDecision}) as told on true
       where c.receipt_hash = $1`,
    values: [receiptHash],
  })
  return (
    rows[0] && { ...rows[0], shown: rows[0].shown && { ...rows[0].shown, at: new Date(rows[0].shown.at) } }
  )
}

/**
 * The newest decision that settles what the reader sees. A publication that is still to come is not told; nor is what
 * was undone, escalated, or made obsolete by the reader's own next text.
 */
const newestToldDecision = `
  select m.seq from move m
   where m.comment_id = c.id
     and m.action in ('approve', 'edit', 'reject', 'return', 'unpublish', 'restore', 'expire')
     and (m.shows_from is null or m.shows_from <= moment())
     and not exists (select from move later where later.comment_id = c.id and later.seq > m.seq
                        and later.action = 'resubmit')
     and not exists (select from move undone where undone.comment_id = c.id and undone.seq = m.seq + 1
                        and undone.action = 'undo')
   order by m.seq desc limit 1`

const appealable = `
  (select jsonb_build_object('seq', n.seq, 'until', n.appeal_until, 'isOver', n.appeal_until <= moment(),
                             'wasAppealed', exists (select from appeal p where p.comment_id = n.comment_id
                                                       and p.seq = n.seq and p.status <> 'lapsed'))
     from statement n
    where n.comment_id = c.id and n.seq = standing_decision(c.id) and n.appeal_until is not null
      and n.applies_from <= moment() and c.erased_at is null)`

/** Why the words are erased, as far as the reader may be told. */
const erasedFor = `
  (select case when e.asked_by = 'reader' then 'you'
               when e.asked_by = 'system' then 'time'
               when e.reason = 'order' and not (select o.reader_may_be_told from legal_order o where o.id = e.order_id)
                 then 'other'
               else coalesce(e.reason, 'other') end
     from erasure e where e.comment_id = c.id)`

const newestAppeal = `
  (select jsonb_build_object('status', p.status, 'filedAt', p.filed_at, 'outcome', p.outcome, 'decidedAt', p.reviewed_at,
                             'explanation', (select x.text from appeal_text x
                                              where x.appeal_id = p.id and x.part = 'explanation'))
     from appeal p
    where p.comment_id = c.id
      and not exists (select from statement n
                       where n.comment_id = c.id and n.seq > p.seq and n.seq is distinct from p.outcome_seq
                         and n.applies_from <= moment()
                         and not exists (select from move undone where undone.comment_id = c.id
                                            and undone.seq = n.seq + 1 and undone.action = 'undo'))
    order by p.position desc limit 1)`

/**
 * Removes every word of a comment that is settled and not shown, as its reader asked; the log stays. False while they
 * have to be kept (PB005).
 */
export async function eraseForReader(db: Sql, commentId: string): Promise<boolean> {
  try {
    await db.query(`select erase_comment($1, 'reader', null)`, [commentId])
    return true
  } catch (error) {
    if (errorCode(error) === 'PB005') return false
    throw error
  }
}

/** Keeps that the reader asked for it, until it can be done. */
export async function wishErasure(db: Sql, commentId: string): Promise<void> {
  await db.query('insert into erasure_wish (comment_id) values ($1) on conflict do nothing', [commentId])
}
