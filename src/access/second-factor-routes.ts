import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { noStore } from '../http/headers.ts'
import { asModerator } from '../http/openapi.ts'
import { answers, Problem } from '../http/problems.ts'
import { demand, giveSession, justSignedIn, sessionOf, signedInPerson } from './auth.ts'
import type { Checking } from './check-code.ts'
import {
  accountIn,
  beginEnrolment,
  confirmEnrolment,
  removeSecondFactor,
  renewRecoveryCodes,
  takeSecondFactor,
} from './enrol.ts'
import { Code, Enrolment, RecoveryCodes, SecondFactor, type SecondFactorRule } from './second-factor.ts'
import { secondFactorOf } from './second-factor-store.ts'
import { findPerson } from './store.ts'

const ById = z.strictObject({ id: z.uuid() })
const SentCode = z.strictObject({ code: Code }).meta({ id: 'SentCode' })
const removed = z.null().meta({ description: 'Removed.' })

export interface SecondFactorOptions extends Checking {
  baseUrl: string
  secondFactor: SecondFactorRule
}

/** Codes of an app as a second factor (TOTP, RFC 6238). */
export const secondFactorRoutes: FastifyPluginAsyncZod<SecondFactorOptions> = async (
  app,
  { db, keys, baseUrl, secondFactor: rule },
) => {
  const checking = { db, keys }

  app.get(
    '/v1/me/second-factor',
    {
      config: { budget: 'moderating', enrolling: true },
      schema: {
        operationId: 'getMySecondFactor',
        summary: 'Whether I have a second factor',
        tags: ['session'],
        security: [{ session: [] }],
        response: { 200: SecondFactor, ...answers('unauthenticated', 'forbidden') },
      },
    },
    async (request, reply) => {
      const { id } = signedInPerson(await app.identify(request))
      const has = await secondFactorOf(db.desk, id)
      return reply.headers(noStore).send({ ...has, required: rule === 'required' })
    },
  )

  app.post(
    '/v1/me/second-factor',
    {
      config: { budget: 'signing_in', enrolling: true },
      schema: {
        operationId: 'enrolSecondFactor',
        summary: 'Begin to enrol a second factor',
        description:
          'Makes a secret for an app, instead of one that was not confirmed. Takes a sign-in of the last 15 minutes.',
        tags: ['session'],
        security: [{ session: [] }],
        response: {
          201: Enrolment,
          ...answers('unauthenticated', 'forbidden', 'sign_in_again', 'second_factor_enrolled'),
        },
      },
    },
    async (request, reply) => {
      const { id, pseudonym } = justSignedIn(await app.identify(request))
      const enrolment = await beginEnrolment(checking, id, accountIn(baseUrl, pseudonym))
      return reply.code(201).headers(noStore).send(enrolment)
    },
  )

  app.post(
    '/v1/me/second-factor/confirmation',
    {
      config: { budget: 'signing_in', enrolling: true },
      schema: {
        operationId: 'confirmSecondFactor',
        summary: 'Confirm a second factor with its first code',
        description: 'From then on it is asked for. Your session gets another secret, your others end.',
        tags: ['session'],
        security: [{ session: [] }],
        body: SentCode,
        response: {
          200: RecoveryCodes,
          ...answers(
            'unauthenticated',
            'forbidden',
            'sign_in_again',
            'second_factor_unenrolled',
            'code_wrong',
          ),
        },
      },
    },
    async (request, reply) => {
      const { id } = justSignedIn(await app.identify(request))
      const { code } = request.body
      const { codes, session } = await confirmEnrolment(checking, id, code, sessionOf(request))
      if (session !== undefined) giveSession(reply, session)
      return reply.headers(noStore).send(codes)
    },
  )

  app.post(
    '/v1/me/second-factor/recovery-codes',
    {
      config: { budget: 'signing_in' },
      schema: {
        operationId: 'renewRecoveryCodes',
        summary: 'Make new recovery codes',
        description: 'For a code. The old ones no longer work.',
        tags: ['session'],
        security: [{ session: [] }],
        body: SentCode,
        response: {
          200: RecoveryCodes,
          ...answers('unauthenticated', 'forbidden', 'second_factor_unenrolled', 'code_wrong'),
        },
      },
    },
    async (request, reply) => {
      const { id } = signedInPerson(await app.identify(request))
      return reply.headers(noStore).send(await renewRecoveryCodes(checking, id, request.body.code))
    },
  )

  app.post(
    '/v1/me/second-factor/removal',
    {
      config: { budget: 'signing_in' },
      schema: {
        operationId: 'removeMySecondFactor',
        summary: 'Remove my second factor',
        description:
          'For a code; who lost both asks an admin. Your session gets another secret, your others end.',
        tags: ['session'],
        security: [{ session: [] }],
        body: SentCode,
        response: {
          204: removed,
          ...answers('unauthenticated', 'forbidden', 'second_factor_unenrolled', 'code_wrong'),
        },
      },
    },
    async (request, reply) => {
      const { id } = signedInPerson(await app.identify(request))
      const session = await removeSecondFactor(checking, id, request.body.code, sessionOf(request))
      if (session !== undefined) giveSession(reply, session)
      return reply.code(204).headers(noStore).send(null)
    },
  )

  app.delete(
    '/v1/people/:id/second-factor',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'removeSecondFactor',
        summary: "Remove a person's second factor",
        description: 'For whoever lost their app and their recovery codes. Ends their sessions.',
        tags: ['administration'],
        security: asModerator,
        params: ById,
        response: {
          204: removed,
          ...answers('unauthenticated', 'forbidden', 'person_not_found', 'second_factor_unenrolled'),
        },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_people', null)
      const { id } = request.params
      if (!(await findPerson(db.prisma, id))) throw new Problem('person_not_found')
      if (!(await takeSecondFactor(checking, id))) throw new Problem('second_factor_unenrolled')
      return reply.code(204).headers(noStore).send(null)
    },
  )
}
