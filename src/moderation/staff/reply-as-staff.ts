import { randomBytes, randomUUID } from 'node:crypto'
import { demand } from '../../access/auth.ts'
import type { Caller } from '../../access/roles.ts'
import { type SubmissionFacts, submissionFacts } from '../../comments/facts-store.ts'
import { insertSubmissions } from '../../comments/submission-store.ts'
import { refuseReply, refuseWritten } from '../../comments/submit.ts'
import { wording } from '../../comments/wording.ts'
import { Problem } from '../../http/problems.ts'
import { turn } from '../../http/turns.ts'
import type { Screening } from '../../screening/screened.ts'
import { wordsKey } from '../../screening/search-key.ts'
import { readable } from '../read-comment.ts'
import type { NewStaffReply, StaffReplySent } from './staff-reply.ts'

/**
 * Answers a published comment as one of those who moderate. It waits like any other text, until another person has read
 * it; closed articles take it as well.
 */
export async function replyAsStaff(
  { db, screen, onTaken }: Screening,
  caller: Caller,
  parent: string,
  reply: NewStaffReply,
): Promise<StaffReplySent> {
  const { site, article, deciders } = await readable(db, caller, parent)
  demand(caller, 'reply_as_staff', site)
  const { person } = caller
  if (!person) throw new Problem('forbidden', 'Only a person answers.')
  const [facts] = await submissionFacts(db.desk, [{ site, article, parent, keyHash: null }])
  if (!facts) throw new Problem('site_not_found')
  const answered = answerable(facts, { ...reply, parent })
  if (deciders < 2)
    throw new Problem('second_person_missing', 'Another person has to read it; invite somebody.')
  await turn()
  const words = wording(reply, facts.limits)
  const screened = await screen({ site, article, language: facts.language, ...words })
  const id = randomUUID()
  const sent = {
    id,
    site,
    article,
    sentTo: answered.articleId,
    articleId: answered.articleId,
    parentId: answered.id,
    language: screened?.language ?? facts.language,
    // The hash of no receipt: what was written here is managed here.
    receiptHash: randomBytes(32),
    termsVersion: facts.termsVersion,
    wording: words,
    searchKey: wordsKey(words),
    screened,
    staff: { personId: person.id, keyId: caller.key?.id ?? null },
  }
  const [written = 'in_use'] = await insertSubmissions(db.desk, [sent], { waits: true })
  refuseWritten(written)
  onTaken?.()
  return { id, status: 'pending', by: person.pseudonym }
}

function answerable(
  facts: SubmissionFacts,
  reply: NewStaffReply & { parent: string },
): NonNullable<SubmissionFacts['parent']> {
  refuseReply(facts, reply)
  if (!facts.parent) throw new Problem('parent_not_published')
  return facts.parent
}
