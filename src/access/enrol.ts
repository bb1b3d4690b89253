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

/** Ends an enrolment with its first code. Throws `code_wrong`, `second_factor_unenrolled`, `too_many_requests`. */
export async function confirmEnrolment(
  { db, keys }: Checking,
  personId: string,
  code: string,
): Promise<RecoveryCodes> {
  const { secret, seconds } = await demandTry(db, personId, false)
  const digits = digitsOf(code)
  const step = digits && stepOf(keys, personId, secret, digits, seconds)
  if (step === undefined || step === '') throw new Problem('code_wrong')
  const recoveryCodes = newRecoveryCodes()
  const hashes = recoveryCodes.map((one) => recoveryHash(keys, personId, one))
  if (!(await confirmSecondFactor(db, personId, secret, step, hashes))) {
    throw new Problem('second_factor_unenrolled', 'Another enrolment was begun or ended meanwhile.')
  }
  return { recoveryCodes }
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

/** Removes a person's own second factor for a code. */
export async function removeSecondFactor(checking: Checking, personId: string, code: string): Promise<void> {
  if (!(await checkCode(checking, personId, code))) throw new Problem('code_wrong')
  await deleteSecondFactor(checking.db.desk, personId)
}
