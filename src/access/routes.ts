import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { noStore } from '../http/headers.ts'
import { asModerator } from '../http/openapi.ts'
import { answers } from '../http/problems.ts'
import {
  giveSession,
  justSignedIn,
  refuseForeignPages,
  sessionOf,
  signedInPerson,
  takeSession,
} from './auth.ts'
import type { Checking } from './check-code.ts'
import { Login, Me, Password } from './person.ts'
import { Code } from './second-factor.ts'
import { hashPassword } from './secrets.ts'
import { endOtherSessions, endSession } from './session-store.ts'
import { signInWithLink, signInWithPassword } from './sign-in.ts'
import { writePassword } from './store.ts'

/** Signing in and out, and who I am. */
export const signInRoutes: FastifyPluginAsyncZod<Checking & { baseUrl: string }> = async (
  app,
  { db, keys, baseUrl },
) => {
  app.post(
    '/v1/session',
    {
      config: { budget: 'signing_in', showsNothing: true },
      schema: {
        operationId: 'signIn',
        summary: 'Sign in with a password or a one-time link',
        description:
          'Sets the session cookie; one that you come with ends. Every failure has the same answer, except that who has a second factor is asked for its code once the rest was right. A link stays good until then.',
        tags: ['session'],
        security: [],
        body: z
          .strictObject({
            login: Login.optional(),
            password: z.string().min(1).max(200).optional(),
            link: z.string().min(1).max(200).optional(),
            code: Code.optional(),
          })
          .refine(
            (body) => (body.link === undefined) === (body.login !== undefined && body.password !== undefined),
            {
              message: 'Send either login and password, or link',
            },
          )
          .meta({ id: 'SignIn' }),
        response: {
          204: z.null().meta({ description: 'Signed in.' }),
          ...answers('sign_in_failed', 'second_factor_needed', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      refuseForeignPages(request, baseUrl)
      const { login, password, link, code } = request.body
      const along = { code, from: sessionOf(request) }
      if (login !== undefined) await app.limitSignIn(request, login)
      const secret =
        link === undefined
          ? await signInWithPassword({ db, keys }, login ?? '', password ?? '', along)
          : await signInWithLink({ db, keys }, link, along)
      giveSession(reply, secret)
      return reply.code(204).headers(noStore).send(null)
    },
  )

  app.delete(
    '/v1/session',
    {
      config: { budget: 'moderating', enrolling: true, showsNothing: true },
      schema: {
        operationId: 'signOut',
        summary: 'Sign out',
        tags: ['session'],
        security: [{ session: [] }],
        response: {
          204: z.null().meta({ description: 'Signed out.' }),
          ...answers('unauthenticated', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      signedInPerson(await app.identify(request))
      const session = sessionOf(request)
      if (session) await endSession(db.desk, session)
      takeSession(reply)
      return reply.code(204).headers(noStore).send(null)
    },
  )

  app.get(
    '/v1/me',
    {
      config: { budget: 'moderating', enrolling: true },
      schema: {
        operationId: 'getMe',
        summary: 'Who am I, and what may I do',
        tags: ['session'],
        security: asModerator,
        response: { 200: Me, ...answers('unauthenticated') },
      },
    },
    async (request, reply) => {
      const { person, key } = await app.identify(request)
      return reply.headers(noStore).send({
        person: person && { id: person.id, pseudonym: person.pseudonym },
        admin: person?.admin ?? false,
        roles: person?.memberships ?? [],
        via: key ? 'key' : 'session',
      })
    },
  )

  app.put(
    '/v1/me/password',
    {
      config: { budget: 'signing_in' },
      schema: {
        operationId: 'setMyPassword',
        summary: 'Set my password',
        description:
          'At least 12 characters. Takes a sign-in of the last 15 minutes; ends your other sessions.',
        tags: ['session'],
        security: [{ session: [] }],
        body: z.strictObject({ password: Password }).meta({ id: 'NewPassword' }),
        response: {
          204: z.null().meta({ description: 'Set.' }),
          ...answers('unauthenticated', 'forbidden', 'sign_in_again'),
        },
      },
    },
    async (request, reply) => {
      const person = justSignedIn(await app.identify(request))
      await writePassword(db.desk, person.id, await hashPassword(request.body.password))
      await endOtherSessions(db.desk, person.id, sessionOf(request) ?? null)
      return reply.code(204).headers(noStore).send(null)
    },
  )
}
