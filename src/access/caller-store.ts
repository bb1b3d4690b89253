import type { Sql } from '../database/client.ts'
import type { Caller, Membership, Scope } from './roles.ts'

interface CallerRow {
  person_id: string | null
  pseudonym: string | null
  admin: boolean | null
  memberships: Membership[]
  key_id: string | null
  scopes: Scope[] | null
}

const callerColumns = `
  p.id as person_id, p.pseudonym, p.admin,
  coalesce((select jsonb_agg(jsonb_build_object('site', m.site, 'role', m.role, 'languages', m.languages) order by m.site)
              from membership m where m.person_id = p.id), '[]') as memberships`

/** Who holds the key with this hash, while it is good and its person active. */
export async function callerByKey(db: Sql, hash: Buffer): Promise<Caller | undefined> {
  const { rows } = await db.query<CallerRow>({
    name: 'caller_by_key',
    text: `select ${callerColumns}, k.id as key_id, k.scopes
             from access_key k left join person p on p.id = k.person_id
            where k.hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > moment())
              and (p.id is null or p.active)`,
    values: [hash],
  })
  return rows[0] && callerOf(rows[0])
}

/** Who is signed in with the session of this hash. */
export async function callerBySession(db: Sql, hash: Buffer): Promise<Caller | undefined> {
  const { rows } = await db.query<CallerRow>({
    name: 'caller_by_session',
    text: `select ${callerColumns}, null as key_id, null as scopes
             from session s join person p on p.id = s.person_id
            where s.hash = $1 and s.expires_at > moment() and p.active`,
    values: [hash],
  })
  return rows[0] && callerOf(rows[0])
}

function callerOf(row: CallerRow): Caller {
  const { person_id: id, pseudonym, admin, memberships, key_id, scopes } = row
  return {
    person: id !== null && pseudonym !== null ? { id, pseudonym, admin: admin === true, memberships } : null,
    key: key_id === null ? null : { id: key_id, scopes: scopes ?? [] },
  }
}

/** A person who acts later than they asked: with the rights that they have by then; undefined once inactive. */
export async function callerOfPerson(
  db: Sql,
  personId: string,
  keyId: string | null,
): Promise<Caller | undefined> {
  const { rows } = await db.query<CallerRow>(
    `select ${callerColumns}, k.id as key_id, k.scopes
       from person p left join access_key k on k.id = $2 and k.person_id = p.id
      where p.id = $1 and p.active`,
    [personId, keyId],
  )
  return rows[0] && callerOf(rows[0])
}
