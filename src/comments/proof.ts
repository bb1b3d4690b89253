import { randomInt } from 'node:crypto'
import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { z } from 'zod'
import { mac, sha256 } from '../http/keyring.ts'

const hex = z
  .string()
  .max(512)
  .regex(/^[0-9a-f]*$/)

/** Work that a browser does before it sends a comment, as altcha-lib 2 asks for it (https://altcha.org). */
export const Challenge = z
  .strictObject({
    parameters: z.strictObject({
      algorithm: z.literal('PBKDF2/SHA-256'),
      nonce: hex,
      salt: hex,
      cost: z.int().meta({ description: 'Iterations of a try.' }),
      keyLength: z.int().meta({ description: 'Bytes of the derived key.' }),
      keyPrefix: hex.meta({ description: 'What the derived key begins with when it is found.' }),
      keySignature: hex,
      expiresAt: z.int().meta({ description: 'Seconds since 1970.' }),
      data: z.strictObject({ place: z.string() }).meta({ description: 'For which article it is.' }),
    }),
    signature: hex,
  })
  .meta({ id: 'Challenge' })
export type Challenge = z.infer<typeof Challenge>

/** A challenge with its solution: the JSON of it in base64, as ALTCHA's widget sends it as well. */
const Proof = z.object({
  challenge: Challenge,
  solution: z.object({ counter: z.int(), derivedKey: hex }),
})

/** Where a comment is to be sent. */
interface Place {
  site: string
  article: string
}

/** What a proof is known by, and until when it can be used. */
export interface UsableProof {
  hash: Buffer
  until: Date
}

/** Seconds in which a challenge has to be solved and used: nobody starts it before the comment is written. */
const lifetime = 3_600

/** Iterations of one try: about a millisecond in a browser on a telephone. */
const cost = 1_000

/** Work of so many tries at most, and half of them at least; for one article, until an hour from now. */
export async function newChallenge(
  key: Buffer,
  place: Place,
  tries: number,
  now = Date.now(),
): Promise<Challenge> {
  const challenge = await createChallenge({
    ...secretsOf(key),
    algorithm: 'PBKDF2/SHA-256',
    cost,
    counter: randomInt(Math.floor(tries / 2), tries),
    data: { place: placeHash(key, place) },
    deriveKey,
    expiresAt: Math.floor(now / 1_000) + lifetime,
  })
  return Challenge.parse(challenge)
}

/** What a proof for this article is known by; undefined where it proves nothing. Never throws. */
export async function provenBy(key: Buffer, place: Place, written: string): Promise<UsableProof | undefined> {
  const read = Proof.safeParse(jsonIn(written))
  if (!read.success) return undefined
  const { challenge, solution } = read.data
  const { parameters, signature } = challenge
  if (parameters.data.place !== placeHash(key, place)) return undefined
  const { verified } = await verifySolution({ ...secretsOf(key), challenge, solution, deriveKey })
  return verified ? { hash: sha256(signature), until: new Date(parameters.expiresAt * 1_000) } : undefined
}

function secretsOf(key: Buffer) {
  return {
    hmacSignatureSecret: mac(key, 'challenge').toString('hex'),
    hmacKeySignatureSecret: mac(key, 'solution').toString('hex'),
  }
}

/** Addresses of articles may be long; what is sent to and fro need not be. */
function placeHash(key: Buffer, { site, article }: Place): string {
  return mac(key, 'place', site, article).subarray(0, 12).toString('base64url')
}

function jsonIn(written: string): unknown {
  try {
    return JSON.parse(Buffer.from(written, 'base64').toString())
  } catch {
    return undefined
  }
}
