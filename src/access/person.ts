import { z } from 'zod'
import { Language } from '../http/language.ts'
import { Instant } from '../http/times.ts'
import { plain, words } from '../http/words.ts'
import { Scope, SiteRole } from './roles.ts'

/** How everybody but the admins knows a person. */
const Pseudonym = words(60)
export const Login = plain(z.string().trim().toLowerCase().min(1).max(120))
export const Password = z.string().min(12).max(200)

const SiteMembership = z
  .strictObject({ site: z.string(), role: SiteRole, languages: z.array(z.string()) })
  .meta({ id: 'Membership' })

const MembershipSettings = z
  .strictObject({
    site: plain(z.string().max(63)),
    role: SiteRole,
    languages: z.array(Language).max(50).default([]).meta({ description: 'BCP 47; none means all.' }),
  })
  .meta({ id: 'MembershipSettings' })

/** What an admin says of a person. */
export const PersonSettings = z
  .strictObject({
    pseudonym: Pseudonym,
    login: Login.nullable()
      .default(null)
      .meta({ description: 'What they sign in with, such as an e-mail address.' }),
    admin: z.boolean().default(false),
    active: z.boolean().default(true).meta({
      description: 'When false, sessions and keys stop working at once, and what they hold is given back.',
    }),
    roles: z
      .array(MembershipSettings)
      .max(500)
      .refine((roles) => new Set(roles.map((role) => role.site)).size === roles.length, {
        message: 'Name each site once',
      })
      .default([]),
  })
  .meta({ id: 'PersonSettings' })
export type PersonSettings = z.infer<typeof PersonSettings>

export const Person = z
  .strictObject({
    id: z.uuid(),
    pseudonym: z.string(),
    login: z.string().nullable(),
    admin: z.boolean(),
    active: z.boolean(),
    secondFactor: z.boolean().meta({ description: 'Whether they sign in with a second factor.' }),
    roles: z.array(SiteMembership),
  })
  .meta({ id: 'Person' })
export type Person = z.infer<typeof Person>

export const SignInLink = z
  .strictObject({ url: z.string(), link: z.string(), until: Instant })
  .meta({ id: 'SignInLink', description: 'A way in that works once, until `until`.' })
export type SignInLink = z.infer<typeof SignInLink>

export const Me = z
  .strictObject({
    person: z.strictObject({ id: z.uuid(), pseudonym: z.string() }).nullable(),
    admin: z.boolean(),
    roles: z.array(SiteMembership),
    via: z.enum(['session', 'key']),
  })
  .meta({ id: 'Me' })

export const KeySettings = z
  .strictObject({
    name: words(100),
    person: z.uuid().nullable().optional().meta({
      description: 'Whose key it is: yours by default; null for a service, which can never decide.',
    }),
    scopes: z.array(Scope).min(1).max(3),
    expiresAt: z.iso
      .datetime()
      .refine((moment) => moment >= '2000', { message: 'It lies in this millennium' })
      .nullable()
      .default(null),
  })
  .meta({ id: 'KeySettings' })
export type KeySettings = z.infer<typeof KeySettings>

export const AccessKey = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    person: z.uuid().nullable(),
    scopes: z.array(Scope),
    expiresAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'AccessKey' })
export type AccessKey = z.infer<typeof AccessKey>

export const NewKey = AccessKey.extend({ key: z.string() }).meta({
  id: 'NewKey',
  description: 'The key is shown only here.',
})
