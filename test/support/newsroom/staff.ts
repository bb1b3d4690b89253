import type { ModeratedComment } from '../../../src/moderation/decision.ts'
import { ask, type House } from '../house.ts'
import type { TestPerson } from '../people.ts'
import { type Chance, chanceOf } from './chance.ts'
import type { AcknowledgedMove } from './ledger.ts'

interface Role {
  site: string
  role: 'moderator' | 'editor'
  languages: string[]
}

/** Somebody at the desk, with what is on their screen. */
export interface Colleague extends TestPerson {
  roles: Role[]
  chance: Chance
  /** what they believe they hold, as they read it */
  holds: Map<string, ModeratedComment>
  /** what they decided themselves, newest last */
  decided: AcknowledgedMove[]
}

/** What each of the fourteen is: their role, their languages (none: all), and which of the two sites are theirs. */
const posts: [role: Role['role'], languages: string[], sites: number[]][] = [
  ['editor', [], [0, 1]],
  ['editor', [], [0, 1]],
  ['editor', [], [0]],
  ['editor', [], [1]],
  ['moderator', [], [0, 1]],
  ['moderator', [], [0]],
  ['moderator', [], [1]],
  ['moderator', ['en'], [0, 1]],
  ['moderator', ['en', 'ko'], [0]],
  ['moderator', ['my', 'en'], [0, 1]],
  ['moderator', ['zh', 'yue', 'en'], [0, 1]],
  ['moderator', ['km', 'lo', 'vi'], [0, 1]],
  ['moderator', ['bo', 'ug'], [0, 1]],
  ['moderator', ['ko', 'vi'], [1]],
]

export async function hireStaff(house: House, seed: number, sites: readonly string[]): Promise<Colleague[]> {
  const staff: Colleague[] = []
  for (const [number, [role, languages, at]] of posts.entries()) {
    const roles = at.flatMap((one) => {
      const site = sites[one]
      return site === undefined ? [] : [{ site, role, languages }]
    })
    staff.push(await hire(house, seed, `${role} ${number}`, roles))
  }
  return staff
}

async function hire(house: House, seed: number, pseudonym: string, roles: Role[]): Promise<Colleague> {
  const invited = await ask(house, 'POST', '/v1/people', { key: house.admin, body: { pseudonym, roles } })
  expect(invited.status).toBe(201)
  const { id } = invited.body
  const made = await ask(house, 'POST', '/v1/keys', {
    key: house.admin,
    body: { name: pseudonym, person: id, scopes: ['moderation'] },
  })
  expect(made.status).toBe(201)
  const chance = chanceOf(seed, pseudonym)
  return { id, pseudonym, key: made.body.key, roles, chance, holds: new Map(), decided: [] }
}

export function isEditor({ roles }: Pick<Colleague, 'roles'>, site: string): boolean {
  return roles.some((one) => one.site === site && one.role === 'editor')
}

/** Whether a comment in this language is theirs to read: a language includes what is more exactly named. */
export function readsLanguage({ roles }: Pick<Colleague, 'roles'>, site: string, language: string): boolean {
  const role = roles.find((one) => one.site === site)
  if (!role) return false
  const [primary = ''] = language.split('-')
  return role.languages.length === 0 || role.languages.includes(language) || role.languages.includes(primary)
}
