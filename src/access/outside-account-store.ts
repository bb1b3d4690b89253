import { type Database, type Sql, transaction } from '../database/client.ts'
import { violatedConstraint } from '../database/faults.ts'
import type { Account } from './issuer.ts'
import { closeDoors } from './store.ts'

/** Whose account this is, while they are active. */
export async function personByAccount(
  db: Sql,
  { issuer, subject }: Pick<Account, 'issuer' | 'subject'>,
): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    `select p.id from outside_account a join person p on p.id = a.person_id
      where a.issuer = $1 and a.subject = $2 and p.active`,
    [issuer, subject],
  )
  return rows[0]?.id
}

/** Makes an account that of the person with this login, unless it is somebody's, or they have another one there. */
export async function bindAccount(
  db: Sql,
  { issuer, subject }: Pick<Account, 'issuer' | 'subject'>,
  login: string,
): Promise<void> {
  await db.query(
    `insert into outside_account (person_id, issuer, subject)
     select id, $1, $2 from person where login = $3 and active
     on conflict do nothing`,
    [issuer, subject, login],
  )
}

/**
 * Makes an account that of a person, instead of any other that they had there, and ends their sessions; false where it is
 * somebody else's.
 */
export async function writeAccount(
  db: Database,
  personId: string,
  { issuer, subject }: Pick<Account, 'issuer' | 'subject'>,
): Promise<boolean> {
  return transaction(db.desk, async (tx) => {
    await forgetAccount(tx, personId)
    await tx.query('insert into outside_account (person_id, issuer, subject) values ($1, $2, $3)', [
      personId,
      issuer,
      subject,
    ])
    return true
  }).catch((error: unknown) => {
    if (violatedConstraint(error)?.startsWith('outside_account_')) return false
    throw error
  })
}

/** Forgets a person's account, and ends their sessions: whoever has it now may be somebody else. */
export async function forgetAccount(tx: Sql, personId: string): Promise<void> {
  await tx.query('delete from outside_account where person_id = $1', [personId])
  await closeDoors(tx, personId)
}
