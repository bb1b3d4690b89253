import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Database, transaction } from '../database/client.ts'
import { noStore } from '../http/headers.ts'
import { asModerator } from '../http/openapi.ts'
import { answers, Problem } from '../http/problems.ts'
import { demand } from './auth.ts'
import { type Issuer, Subject } from './issuer.ts'
import { forgetAccount, writeAccount } from './outside-account-store.ts'
import { findPerson } from './store.ts'

const ById = z.strictObject({ id: z.uuid() })

/** Which account at the issuer is whose; most become somebody's by themselves, by a verified e-mail address. */
export const outsideAccountRoutes: FastifyPluginAsyncZod<{
  db: Database
  issuer: Issuer | undefined
}> = async (app, { db, issuer }) => {
  app.put(
    '/v1/people/:id/account',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'setAccount',
        summary: 'Say which account at the OpenID Connect issuer is theirs',
        description:
          'Instead of any other. Not needed where the issuer tells a verified e-mail address that is their login. Ends their sessions.',
        tags: ['administration'],
        security: asModerator,
        params: ById,
        body: z.strictObject({ subject: Subject }).meta({ id: 'OutsideAccount' }),
        response: {
          204: z.null().meta({ description: 'Set.' }),
          ...answers('unauthenticated', 'forbidden', 'person_not_found', 'already_taken', 'not_found'),
        },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_people', null)
      if (!issuer) throw new Problem('not_found', 'No issuer is set here: see POSTBAG_OIDC_ISSUER.')
      const { id } = request.params
      if (!(await findPerson(db.prisma, id))) throw new Problem('person_not_found')
      const { subject } = request.body
      if (!(await writeAccount(db, id, { issuer: issuer.url, subject }))) {
        throw new Problem('already_taken', 'This account is somebody else’s.')
      }
      return reply.code(204).headers(noStore).send(null)
    },
  )

  app.delete(
    '/v1/people/:id/account',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'forgetAccount',
        summary: 'Forget which account at the OpenID Connect issuer is theirs',
        description: 'The next one with their verified e-mail address becomes theirs. Ends their sessions.',
        tags: ['administration'],
        security: asModerator,
        params: ById,
        response: {
          204: z.null().meta({ description: 'Forgotten.' }),
          ...answers('unauthenticated', 'forbidden', 'person_not_found'),
        },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_people', null)
      const { id } = request.params
      if (!(await findPerson(db.prisma, id))) throw new Problem('person_not_found')
      await transaction(db.desk, (tx) => forgetAccount(tx, id))
      return reply.code(204).headers(noStore).send(null)
    },
  )
}
