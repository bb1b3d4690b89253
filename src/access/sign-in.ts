import type { Database, Sql } from '../database/client.ts'
import { sha256 } from '../http/keyring.ts'
import { Problem } from '../http/problems.ts'
import { type Checking, checkCode } from './check-code.ts'
import type { Person, PersonSettings, SignInLink } from './person.ts'
import { secondFactorOf } from './second-factor-store.ts'
import { isPassword, newSecret } from './secrets.ts'
import { lasts } from './session.ts'
import { beginSession, endSession, rotateSession } from './session-store.ts'
import { insertInvited, insertSignInLink, personByLink, personByLogin, takeSignInLink } from './store.ts'

/** Seconds in which a link has to be used: a forgotten password, an invitation, what is between two steps of signing in. */
const linkLasts = { again: 15 * 60, invited: 24 * 3_600, betweenSteps: 5 * 60 } as const

/** What somebody signs in with besides their password or link, and the session that they come with, which ends. */
export interface Along {
  code?: string | undefined
  from?: Buffer | undefined
}

/**
 * Signs in with a password; the new session's secret. One answer for every failure, unless the password was right: then
 * `second_factor_needed` where the code lacks or is not right.
 */
export async function signInWithPassword(
  checking: Checking,
  login: string,
  password: string,
  along: Along = {},
): Promise<string> {
  const personId = await personWithPassword(checking.db, login, password)
  await demandCode(checking, personId, along.code)
  return newSession(checking.db, personId, along.from)
}

/** Whose login and password these are; throws `sign_in_failed`. */
export async function personWithPassword(db: Database, login: string, password: string): Promise<string> {
  const person = await personByLogin(db.desk, login)
  const right = await isPassword(password, person?.password_hash ?? null)
  if (!person || !right) throw new Problem('sign_in_failed')
  return person.id
}

/** Signs in with a one-time link and uses it up, once any code that is needed was right; the new session's secret. */
export async function signInWithLink(checking: Checking, link: string, along: Along = {}): Promise<string> {
  const { db } = checking
  const personId = await personByLink(db.desk, sha256(link))
  if (personId === undefined) throw new Problem('sign_in_failed')
  await demandCode(checking, personId, along.code)
  if ((await takeSignInLink(db.desk, sha256(link))) === undefined) throw new Problem('sign_in_failed')
  return newSession(db, personId, along.from)
}

/** Signs in whoever has proven who they are, where they have no second factor; else a link that takes a code. */
export async function signInProven(
  db: Database,
  personId: string,
  from: Buffer | undefined,
): Promise<{ session: string } | { link: string }> {
  if (!(await secondFactorOf(db.desk, personId)).enrolled) {
    return { session: await newSession(db, personId, from) }
  }
  const link = newSecret()
  await insertSignInLink(db.desk, sha256(link), personId, linkLasts.betweenSteps)
  return { link }
}

/** A new link for a person. The secret stands behind the #, which browsers send to nobody. */
export async function makeSignInLink(
  db: Database,
  personId: string,
  baseUrl: string,
  seconds: number = linkLasts.again,
): Promise<SignInLink> {
  const link = newSecret()
  return linkAt(baseUrl, link, await insertSignInLink(db.desk, sha256(link), personId, seconds))
}

/** A new person, with their first link. */
export async function invite(
  db: Database,
  settings: PersonSettings,
  baseUrl: string,
): Promise<Person & { signIn: SignInLink }> {
  const link = newSecret()
  const how = { hash: sha256(link), seconds: linkLasts.invited }
  const { person, until } = await insertInvited(db.prisma, settings, how)
  return { ...person, signIn: linkAt(baseUrl, link, until) }
}

function linkAt(baseUrl: string, link: string, until: Date): SignInLink {
  return { url: `${baseUrl}/desk#${link}`, link, until: until.toISOString() }
}

/** Another secret for a session whose person may now do more or less than before; their other sessions end. */
export async function renewSession(db: Sql, personId: string, from: Buffer): Promise<string> {
  const secret = newSecret()
  if (!(await rotateSession(db, personId, from, sha256(secret)))) throw new Problem('unauthenticated')
  return secret
}

async function demandCode(checking: Checking, personId: string, code: string | undefined): Promise<void> {
  if (!(await secondFactorOf(checking.db.desk, personId)).enrolled) return
  if (code === undefined) throw new Problem('second_factor_needed')
  if (await checkCode(checking, personId, code)) return
  throw new Problem(
    'second_factor_needed',
    'The code is not right, or was used. Wait for the next one, or take a recovery code.',
  )
}

async function newSession(db: Database, personId: string, from: Buffer | undefined): Promise<string> {
  const secret = newSecret()
  if (!(await beginSession(db.desk, sha256(secret), personId, lasts.seconds)))
    throw new Problem('sign_in_failed')
  if (from) await endSession(db.desk, from)
  return secret
}
