import { randomUUID } from 'node:crypto'
import type { Database, Sql } from '../database/client.ts'
import type { KeySettings, Person, PersonSettings } from './person.ts'
import type { SiteRole } from './roles.ts'

type Prisma = Database['prisma']

export async function personByLogin(db: Sql, login: string) {
  const { rows } = await db.query<{ id: string; password_hash: string | null }>(
    'select id, password_hash from person where login = $1 and active',
    [login],
  )
  return rows[0]
}

export async function writePassword(db: Sql, personId: string, passwordHash: string): Promise<void> {
  await db.query('update person set password_hash = $2 where id = $1', [personId, passwordHash])
}

export async function insertSignInLink(
  db: Sql,
  hash: Buffer,
  personId: string,
  seconds: number,
): Promise<Date> {
  const { rows } = await db.query<{ expires_at: Date }>(
    `insert into sign_in_link (hash, person_id, expires_at) values ($1, $2, moment() + $3 * interval '1 second')
     returning expires_at`,
    [hash, personId, seconds],
  )
  await db.query('delete from sign_in_link where expires_at < moment()')
  return rows[0]?.expires_at ?? new Date(0)
}

/** The person that a link is for, while it is good. */
export async function personByLink(db: Sql, hash: Buffer): Promise<string | undefined> {
  const { rows } = await db.query<{ person_id: string }>(
    `select l.person_id from sign_in_link l join person p on p.id = l.person_id
      where l.hash = $1 and l.expires_at > moment() and p.active`,
    [hash],
  )
  return rows[0]?.person_id
}

/** Uses a link up; the person it was for, if it was still good. */
export async function takeSignInLink(db: Sql, hash: Buffer): Promise<string | undefined> {
  const { rows } = await db.query<{ person_id: string }>(
    `delete from sign_in_link l using person p
      where l.hash = $1 and l.expires_at > moment() and p.id = l.person_id and p.active
      returning l.person_id`,
    [hash],
  )
  return rows[0]?.person_id
}

const withRoles = {
  memberships: { orderBy: { siteKey: 'asc' } },
  secondFactor: { select: { confirmedAt: true } },
} as const

type PersonRow = NonNullable<Awaited<ReturnType<typeof findPersonRow>>>

function findPersonRow(prisma: Prisma, id: string) {
  return prisma.person.findUnique({ where: { id }, include: withRoles })
}

export async function findPerson(prisma: Prisma, id: string): Promise<Person | undefined> {
  const row = await findPersonRow(prisma, id)
  return row ? personOf(row) : undefined
}

/** Every person, in the order of their pseudonyms. */
export async function listPeople(prisma: Prisma): Promise<Person[]> {
  const rows = await prisma.person.findMany({ include: withRoles, orderBy: { pseudonym: 'asc' } })
  return rows.map(personOf)
}

export async function insertPerson(
  prisma: Pick<Prisma, 'person'>,
  settings: PersonSettings,
): Promise<Person> {
  const { pseudonym, login, admin, active } = settings
  const row = await prisma.person.create({
    data: { pseudonym, login, admin, active, memberships: { create: membershipRows(settings) } },
    include: withRoles,
  })
  return personOf(row)
}

/** The same, with a link by which they sign in; nobody is there whom no link was made for. */
export async function insertInvited(
  prisma: Prisma,
  settings: PersonSettings,
  { hash, seconds }: { hash: Buffer; seconds: number },
): Promise<{ person: Person; until: Date }> {
  return prisma.$transaction(async (tx) => {
    const person = await insertPerson(tx, settings)
    const [link] = await tx.$queryRaw<{ expires_at: Date }[]>`
      insert into sign_in_link (hash, person_id, expires_at)
      values (${Uint8Array.from(hash)}, ${person.id}::uuid, moment() + ${seconds} * interval '1 second')
      returning expires_at`
    return { person, until: link?.expires_at ?? new Date(0) }
  })
}

/**
 * Writes what an admin says of a person. Whoever is no longer active loses every way in that is open, and what they hold
 * is free again; whoever becomes or was an admin, or loses the login that they had, comes in anew. Undefined where
 * nobody would be left who is an admin. Whoever takes an admin away at the same time waits, and counts again.
 */
