import type { Database } from '../database/client.ts'
import type { Keyring } from '../http/keyring.ts'
import { Problem } from '../http/problems.ts'
import { digitsOf, recoveryHash, stepOf } from './second-factor.ts'
import { secondsUntilTry, spendTry, type Try, takeRecoveryCode, takeStep } from './second-factor-store.ts'

/** What telling a right code from a wrong one takes. */
export interface Checking {
  db: Database
  keys: Keyring
}

/**
 * Whether this is a code of a person's second factor, of the app or for recovery, that nobody used before; it is used
 * from now on. Throws `too_many_requests` while the person's tries are spent, `second_factor_unenrolled` where there is
 * nothing to check against.
 */
export async function checkCode({ db, keys }: Checking, personId: string, code: string): Promise<boolean> {
  const { secret, seconds } = await demandTry(db, personId, true)
  const digits = digitsOf(code)
  if (digits === undefined) return takeRecoveryCode(db.desk, personId, recoveryHash(keys, personId, code))
  const step = stepOf(keys, personId, secret, digits, seconds)
  return step !== undefined && takeStep(db.desk, personId, secret, step)
}

/** Spends one of a person's tries. */
export async function demandTry(db: Database, personId: string, isConfirmed: boolean): Promise<Try> {
  const granted = await spendTry(db.desk, personId, isConfirmed)
  if (granted) return granted
  const seconds = await secondsUntilTry(db.desk, personId, isConfirmed)
  if (seconds === undefined) throw new Problem('second_factor_unenrolled')
  throw new Problem('too_many_requests', 'Too many codes were wrong. Wait before the next one.', {
    headers: { 'retry-after': String(seconds) },
  })
}
