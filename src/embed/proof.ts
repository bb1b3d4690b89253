import { type ProofChallenge, proofOfWork } from './proof-of-work.ts'
import { ask, type Place } from './service.ts'

/** Milliseconds for which a reader is kept waiting for work that is not theirs; what comes without waits longer, and is taken. */
const patience = 20_000

let last: { words: string; proof: Promise<string | undefined> } | undefined

/**
 * The proof of work with which these words are sent, where the site asks for one and the browser can do it. The same
 * words keep what they had, so that a second try is the same request. Never rejects.
 */
export function proofFor(place: Place, sent: object): Promise<string | undefined> {
  const words = JSON.stringify(sent)
  if (last?.words !== words) last = { words, proof: made(place).catch(() => undefined) }
  return last.proof
}

async function made({ service, site, article }: Place): Promise<string | undefined> {
  const answer = await ask(`${service}v1/sites/${site}/challenge?${new URLSearchParams({ article })}`)
  if (!answer.ok) return undefined
  const { challenge }: { challenge: ProofChallenge | null } = await answer.json()
  return challenge ? proofOfWork(challenge, AbortSignal.timeout(patience)) : undefined
}
