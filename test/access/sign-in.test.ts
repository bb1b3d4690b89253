import { setImmediate as turn } from 'node:timers/promises'
import type { verify } from '@node-rs/argon2'
import type { House } from '../support/house.ts'
import { statementsDuring } from '../support/statements.ts'

const argon2 = await import('@node-rs/argon2')
const checks: string[] = []
const counted: typeof verify = (hashed, ...given) => {
  checks.push(String(hashed).replace(/\$[^$]+\$[^$]+$/, ''))
  return argon2.verify(hashed, ...given)
}
// The types of jest do not know it.
const mockModule: unknown = Reflect.get(import.meta.jest, 'unstable_mockModule')
if (typeof mockModule !== 'function') throw new Error('This jest stands in for no modules.')
Reflect.apply(mockModule, import.meta.jest, [
  '@node-rs/argon2',
  () => ({ hash: argon2.hash, verify: counted }),
])
const { ask, openHouse } = await import('../support/house.ts')
const { aMember, byPassword } = await import('../support/members.ts')

const password = 'correct horse battery'

describe('whoever tries to sign in', () => {
  let house: House
  let limited: House
  let addresses = 0

  beforeAll(async () => {
    house = await openHouse()
    limited = await openHouse({ rateLimit: true })
  })
  afterAll(async () => {
    await house.close()
    await limited.close()
  })
  beforeEach(() => checks.splice(0))

  const tried = (body: Record<string, unknown>) => ask(house, 'POST', '/v1/session', { body })

  /** Signs in from an address; by default one from which nobody came yet. */
  async function from(body: Record<string, unknown>, address?: string): Promise<number> {
    addresses += 1
    const remoteAddress = address ?? `203.0.113.${addresses}`
    const answer = await limited.app.inject({
      method: 'POST',
      url: '/v1/session',
      payload: body,
      remoteAddress,
    })
    return answer.statusCode
  }

  test('costs as much work whether somebody has this login, a password, or is there still', async () => {
    const known = await aMember(house)
    const gone = await aMember(house)
    const withoutPassword = await aMember(house)
    await house.owner.query('update person set password_hash = null where id = $1', [withoutPassword.id])
    const left = { pseudonym: gone.pseudonym, login: gone.login, active: false }
    expect((await ask(house, 'PUT', `/v1/people/${gone.id}`, { key: house.admin, body: left })).status).toBe(
      200,
    )
    const logins = [known.login, gone.login, withoutPassword.login, 'nobody@news.example']
    const work: unknown[] = []
    for (const login of logins) {
      checks.splice(0)
      const statements = await statementsDuring(async () => {
        expect((await tried({ login, password })).status).toBe(401)
      })
      work.push({ statements, checks: [...checks] })
    }
    expect(work).toEqual(logins.map(() => work[0]))
    expect(work[0]).toMatchObject({ checks: ['$argon2id$v=19$m=19456,t=2,p=1'] })
    checks.splice(0)
    expect((await tried(byPassword(known))).status).toBe(204)
    expect(checks).toEqual(['$argon2id$v=19$m=19456,t=2,p=1'])
  })

  test('to one account has ten tries, and of a hundred at once ten are looked at', async () => {
    const { login } = await aMember(limited)
    checks.splice(0)
    const statuses = await allAtOnce(100, () => from({ login, password }))
    expect(statuses.filter((status) => status === 401)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(90)
    expect(checks).toHaveLength(10)
  })

  test('from one address has twenty tries, and of a hundred at once twenty are looked at', async () => {
    const statuses = await allAtOnce(100, (at) =>
      from({ login: `somebody-${at}@news.example`, password }, '198.51.100.1'),
    )
    expect(statuses.filter((status) => status === 401)).toHaveLength(20)
    expect(statuses.filter((status) => status === 429)).toHaveLength(80)
    expect(checks).toHaveLength(20)
  })
})

/** Begins them one after another, as sockets do, and waits for none before all have begun. */
async function allAtOnce(count: number, story: (at: number) => Promise<number>): Promise<number[]> {
  const stories: Promise<number>[] = []
  for (let at = 0; at < count; at += 1) {
    stories.push(story(at))
    await turn()
  }
  return Promise.all(stories)
}
