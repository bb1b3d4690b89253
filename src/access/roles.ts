import { z } from 'zod'

/** What somebody is on a site; an admin is one everywhere. */
export const SiteRole = z.enum(['moderator', 'editor'])
export type SiteRole = z.infer<typeof SiteRole>
type Role = SiteRole | 'admin'

/** What a key may be used for, at most. */
export const Scope = z.enum(['moderation', 'articles', 'administration']).meta({
  id: 'Scope',
  description: 'What a key may be used for, at most: never more than its person may do.',
})
export type Scope = z.infer<typeof Scope>

/** Who may do what: the least role that has the permission, the scope that a key needs, and whether a service may. */
const permissions = {
  read_queue: { role: 'moderator', scope: 'moderation', service: true },
  decide: { role: 'moderator', scope: 'moderation', service: false },
  reply_as_staff: { role: 'moderator', scope: 'moderation', service: false },
  restore: { role: 'editor', scope: 'moderation', service: false },
  take_over: { role: 'editor', scope: 'moderation', service: false },
  undo_for_others: { role: 'editor', scope: 'moderation', service: false },
  register_articles: { role: 'admin', scope: 'articles', service: true },
  write_phrases: { role: 'editor', scope: 'administration', service: false },
  write_saved_reasons: { role: 'editor', scope: 'moderation', service: false },
  resolve_appeals: { role: 'editor', scope: 'moderation', service: false },
  read_statements: { role: 'editor', scope: 'moderation', service: false },
  pause: { role: 'editor', scope: 'moderation', service: false },
  read_log: { role: 'editor', scope: 'moderation', service: false },
  read_statistics: { role: 'editor', scope: 'moderation', service: false },
  resolve_reports: { role: 'editor', scope: 'moderation', service: false },
  manage_orders: { role: 'admin', scope: 'moderation', service: false },
  hold: { role: 'admin', scope: 'moderation', service: false },
  erase: { role: 'admin', scope: 'moderation', service: false },
  write_texts: { role: 'editor', scope: 'administration', service: false },
  publish_terms: { role: 'editor', scope: 'administration', service: false },
  move_articles: { role: 'admin', scope: 'articles', service: false },
  change_sites: { role: 'admin', scope: 'administration', service: false },
  manage_people: { role: 'admin', scope: 'administration', service: false },
  manage_webhooks: { role: 'admin', scope: 'administration', service: false },
  manage_keys: { role: 'admin', scope: 'administration', service: false },
} as const satisfies Record<string, { role: Role; scope: Scope; service: boolean }>
export type Permission = keyof typeof permissions

const rank: Record<Role, number> = { moderator: 1, editor: 2, admin: 3 }

export interface Membership {
  site: string
  role: SiteRole
  /** the languages that this person reads there; none means all */
  languages: string[]
}

/** Who is asking. Without a person it is a service, which can never decide. */
export interface Caller {
  person: { id: string; pseudonym: string; admin: boolean; memberships: Membership[] } | null
  /** the key that was used; null for a session */
  key: { id: string; scopes: Scope[] } | null
  /** the session that was used; fresh while the sign-in is young enough to change the ways in */
  session?: { fresh: boolean }
}

/** Whether the caller may do this on `site` (null: something that belongs to no site). */
export function can(caller: Caller, permission: Permission, site: string | null): boolean {
  const { role, service } = permissions[permission]
  if (!keyAllows(caller, permission)) return false
  if (!caller.person) return service
  if (caller.person.admin) return true
  const membership = caller.person.memberships.find((one) => one.site === site)
  return membership !== undefined && rank[membership.role] >= rank[role]
}

/** Whether the key that the caller came with, if any, is for such things at all. */
export function keyAllows({ key }: Caller, permission: Permission): boolean {
  return key === null || key.scopes.includes(permissions[permission].scope)
}

/** The languages that the caller reads on a site; undefined for all of them. */
export function languagesOf(caller: Caller, site: string): string[] | undefined {
  if (!caller.person || caller.person.admin) return undefined
  const languages = caller.person.memberships.find((one) => one.site === site)?.languages ?? []
  return languages.length > 0 ? languages : undefined
}
