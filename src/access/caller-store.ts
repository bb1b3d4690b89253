import type { Sql } from '../database/client.ts'
import type { Caller, Membership, Scope } from './roles.ts'
import { lasts } from './session.ts'

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

interface SignedIn {
  caller: Caller
  hasSecondFactor: boolean
  /** its last use was noted some time ago */
  isToNote: boolean
}

/** Who is signed in with the session of this hash. */
export async function callerBySession(db: Sql, hash: Buffer): Promise<SignedIn | undefined> {
  const { rows } = await db.query<
    CallerRow & { fresh: boolean; has_second_factor: boolean; is_to_note: boolean }
  >({
    name: 'caller_by_session',
    text: `select ${callerColumns}, null as key_id, null as scopes,
                  s.created_at > moment() - $3 * interval '1 second' as fresh,
                  s.last_seen_at <= moment() - $4 * interval '1 second' as is_to_note,
                  exists (select from second_factor f
                           where f.person_id = p.id and f.confirmed_at is not null) as has_second_factor
             from session s join person p on p.id = s.person_id
            where s.hash = $1 and s.expires_at > moment()
              and s.last_seen_at > moment() - $2 * interval '1 second' and p.active`,
    values: [hash, lasts.idleSeconds, lasts.freshSeconds, lasts.notedEvery],
  })
  const [row] = rows
  if (!row) return undefined
  return {
    caller: { ...callerOf(row), session: { fresh: row.fresh } },
    hasSecondFactor: row.has_second_factor,
    isToNote: row.is_to_note,
  }
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
