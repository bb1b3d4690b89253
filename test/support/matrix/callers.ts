import { randomBytes } from 'node:crypto'
import { type Caller, can, keyAllows, type Membership, type Scope } from '../../../src/access/roles.ts'
import { ask, type House } from '../house.ts'
import { signedIn } from '../members.ts'
import type { Opening } from './doors.ts'

/** Somebody who asks: what they are, and with what they come; by a new session where the last request may have ended it. */
export interface Asker {
  name: string
  caller: Caller | undefined
  credential: (isAnew: boolean) => Promise<Record<string, string>>
}

const everyScope: Scope[] = ['moderation', 'articles', 'administration']

/** A key without a person administers nothing. */
const serviceScopes: Scope[][] = [['moderation', 'articles'], ['moderation'], ['articles']]

/** Every role by key and by session on these sites, keys for one thing each, services, and whoever is nobody. */
export async function askersOn(house: House, sites: string[], receipt: string): Promise<Asker[]> {
  const unknown = [
    asker('nobody', undefined, {}),
    asker('a forged key', undefined, bearer(`pbk_${randomBytes(32).toString('base64url')}`)),
    asker('a forged session', undefined, {
      cookie: `__Host-postbag=${randomBytes(32).toString('base64url')}`,
    }),
    asker('a reader', undefined, bearer(receipt)),
  ]
  const people: Asker[] = []
  for (const role of ['moderator', 'editor', 'admin'] as const) {
    const person = await somebody(house, role, role === 'admin' ? [] : sites)
    const keys = role === 'moderator' ? [everyScope] : [everyScope, ...everyScope.map((scope) => [scope])]
    for (const scopes of keys) people.push(await withKey(house, `${role}'s key`, person, scopes))
    let cookie: string | undefined
    people.push({
      name: `${role}'s session`,
      caller: { person, key: null, session: { fresh: true } },
      credential: async (isAnew) => {
        if (cookie !== undefined && !isAnew) return { cookie }
        const link = await ask(house, 'POST', `/v1/people/${person.id}/sign-in-link`, { key: house.admin })
        cookie = await signedIn(house, { link: link.body.link })
        return { cookie }
      },
    })
  }
  const services: Asker[] = []
  for (const scopes of serviceScopes) {
    services.push(await withKey(house, "a service's key", null, scopes))
  }
  return [...unknown, ...services, ...people]
}

/** What happens to whoever asks: let through, not known, or known and refused. */
export function expected({ caller, name }: Asker, opening: Opening, site: string): 'in' | 401 | 403 {
  if (opening === 'open') return 'in'
  if (opening === 'receipt') return name === 'a reader' ? 'in' : 401
  if (!caller) return 401
  return isLetIn(caller, opening, site) ? 'in' : 403
}

function isLetIn(caller: Caller, opening: Exclude<Opening, 'open' | 'receipt'>, site: string): boolean {
  if (opening === 'known') return true
  if (opening === 'signed_in') return caller.key === null
  if (opening === 'own') return caller.person !== null && keyAllows(caller, 'decide')
  return can(caller, opening, site)
}

async function somebody(house: House, role: 'moderator' | 'editor' | 'admin', sites: string[]) {
  const pseudonym = `${role} ${randomBytes(4).toString('hex')}`
  const memberships = sites.map((site): Membership => {
    return { site, role: role === 'editor' ? 'editor' : 'moderator', languages: [] }
  })
  const invited = await ask(house, 'POST', '/v1/people', {
    key: house.admin,
    body: { pseudonym, admin: role === 'admin', roles: memberships },
  })
  expect(invited.status).toBe(201)
  return { id: String(invited.body.id), pseudonym, admin: role === 'admin', memberships }
}

async function withKey(
  house: House,
  name: string,
  person: Caller['person'],
  scopes: Scope[],
): Promise<Asker> {
  const made = await ask(house, 'POST', '/v1/keys', {
    key: house.admin,
    body: { name, person: person?.id ?? null, scopes },
  })
  expect(made.status).toBe(201)
  return asker(
    `${name} for ${scopes.join(', ')}`,
    { person, key: { id: made.body.id, scopes } },
    bearer(made.body.key),
  )
}

function asker(name: string, caller: Caller | undefined, headers: Record<string, string>): Asker {
  return { name, caller, credential: async () => headers }
}

function bearer(secret: string): Record<string, string> {
  return { authorization: `Bearer ${secret}` }
}
