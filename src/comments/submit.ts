import { randomUUID } from 'node:crypto'
import type { Database } from '../database/client.ts'
import { violatedConstraint } from '../database/faults.ts'
import { type Keyring, mac } from '../http/keyring.ts'
import { Problem } from '../http/problems.ts'
import { turn } from '../http/turns.ts'
import { languageOf } from '../screening/language.ts'
import type { Screening } from '../screening/screened.ts'
import { wordsKey } from '../screening/search-key.ts'
import { liesWithin } from '../sites/article.ts'
import { standardNotice } from '../sites/site.ts'
import { arrivalOf, type FormTraces } from './arrival.ts'
import type { Accepted, Submission } from './comment.ts'
import type { EarlierSubmission, SubmissionFacts } from './facts-store.ts'
import { provenBy, type UsableProof } from './proof.ts'
import { derivedReceipt, newReceipt, receiptHash } from './receipt.ts'
import { type NewComment, submittedWith, type Written } from './submission-store.ts'
import type { WayIn } from './way-in.ts'
import { wording } from './wording.ts'

/** What taking a submission in needs. */
export interface Intake extends Screening {
  keys: Keyring
  wayIn: WayIn
}

/** Where and what a reader submits. */
export interface Sent {
  site: string
  article: string
  submission: Submission
  idempotencyKey?: string | undefined
  /** how the form without script was filled in, where it came from there */
  form?: FormTraces | undefined
  /** asked where the discussion is slow; throws if the sender has to wait */
  slow?: ((where: string, minutes: number) => Promise<void>) | undefined
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
export function submit(intake: Intake, sent: Sent): Promise<Submitted> {
  return intake.wayIn.enter(() => takeIn(intake, sent))
}

async function takeIn(intake: Intake, sent: Sent): Promise<Submitted> {
  const { db, keys, wayIn, onTaken } = intake
  const { site, article, submission, idempotencyKey } = sent
  const once = idempotencyKey === undefined ? undefined : repeatable(keys, sent, idempotencyKey)
  const parent = submission.parent ?? null
  const facts = await wayIn.look({ site, article, parent, keyHash: once?.keyHash ?? null })
  if (!facts) throw new Problem('site_not_found')
  if (once && facts.earlier) return givenAgain(facts, once, facts.earlier)

  const proof = await proofIn(intake, facts, sent)
  const id = randomUUID()
  const receipt = once?.receiptOf(id) ?? newReceipt()
  const comment = await examine(intake, facts, { ...sent, isProven: proof !== undefined })
  if (facts.article?.slow) await sent.slow?.(facts.article.id, facts.article.slow)
  const written = await wayIn
    .write({ ...comment, id, receiptHash: hashOf(receipt), once, proof })
    .catch(refuseMoved)
  if (written === 'proof_spent')
    return takeIn(intake, { ...sent, submission: { ...submission, proof: null } })
  if (written === 'repeated') return givenMeanwhile(db, facts, once)
  refuseWritten(written)
  const { arrival, wording: words } = comment
  if (comment.screened) onTaken?.()
  else
    wayIn.screenLater({ commentId: id, seq: 1, site, article, language: facts.language, arrival, ...words })
  return { accepted: accept(facts, id, receipt), again: false }
}

/** The proof of work with which it came, if that is good for one and one is asked for. */
function proofIn(
  { keys }: Intake,
  { floods }: SubmissionFacts,
  { site, article, submission }: Sent,
): Promise<UsableProof | undefined> | undefined {
  if (floods.proofTries === null || !submission.proof) return undefined
  return provenBy(keys.challenges, { site, article }, submission.proof)
}

/** A request that may come again: its key and what it says, as hashes, and the receipt that it gets every time. */
interface Repeatable {
  keyHash: Buffer
  fingerprint: Buffer
  receiptOf: (id: string) => string
}

function repeatable(keys: Keyring, { site, article, submission }: Sent, idempotencyKey: string): Repeatable {
  const { text, name, parent } = submission
  const fingerprint = mac(keys.idempotency, site, article, text, name ?? null, parent ?? null)
  return {
    keyHash: mac(keys.idempotency, idempotencyKey),
    fingerprint,
    receiptOf: (id) => derivedReceipt(keys.receipts, idempotencyKey, fingerprint, id),
  }
}

function givenAgain(facts: SubmissionFacts, once: Repeatable, earlier: EarlierSubmission): Submitted {
  if (!earlier.fingerprint.equals(once.fingerprint)) throw new Problem('idempotency_key_reused')
  const { commentId } = earlier
  return { accepted: accept(facts, commentId, once.receiptOf(commentId)), again: true }
}

/** The same request was taken in by another process since this one was looked at. */
async function givenMeanwhile(
  db: Database,
  facts: SubmissionFacts,
  once: Repeatable | undefined,
): Promise<Submitted> {
  const earlier = once && (await submittedWith(db.desk, once.keyHash))
  if (!earlier) throw new Problem('still_running')
  return givenAgain(facts, once, earlier)
}

/**
 * Refuses what cannot be taken, and screens the rest: before anything is written, so that nothing waits meanwhile. While
 * a crowd waits to be taken in, that comes first, and only what says who has to read it is looked at before.
 */
async function examine(
  { screen, wayIn }: Intake,
  facts: SubmissionFacts,
  sent: Sent & { isProven: boolean },
): Promise<Omit<NewComment, 'id' | 'receiptHash'>> {
  if (facts.paused || (facts.article && !facts.article.open)) throw new Problem('article_closed')
  if (!facts.article) refuseArticle(facts, sent.article)
  refuseReply(facts, sent.submission)
  await turn()
  const { site, article } = sent
  const words = wording(sent.submission, facts.limits)
  const { language } = facts
  const arrival = arrivalOf(facts.floods, sent.form, sent.isProven)
  const isLater = wayIn.isCrowded()
  const screened = isLater ? null : await screen({ site, article, language, arrival, ...words })
  return {
    site,
    article,
    sentTo: facts.article?.id ?? null,
    articleId: facts.parent?.articleId ?? facts.article?.id ?? null,
    parentId: facts.parent?.id ?? null,
    language: screened?.language ?? (await languageOf(words.text, language).catch(() => language)),
    termsVersion: facts.termsVersion,
    wording: words,
    arrival,
    searchKey: isLater ? null : wordsKey(words),
    screened,
  }
}

/** Refuses an answer to what does not show, or too deep. */
export function refuseReply(
  { parent, replyDepth }: SubmissionFacts,
  submission: Pick<Submission, 'parent'>,
): void {
  if (!submission.parent) return
  if (!parent) throw parentNotPublished()
  if (parent.ancestors.length >= replyDepth) {
    const detail =
      replyDepth === 0 ? 'This site takes no replies.' : `Replies nest at most ${replyDepth} deep here.`
    throw parentProblem('replies_too_deep', detail)
  }
}

function parentNotPublished(): Problem {
  return parentProblem(
    'parent_not_published',
    'There is no published comment with this id under this article.',
  )
}

function parentProblem(code: 'parent_not_published' | 'replies_too_deep', detail: string): Problem {
  return new Problem(code, detail, { errors: [{ pointer: '#/parent', code, detail }] })
}

/** A first submission makes the article only if the site lets it, and the key is the URL of one of its pages. */
function refuseArticle({ automaticArticles, origins }: SubmissionFacts, key: string): void {
  if (!automaticArticles || !liesWithin(key, origins)) throw new Problem('article_not_found')
}

/** Another article had this key until this moment; the next time it is known to lead there. */
function refuseMoved(fault: unknown): never {
  throw violatedConstraint(fault) === 'article_moved' ? new Problem('unavailable') : fault
}

/** Refuses what has become impossible since it was looked at. */
export function refuseWritten(written: Written): void {
  if (written === 'parent_not_published') throw parentNotPublished()
  if (written === 'too_many_articles')
    throw new Problem('too_many_articles', undefined, { headers: { 'retry-after': '3600' } })
  if (written === 'article_closed' || written === 'still_running') throw new Problem(written)
  if (written !== 'taken') throw new Problem('unavailable')
}

function hashOf(receipt: string): Buffer {
  const hash = receiptHash(receipt)
  if (!hash) throw new Error('a receipt that is none')
  return hash
}

function accept({ notice }: SubmissionFacts, id: string, receipt: string): Accepted {
  return { id, status: 'pending', receipt, notice: notice ?? standardNotice }
}
