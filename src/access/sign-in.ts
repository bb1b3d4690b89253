import type { Database } from '../database/client.ts'
import { sha256 } from '../http/keyring.ts'
import { Problem } from '../http/problems.ts'
import type { SignInLink } from './person.ts'
import { isPassword, newSecret } from './secrets.ts'
import { beginSession, insertSignInLink, personByLogin, takeSignInLink } from './store.ts'

/** Seconds that a session lasts: a working day. */
export const sessionSeconds = 12 * 3_600
const linkSeconds = 15 * 60

/** Signs in with a password; the new session's secret. One answer for every failure. */
export async function signInWithPassword(db: Database, login: string, password: string): Promise<string> {
  const person = await personByLogin(db.desk, login)
  const right = await isPassword(password, person?.password_hash ?? null)
  if (!person || !right) throw new Problem('sign_in_failed')
  return newSession(db, person.id)
}

/** Signs in with a one-time link and uses it up; the new session's secret. */
export async function signInWithLink(db: Database, link: string): Promise<string> {
  const personId = await takeSignInLink(db.desk, sha256(link))
  if (personId === undefined) throw new Problem('sign_in_failed')
  return newSession(db, personId)
}

/** A new link for a person. The secret stands behind the #, which browsers send to nobody. */
export async function makeSignInLink(db: Database, personId: string, baseUrl: string): Promise<SignInLink> {
  const link = newSecret()
  const until = await insertSignInLink(db.desk, sha256(link), personId, linkSeconds)
  return { url: `${baseUrl}/desk#${link}`, link, until: until.toISOString() }
}

async function newSession(db: Database, personId: string): Promise<string> {
  const secret = newSecret()
  await beginSession(db.desk, sha256(secret), personId, sessionSeconds)
  return secret
}
