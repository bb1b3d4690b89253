import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../database/client.ts'
import { errorCode } from '../database/faults.ts'
import { noStore } from '../http/headers.ts'
import { sha256 } from '../http/keyring.ts'
import { asModerator } from '../http/openapi.ts'
import { answers, Problem } from '../http/problems.ts'
import { demand } from './auth.ts'
import { AccessKey, KeySettings, NewKey, Person, PersonSettings, SignInLink } from './person.ts'
import { type Caller, Scope } from './roles.ts'
import { newSecret } from './secrets.ts'
import { invite, makeSignInLink } from './sign-in.ts'
import { findPerson, insertKey, listKeys, listPeople, revokeKey, updatePerson } from './store.ts'

const ById = z.strictObject({ id: z.uuid() })

/** Everybody who moderates, as admins see them. */
export const peopleRoutes: FastifyPluginAsyncZod<{ db: Database; baseUrl: string }> = async (
  app,
  { db, baseUrl },
) => {
  app.get(
    '/v1/people',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'listPeople',
        summary: 'Everybody who moderates',
        tags: ['administration'],
        security: asModerator,
        response: {
          200: z.strictObject({ people: z.array(Person) }).meta({ id: 'People' }),
          ...answers('unauthenticated', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_people', null)
      return reply.headers(noStore).send({ people: await listPeople(db.prisma) })
    },
  )

  app.post(
    '/v1/people',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'invitePerson',
        summary: 'Invite a person',
        description:
          'The answer holds a sign-in link to give to them, good for a day; with it they set their password.',
        tags: ['administration'],
        security: asModerator,
        body: PersonSettings,
        response: {
          201: Person.extend({ signIn: SignInLink }).meta({ id: 'InvitedPerson' }),
          ...answers('unauthenticated', 'forbidden', 'already_taken', 'site_not_found'),
        },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_people', null)
      const invited = await invite(db, request.body, baseUrl).catch(explain)
      return reply.code(201).headers(noStore).send(invited)
    },
  )

  app.put(
    '/v1/people/:id',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'changePerson',
        summary: 'Change what a person is',
        description: 'Replaces every setting; what is left out gets its default.',
        tags: ['administration'],
        security: asModerator,
        params: ById,
        body: PersonSettings,
        response: {
          200: Person,
          ...answers(
            'unauthenticated',
            'forbidden',
            'person_not_found',
            'already_taken',
            'site_not_found',
            'last_admin',
          ),
        },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_people', null)
      const { id } = request.params
      if (!(await findPerson(db.prisma, id))) throw new Problem('person_not_found')
      const person = await updatePerson(db.prisma, id, request.body).catch(explain)
      if (!person) throw new Problem('last_admin')
      return reply.headers(noStore).send(person)
    },
  )

  app.post(
    '/v1/people/:id/sign-in-link',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'makeSignInLink',
        summary: 'Make a new sign-in link for a person',
        description: 'Good for 15 minutes.',
        tags: ['administration'],
        security: asModerator,
        params: ById,
        response: { 201: SignInLink, ...answers('unauthenticated', 'forbidden', 'person_not_found') },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_people', null)
      if (!(await findPerson(db.prisma, request.params.id))) throw new Problem('person_not_found')
      return reply
        .code(201)
        .headers(noStore)
        .send(await makeSignInLink(db, request.params.id, baseUrl))
    },
  )
}

/** Keys: hashed, scoped, revocable. */
export const keyRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  app.get(
    '/v1/keys',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'listKeys',
        summary: 'Every key, without its secret',
        tags: ['administration'],
        security: asModerator,
        response: {
          200: z.strictObject({ keys: z.array(AccessKey) }).meta({ id: 'AccessKeys' }),
          ...answers('unauthenticated', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_keys', null)
      return reply.headers(noStore).send({ keys: (await listKeys(db.prisma)).map(keyOf) })
    },
  )

  app.post(
    '/v1/keys',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'makeKey',
        summary: 'Make a key',
        description: 'The secret is in this answer and nowhere else. A key that decides belongs to a person.',
        tags: ['administration'],
        security: asModerator,
        body: KeySettings,
        response: { 201: NewKey, ...answers('unauthenticated', 'forbidden', 'person_not_found') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      demand(caller, 'manage_keys', null)
      const owner = await ownerOf(request.body, caller)
      const key = newSecret('pbk_')
      const row = await insertKey(db.prisma, sha256(key), request.body, owner)
      return reply
        .code(201)
        .headers(noStore)
        .send({ ...keyOf(row), key })
    },
  )

  app.delete(
    '/v1/keys/:id',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'revokeKey',
        summary: 'Revoke a key, at once and for ever',
        tags: ['administration'],
        security: asModerator,
        params: ById,
        response: {
          204: z.null().meta({ description: 'Revoked.' }),
          ...answers('unauthenticated', 'forbidden', 'key_not_found'),
        },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_keys', null)
      if (!(await revokeKey(db.desk, request.params.id))) throw new Problem('key_not_found')
      return reply.code(204).headers(noStore).send(null)
    },
  )

  async function ownerOf(settings: KeySettings, caller: Caller): Promise<string | null> {
    if (settings.person === null) {
      if (settings.scopes.includes('administration')) {
        throw new Problem('forbidden', 'A key for administration belongs to a person.')
      }
      return null
    }
    const id = settings.person ?? caller.person?.id ?? ''
    if (settings.person !== undefined && !(await findPerson(db.prisma, id)))
      throw new Problem('person_not_found')
    return id
  }
}

type KeyRow = Awaited<ReturnType<typeof listKeys>>[number]

function keyOf({ id, name, personId, scopes, expiresAt, revokedAt }: KeyRow): AccessKey {
  return {
    id,
    name,
    person: personId,
    scopes: z.array(Scope).parse(scopes),
    expiresAt: expiresAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  }
}

/** Tells Prisma's word for a taken name (P2002) and for a missing site (P2025) in ours. */
function explain(error: unknown): never {
  if (errorCode(error) === 'P2002')
    throw new Problem('already_taken', 'Somebody has this pseudonym or login.')
  if (errorCode(error) === 'P2025')
    throw new Problem('site_not_found', 'One of the sites in `roles` does not exist.')
  throw error
}
