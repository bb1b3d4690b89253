import { TOTP, URI } from 'otpauth'
import { ask, type House } from './house.ts'

export const memberPassword = 'correct horse battery staple'

/** Somebody with a login, a password and a session. */
export interface Member {
  id: string
  pseudonym: string
  login: string
  cookie: string
}

let members = 0

/** Invites somebody, who sets their password. */
export async function aMember(house: House, more: Record<string, unknown> = {}): Promise<Member> {
  members += 1
  const login = `member-${members}@news.example`
  const pseudonym = `Member ${members}`
  const invited = await ask(house, 'POST', '/v1/people', {
    key: house.admin,
    body: { pseudonym, login, ...more },
  })
  expect(invited.status).toBe(201)
  const cookie = await signedIn(house, { link: invited.body.signIn.link })
  await house.owner.query('update person set password_hash = $2 where id = $1', [
    invited.body.id,
    await memberHash,
  ])
  return { id: invited.body.id, pseudonym, login, cookie }
}

/** Made once: hashing is slow on purpose. */
const memberHash = import('@node-rs/argon2').then(({ hash }) => hash(memberPassword))

export function signIn(house: House, body: Record<string, unknown>, headers: Record<string, string> = {}) {
  return ask(house, 'POST', '/v1/session', { body, headers })
}

/** Signs in; the cookie. */
export async function signedIn(house: House, body: Record<string, unknown>): Promise<string> {
  const answer = await signIn(house, body)
  expect(answer.status).toBe(204)
  return cookieIn(answer)
}

export function cookieIn({ headers }: { headers: Record<string, unknown> }, name = '__Host-postbag'): string {
  const cookies = [headers['set-cookie'] ?? []].flat().map(String)
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.split(';', 1)[0] ?? ''
}

/** Signs in with the member's password, and perhaps a code. */
export function byPassword({ login }: Pick<Member, 'login'>, code?: string): Record<string, unknown> {
  return { login, password: memberPassword, ...(code !== undefined && { code }) }
}

/** An authenticator app that somebody has set up, on the database's clock. */
export interface App {
  member: Member
  secret: string
  recoveryCodes: string[]
  /** the code of now, or of so many time steps later */
  code: (steps?: number) => Promise<string>
}

/** Enrols a second factor by HTTP; the member's cookie is the new one. The first code was used to confirm it. */
export async function anApp(house: House, member: Member): Promise<App> {
  const begun = await ask(house, 'POST', '/v1/me/second-factor', { headers: { cookie: member.cookie } })
  expect(begun.status).toBe(201)
  const code = codesOf(house, begun.body.uri)
  const confirmed = await ask(house, 'POST', '/v1/me/second-factor/confirmation', {
    headers: { cookie: member.cookie },
    body: { code: await code() },
  })
  expect(confirmed.status).toBe(200)
  return {
    member: { ...member, cookie: cookieIn(confirmed) },
    secret: begun.body.secret,
    recoveryCodes: confirmed.body.recoveryCodes,
    code,
  }
}

/** The codes of an otpauth:// URI, by the database's clock. */
export function codesOf(house: House, uri: string): (steps?: number) => Promise<string> {
  const totp = URI.parse(uri)
  if (!(totp instanceof TOTP)) throw new Error('This is no URI of a TOTP.')
  return async (steps = 0) => {
    const { rows } = await house.owner.query<{ seconds: number }>(
      'select extract(epoch from moment())::float8 as seconds',
    )
    return totp.generate({ timestamp: ((rows[0]?.seconds ?? 0) + steps * 30) * 1_000 })
  }
}
