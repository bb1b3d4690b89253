import { transaction } from '../database/client.ts'
import { Problem } from '../http/problems.ts'
import { type Checking, checkCode, demandTry } from './check-code.ts'
import {
  digitsOf,
  type Enrolment,
  newEnrolment,
  newRecoveryCodes,
  type RecoveryCodes,
  recoveryHash,
  stepOf,
} from './second-factor.ts'
import {
  confirmSecondFactor,
  deleteSecondFactor,
  insertSecondFactor,
  replaceRecoveryCodes,
} from './second-factor-store.ts'
import { renewSession } from './sign-in.ts'
import { closeDoors } from './store.ts'

/** What an app calls the account: whose it is, and at which service of several. */
export function accountIn(baseUrl: string, pseudonym: string): string {
  return `${pseudonym} (${new URL(baseUrl).host})`
}

/** Begins an enrolment anew; `account` names the person in their app. Throws `second_factor_enrolled`. */
export async function beginEnrolment(
  { db, keys }: Checking,
  personId: string,
  account: string,
): Promise<Enrolment> {
  const { sealed, shown } = newEnrolment(keys, personId, account)
  if (!(await insertSecondFactor(db.desk, personId, sealed))) throw new Problem('second_factor_enrolled')
  return shown
}

/**
 * Ends an enrolment with its first code; the recovery codes, and the new secret of the session that it was ended in
 * (`from`). Throws `code_wrong`, `second_factor_unenrolled`, `too_many_requests`.
 */
export async function confirmEnrolment(
  { db, keys }: Checking,
  personId: string,
  code: string,
  from: Buffer | undefined,
): Promise<{ codes: RecoveryCodes; session: string | undefined }> {
  const { secret, seconds } = await demandTry(db, personId, false)
  const digits = digitsOf(code)
  const step = digits && stepOf(keys, personId, secret, digits, seconds)
  if (step === undefined || step === '') throw new Problem('code_wrong')
  const recoveryCodes = newRecoveryCodes()
  const hashes = recoveryCodes.map((one) => recoveryHash(keys, personId, one))
  const session = await transaction(db.desk, async (tx) => {
    if (!(await confirmSecondFactor(tx, personId, secret, step, hashes))) {
      throw new Problem('second_factor_unenrolled', 'Another enrolment was begun or ended meanwhile.')
    }
    return from && renewSession(tx, personId, from)
  })
  return { codes: { recoveryCodes }, session }
}

/** Ten new recovery codes for a code; the old ones are gone. */
export async function renewRecoveryCodes(
  checking: Checking,
  personId: string,
  code: string,
): Promise<RecoveryCodes> {
  if (!(await checkCode(checking, personId, code))) throw new Problem('code_wrong')
  const recoveryCodes = newRecoveryCodes()
  const hashes = recoveryCodes.map((one) => recoveryHash(checking.keys, personId, one))
  await replaceRecoveryCodes(checking.db, personId, hashes)
  return { recoveryCodes }
}

/** Removes a person's own second factor for a code; the new secret of the session that this was done in (`from`). */
export async function removeSecondFactor(
  checking: Checking,
  personId: string,
  code: string,
  from: Buffer | undefined,
): Promise<string | undefined> {
  if (!(await checkCode(checking, personId, code))) throw new Problem('code_wrong')
  return transaction(checking.db.desk, async (tx) => {
    await deleteSecondFactor(tx, personId)
    return from && renewSession(tx, personId, from)
  })
}

/** Removes somebody's second factor, and ends their sessions; false where there is none that counts. */
export async function takeSecondFactor({ db }: Checking, personId: string): Promise<boolean> {
  return transaction(db.desk, async (tx) => {
    const counted = await deleteSecondFactor(tx, personId)
    if (counted) await closeDoors(tx, personId)
    return counted
  })
}