export async function updatePerson(
  prisma: Prisma,
  id: string,
  settings: PersonSettings,
): Promise<Person | undefined> {
  const { pseudonym, login, admin, active } = settings
  return prisma.$transaction(async (tx) => {
    if (!(admin && active)) {
      await tx.$queryRaw`select id from person where admin and active order by id for no key update`
      if (!(await hasOtherAdmin(tx, id))) return undefined
    }
    const before = await tx.person.findUnique({ where: { id } })
    await tx.membership.deleteMany({ where: { personId: id } })
    const row = await tx.person.update({
      where: { id },
      data: { pseudonym, login, admin, active, memberships: { create: membershipRows(settings) } },
      include: withRoles,
    })
    const losesLogin = before !== null && before.login !== null && before.login !== login
    if (!active || before?.admin !== admin || losesLogin) {
      await tx.session.deleteMany({ where: { personId: id } })
      await tx.signInLink.deleteMany({ where: { personId: id } })
    }
    if (losesLogin) await tx.outsideAccount.deleteMany({ where: { personId: id } })
    if (!active) await releaseAll(tx, id)
    return personOf(row)
  })
}

/** Ends every session of a person, and every link that was not used yet. */
export async function closeDoors(db: Sql, personId: string): Promise<void> {
  await db.query(
    `with ended as (delete from session where person_id = $1)
     delete from sign_in_link where person_id = $1`,
    [personId],
  )
}

async function releaseAll(tx: Pick<Prisma, 'waiting'>, personId: string): Promise<void> {
  await tx.waiting.updateMany({
    where: { claimedBy: personId },
    data: { claimedBy: null, claimedUntil: null },
  })
}

async function hasOtherAdmin(prisma: Pick<Prisma, 'person'>, id: string): Promise<boolean> {
  return (await prisma.person.count({ where: { admin: true, active: true, NOT: { id } } })) > 0
}

function membershipRows({ roles }: PersonSettings) {
  return roles.map(({ site, role, languages }) => ({ role, languages, site: { connect: { key: site } } }))
}

function personOf(row: PersonRow): Person {
  const { id, pseudonym, login, admin, active, secondFactor, memberships } = row
  return {
    id,
    pseudonym,
    login,
    admin,
    active,
    secondFactor: Boolean(secondFactor?.confirmedAt),
    roles: memberships.map(({ siteKey, role, languages }) => ({
      site: siteKey,
      role: roleOf(role),
      languages,
    })),
  }
}

function roleOf(role: string): SiteRole {
  return role === 'editor' ? 'editor' : 'moderator'
}

/** The person on whose behalf POSTBAG_ADMIN_KEY acts, made when there is none. */
export async function firstAdmin(db: Sql): Promise<string> {
  await db.query(
    `insert into person (pseudonym, admin, first_admin)
     select 'First admin', true, true where not exists (select from person where first_admin)
     on conflict do nothing`,
  )
  const { rows } = await db.query<{ id: string }>('select id from person where first_admin')
  return rows[0]?.id ?? ''
}

/** Makes the key of this hash the first admin's configured key, and the only one. */
export async function configureAdminKey(db: Sql, personId: string, hash: Buffer): Promise<void> {
  await db.query(
    `update access_key set revoked_at = moment() where name = 'POSTBAG_ADMIN_KEY' and hash <> $1 and revoked_at is null`,
    [hash],
  )
  await db.query(
    `insert into access_key (id, hash, name, person_id, scopes)
     values ($1, $2, 'POSTBAG_ADMIN_KEY', $3, '{moderation,articles,administration}')
     on conflict (hash) do update set revoked_at = null`,
    [randomUUID(), hash, personId],
  )
}

export async function insertKey(
  prisma: Prisma,
  hash: Buffer,
  settings: KeySettings,
  personId: string | null,
) {
  const { name, scopes, expiresAt } = settings
  return prisma.accessKey.create({
    data: {
      name,
      scopes,
      personId,
      hash: Uint8Array.from(hash),
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
    },
  })
}

export async function listKeys(prisma: Prisma) {
  return prisma.accessKey.findMany({ orderBy: { createdAt: 'asc' } })
}

/** Revokes a key; false where there is none. */
export async function revokeKey(db: Sql, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'update access_key set revoked_at = coalesce(revoked_at, moment()) where id = $1',
    [id],
  )
  return rowCount === 1
}
