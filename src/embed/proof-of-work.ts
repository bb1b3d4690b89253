/** What a challenge says of the work (`Challenge` of the API). */
export interface ProofChallenge {
  parameters: {
    algorithm: string
    nonce: string
    salt: string
    cost: number
    keyLength: number
    keyPrefix: string
  }
  signature: string
}

/** Tries that are under way at once: enough to keep several cores of a browser busy, and soon done with. */
const tryAtOnce = 8

/**
 * Does the work of a challenge, as ALTCHA asks for it: derives keys from one number after the other, until one begins as
 * the challenge says. The tries are made by the browser beside the page's own thread, which gets a turn after every few
 * of them. Gives what to send as `proof`; rejects when `signal` aborts (with its reason), and for an algorithm that it
 * does not know.
 */
export async function proofOfWork(challenge: ProofChallenge, signal?: AbortSignal): Promise<string> {
  const { parameters } = challenge
  const [name, hash] = parameters.algorithm.split('/')
  if (name !== 'PBKDF2' || hash === undefined) throw new Error(`${parameters.algorithm} is not known`)
  const nonce = bytesOf(parameters.nonce)
  const algorithm = { name, hash, salt: bytesOf(parameters.salt), iterations: parameters.cost }

  for (let first = 0; ; first += tryAtOnce) {
    signal?.throwIfAborted()
    const keys = await Promise.all(
      Array.from({ length: tryAtOnce }, (_, nth) =>
        derived(algorithm, nonce, first + nth, parameters.keyLength),
      ),
    )
    const found = keys.findIndex((key) => key.startsWith(parameters.keyPrefix))
    const derivedKey = keys[found]
    if (derivedKey !== undefined) return proofOf(challenge, { counter: first + found, derivedKey })
    await turn()
  }
}

/** The key that comes of the nonce with a number behind it (four bytes, the highest first), in hexadecimal. */
async function derived(
  algorithm: Pbkdf2Params,
  nonce: Uint8Array,
  counter: number,
  bytes: number,
): Promise<string> {
  const password = new Uint8Array(nonce.length + 4)
  password.set(nonce)
  new DataView(password.buffer).setUint32(nonce.length, counter)
  const key = await crypto.subtle.importKey('raw', password, algorithm.name, false, ['deriveBits'])
  return hexOf(new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, bytes * 8)))
}

function proofOf(challenge: ProofChallenge, solution: { counter: number; derivedKey: string }): string {
  return btoa(JSON.stringify({ challenge, solution }))
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Lets the page do whatever else it has to do. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve)
  })
}
