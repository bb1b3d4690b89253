import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { type ProofChallenge, proofOfWork } from '../../src/embed/proof-of-work.ts'

const hmacSignatureSecret = 'a secret of the tests'

/** A challenge that takes just so many tries, as altcha-lib makes it. */
async function challengeOf(counter: number, algorithm = 'PBKDF2/SHA-256'): Promise<ProofChallenge> {
  const { parameters, signature = '' } = await createChallenge({
    algorithm,
    cost: 20,
    counter,
    deriveKey,
    hmacSignatureSecret,
    hmacKeySignatureSecret: hmacSignatureSecret,
  })
  return { parameters, signature }
}

const sent = (proof: string) => JSON.parse(Buffer.from(proof, 'base64').toString())

describe('the work of a browser', () => {
  test.each([0, 1, 7, 8, 9, 400])('is what altcha-lib takes, after %i tries', async (counter) => {
    const challenge = await challengeOf(counter)
    const proof = sent(await proofOfWork(challenge))
    expect(proof.solution.counter).toBe(counter)
    const verified = { ...proof, deriveKey, hmacSignatureSecret }
    // By deriving the key once more, and by its signature.
    expect(await verifySolution(verified)).toMatchObject({ verified: true })
    expect(await verifySolution({ ...verified, hmacKeySignatureSecret: hmacSignatureSecret })).toMatchObject({
      verified: true,
    })
  })

  test('is refused when anything of the challenge or of the solution was changed', async () => {
    const proof = sent(await proofOfWork(await challengeOf(5)))
    const { challenge, solution } = proof
    const forged = [
      { challenge, solution: { ...solution, counter: 6 } },
      { challenge: { ...challenge, parameters: { ...challenge.parameters, cost: 1 } }, solution },
      { challenge: { ...challenge, signature: 'ab' }, solution },
    ]
    for (const one of forged) {
      expect(await verifySolution({ ...one, deriveKey, hmacSignatureSecret })).toMatchObject({
        verified: false,
      })
    }
  })

  test('knows the other digests of PBKDF2, and says what it does not know', async () => {
    const proof = sent(await proofOfWork(await challengeOf(3, 'PBKDF2/SHA-512')))
    expect(await verifySolution({ ...proof, deriveKey, hmacSignatureSecret })).toMatchObject({
      verified: true,
    })
    const other = await challengeOf(0)
    other.parameters.algorithm = 'ARGON2ID'
    await expect(proofOfWork(other)).rejects.toThrow('ARGON2ID is not known')
  })

  test('lets others have their turn in between, and ends when it is aborted', async () => {
    const endless = await challengeOf(0)
    endless.parameters.keyPrefix = 'f'.repeat(64)
    const stop = new AbortController()
    let turns = 0
    const working = proofOfWork(endless, stop.signal)
    const timer = setInterval(() => {
      turns += 1
      if (turns === 5) stop.abort(new Error('the reader went on'))
    })
    await expect(working).rejects.toThrow('the reader went on')
    clearInterval(timer)
    expect(turns).toBeGreaterThanOrEqual(5)
    await expect(proofOfWork(endless, stop.signal)).rejects.toThrow('the reader went on')
  })
})
