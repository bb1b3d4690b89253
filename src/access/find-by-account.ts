import type { Database } from '../database/client.ts'
import { Problem } from '../http/problems.ts'
import { type Account, strangers } from './issuer.ts'
import { bindAccount, personByAccount } from './outside-account-store.ts'

/**
 * Who somebody is here that signed in at an issuer: whose account it is, or whose login its verified e-mail address is;
 * from then on the account is theirs, and no other there. Strangers get none: `sign_in_failed`, as do all others.
 */
export async function findByAccount(db: Database, account: Account): Promise<string> {
  const known = await personByAccount(db.desk, account)
  if (known !== undefined) return known
  if (account.email !== null) await bindAccount(db.desk, account, account.email)
  const bound = await personByAccount(db.desk, account)
  if (bound === undefined) throw new Problem('sign_in_failed', strangers)
  return bound
}
