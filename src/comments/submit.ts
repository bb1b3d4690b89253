import { randomUUID } from 'node:crypto'
import { type Database, type Sql, transaction } from '../database/client.ts'
import { type Keyring, mac } from '../http/keyring.ts'
import { Problem } from '../http/problems.ts'
import type { Screen } from '../screening/screened.ts'
import { automaticArticlesPerHour, liesWithin } from '../sites/article.ts'
import { standardNotice } from '../sites/site.ts'
import type { Accepted, Submission } from './comment.ts'
import { derivedReceipt, newReceipt, receiptHash } from './receipt.ts'
import {
  holdIdempotencyKey,
  insertSubmission,
  keepIdempotencyKey,
  makeArticle,
  type SubmissionFacts,
  submissionFacts,
  submittedWith,
} from './store.ts'
import { wording } from './wording.ts'

/** What taking a submission in needs. */
export interface Intake {
  db: Database
  keys: Keyring
  screen: Screen
}

/** Where and what a reader submits. */
export interface Sent {
  site: string
  article: string
  submission: Submission
  idempotencyKey?: string | undefined
}

export interface Submitted {
  accepted: Accepted
  /** whether this is the answer to an earlier request with the same key, given again */
  again: boolean
}

/**
 * Takes a reader's words in: they wait in the queue, and the reader gets a receipt. With an Idempotency-Key the same
 * request sent again gets the same answer, whatever has happened in between.
 */
export async function submit(intake: Intake, sent: Sent): Promise<Submitted> {
  const { db } = intake
  const facts = await submissionFacts(db.desk, sent.site, sent.article, sent.submission.parent ?? null)
  if (!facts) throw new Problem('site_not_found')
  if (sent.idempotencyKey === undefined) {
    const id = randomUUID()
    const receipt = newReceipt()
    await transaction(db.desk, (tx) => take(tx, intake, facts, sent, { id, receipt }))
    return { accepted: accept(facts, id, receipt), again: false }
  }
  return submitOnce(intake, facts, sent, sent.idempotencyKey)
}

async function submitOnce(
  intake: Intake,
  facts: SubmissionFacts,
  sent: Sent,
  idempotencyKey: string,
): Promise<Submitted> {
  const { db, keys } = intake
  const { text, name, parent } = sent.submission
  const hash = mac(keys.idempotency, idempotencyKey)
  const fingerprint = mac(keys.idempotency, sent.site, sent.article, text, name ?? null, parent ?? null)
  const receiptOf = (id: string) => derivedReceipt(keys.receipts, idempotencyKey, fingerprint, id)

  return transaction(db.desk, async (tx) => {
    if (!(await holdIdempotencyKey(tx, hash))) throw new Problem('still_running')
    const earlier = await submittedWith(tx, hash)
    if (earlier) {
      if (!earlier.fingerprint.equals(fingerprint)) throw new Problem('idempotency_key_reused')
      const { commentId } = earlier
      return { accepted: accept(facts, commentId, receiptOf(commentId)), again: true }
    }
    const id = randomUUID()
    const receipt = receiptOf(id)
    await take(tx, intake, facts, sent, { id, receipt })
    await keepIdempotencyKey(tx, hash, fingerprint, id)
    return { accepted: accept(facts, id, receipt), again: false }
  })
}

/** Refuses what cannot be taken, and writes the rest. */
async function take(
  tx: Sql,
  { screen }: Intake,
  facts: SubmissionFacts,
  sent: Sent,
  { id, receipt }: Pick<Accepted, 'id' | 'receipt'>,
): Promise<void> {
  const hash = receiptHash(receipt)
  if (!hash) throw new Error('a receipt that is none')
  if (facts.article && !facts.article.open) throw new Problem('article_closed')
  refuseReply(facts, sent.submission)
  const words = wording(sent.submission, facts.limits)
  const articleId = facts.article?.id ?? (await articleOf(tx, facts, sent))
  const screened = await screen({ site: sent.site, language: facts.language, ...words })

  await insertSubmission(tx, {
    id,
    site: sent.site,
    articleId,
    parent: facts.parent,
    language: screened?.language ?? facts.language,
    receiptHash: hash,
    termsVersion: facts.termsVersion,
    wording: words,
    screened,
  })
}

function refuseReply({ parent, replyDepth }: SubmissionFacts, submission: Submission): void {
  if (!submission.parent) return
  if (!parent) {
    const detail = 'There is no published comment with this id under this article.'
    throw parentProblem('parent_not_published', detail)
  }
  if (parent.ancestors.length >= replyDepth) {
    const detail =
      replyDepth === 0 ? 'This site takes no replies.' : `Replies nest at most ${replyDepth} deep here.`
    throw parentProblem('replies_too_deep', detail)
  }
}

function parentProblem(code: 'parent_not_published' | 'replies_too_deep', detail: string): Problem {
  return new Problem(code, detail, { errors: [{ pointer: '#/parent', code, detail }] })
}

async function articleOf(tx: Sql, facts: SubmissionFacts, { site, article }: Sent): Promise<string> {
  if (!facts.automaticArticles || !liesWithin(article, facts.origins)) throw new Problem('article_not_found')
  const made = await makeArticle(tx, site, article, automaticArticlesPerHour)
  if (!made) throw new Problem('too_many_articles', undefined, { headers: { 'retry-after': '3600' } })
  return made
}

function accept({ notice }: SubmissionFacts, id: string, receipt: string): Accepted {
  return { id, status: 'pending', receipt, notice: notice ?? standardNotice }
}
