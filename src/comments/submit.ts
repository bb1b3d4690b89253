import { randomUUID } from 'node:crypto'
import { type Database, type Sql, transaction } from '../database/client.ts'
import { violatedConstraint } from '../database/faults.ts'
import { type Keyring, mac } from '../http/keyring.ts'
import { Problem } from '../http/problems.ts'
import { turn } from '../http/turns.ts'
import type { Screen, Screened } from '../screening/screened.ts'
import { wordsKey } from '../screening/search-key.ts'
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
import { type Wording, wording } from './wording.ts'

/** What taking a submission in needs. */
export interface Intake {
  db: Database
  keys: Keyring
  screen: Screen
  /** told of every text that was taken in, once it is kept; never throws */
  onTaken?: (() => void) | undefined
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
  if (sent.idempotencyKey !== undefined) {
    const submitted = await submitOnce(intake, facts, sent, sent.idempotencyKey)
    if (!submitted.again) intake.onTaken?.()
    return submitted
  }

  const acceptable = await examine(intake, facts, sent)
  const id = randomUUID()
  const receipt = newReceipt()
  await transaction(db.desk, (tx) => take(tx, facts, sent, acceptable, { id, receipt }))
  intake.onTaken?.()
  return { accepted: accept(facts, id, receipt), again: false }
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
  const givenAgain = async (at: Sql): Promise<Submitted | undefined> => {
    const earlier = await submittedWith(at, hash)
    if (!earlier) return undefined
    if (!earlier.fingerprint.equals(fingerprint)) throw new Problem('idempotency_key_reused')
    const { commentId } = earlier
    return { accepted: accept(facts, commentId, receiptOf(commentId)), again: true }
  }

  const earlier = await givenAgain(db.desk)
  if (earlier) return earlier
  const acceptable = await examine(intake, facts, sent)
  return transaction(db.desk, async (tx) => {
    if (!(await holdIdempotencyKey(tx, hash))) throw new Problem('still_running')
    const meanwhile = await givenAgain(tx)
    if (meanwhile) return meanwhile
    const id = randomUUID()
    const receipt = receiptOf(id)
    await take(tx, facts, sent, acceptable, { id, receipt })
    await keepIdempotencyKey(tx, hash, fingerprint, id)
    return { accepted: accept(facts, id, receipt), again: false }
  })
}

/** What may be taken, with what screening noticed. */
interface Acceptable {
  words: Wording
  searchKey: string
  screened: Screened | null
}

/** Refuses what cannot be taken, and screens the rest: before a transaction begins, so that none is held meanwhile. */
async function examine({ screen }: Intake, facts: SubmissionFacts, sent: Sent): Promise<Acceptable> {
  if (facts.paused || (facts.article && !facts.article.open)) throw new Problem('article_closed')
  if (!facts.article) refuseArticle(facts, sent.article)
  refuseReply(facts, sent.submission)
  await turn()
  const words = wording(sent.submission, facts.limits)
  const { site, article } = sent
  const screened = await screen({ site, article, language: facts.language, ...words })
  return { words, searchKey: wordsKey(words), screened }
}

async function take(
  tx: Sql,
  facts: SubmissionFacts,
  { site, article }: Sent,
  { words, searchKey, screened }: Acceptable,
  { id, receipt }: Pick<Accepted, 'id' | 'receipt'>,
): Promise<void> {
  const hash = receiptHash(receipt)
  if (!hash) throw new Error('a receipt that is none')
  await insertSubmission(tx, {
    id,
    site,
    articleId: facts.parent?.articleId ?? facts.article?.id ?? (await newArticle(tx, site, article)),
    parent: facts.parent,
    language: screened?.language ?? facts.language,
    receiptHash: hash,
    termsVersion: facts.termsVersion,
    wording: words,
    searchKey,
    screened,
  })
}

/** Refuses an answer to what does not show, or too deep. */
export function refuseReply(
  { parent, replyDepth }: SubmissionFacts,
  submission: Pick<Submission, 'parent'>,
): void {
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

/** A first submission makes the article only if the site lets it, and the key is the URL of one of its pages. */
function refuseArticle({ automaticArticles, origins }: SubmissionFacts, key: string): void {
  if (!automaticArticles || !liesWithin(key, origins)) throw new Problem('article_not_found')
}

async function newArticle(tx: Sql, site: string, url: string): Promise<string> {
  const made = await makeArticle(tx, site, url, automaticArticlesPerHour).catch((error: unknown) => {
    // Another article had this key until this moment; the next time it is known to lead there.
    throw violatedConstraint(error) === 'article_moved' ? new Problem('unavailable') : error
  })
  if (!made) throw new Problem('too_many_articles', undefined, { headers: { 'retry-after': '3600' } })
  return made
}

function accept({ notice }: SubmissionFacts, id: string, receipt: string): Accepted {
  return { id, status: 'pending', receipt, notice: notice ?? standardNotice }
}
