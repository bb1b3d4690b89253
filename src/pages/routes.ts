import fastifyFormbody from '@fastify/formbody'
import type { FastifyError, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Issuer } from '../access/issuer.ts'
import type { SecondFactorRule } from '../access/second-factor.ts'
import type { Intake } from '../comments/submit.ts'
import { headersOf, logFault, problemOf } from '../http/errors.ts'
import type { Problem } from '../http/problems.ts'
import type { PublicMemory } from '../reading/memory.ts'
import { icon, signInScript, styleSheet } from './assets.ts'
import { deskAppRoutes } from './desk-app-routes.ts'
import { deskRoutes } from './desk-routes.ts'
import { embedDemoPage, embedDemoPolicy } from './embed/demo.tsx'
import { fragmentRoutes } from './embed/fragment-routes.ts'
import { programRoutes } from './embed/program-routes.ts'
import { contentPolicy, html } from './layout.tsx'
import { permalinkRoutes } from './permalink-routes.ts'
import { deskProblemPage, problemPage } from './problem.tsx'
import { problemVoice } from './problem-voice.ts'
import { readerRoutes } from './reader-routes.ts'
import { receiptRoutes } from './receipt-routes.ts'
import { secondFactorPageRoutes } from './second-factor-routes.ts'
import { signInPageRoutes } from './sign-in-routes.ts'
import { voiceIn } from './voice.ts'

export interface PageRouteOptions extends Intake {
  memory: PublicMemory
  baseUrl: string
  /** where people sign in with their organisation's accounts, if anywhere */
  issuer: Issuer | undefined
  secondFactor: SecondFactorRule
  /** the site and the article that show a newcomer the embed, if any do */
  demo: { site: string; article: string } | undefined
}

/** The pages, and what they load. None of them is part of the API or of its description. */
export const pageRoutes: FastifyPluginAsyncZod<PageRouteOptions> = async (app, options) => {
  app.addHook('onRoute', (route) => {
    route.schema = { ...route.schema, hide: true }
  })
  await app.register(fastifyFormbody)
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const problem = problemOf(error, request)
    logFault(request, problem, error)
    return reply
      .code(problem.status)
      .headers({ ...contentPolicy([]), ...headersOf(problem) })
      .type(html)
      .send(await pageFor(problem, request))
  })

  async function pageFor(problem: Problem, request: FastifyRequest): Promise<string> {
    const { code, message } = problem
    if (isOfDesk(request.url)) return deskProblemPage(code, message, voiceIn('en'))
    return problemPage(code, await problemVoice(options.db, problem, request))
  }

  const asset = { 'cache-control': 'public, max-age=300' }
  app.get('/', async (_request, reply) => reply.redirect('/docs'))
  app.get('/assets/postbag.css', async (_request, reply) =>
    reply.headers(asset).type('text/css; charset=utf-8').send(styleSheet),
  )
  app.get('/assets/sign-in.js', async (_request, reply) =>
    reply.headers(asset).type('text/javascript; charset=utf-8').send(signInScript),
  )
  app.get('/assets/postbag.svg', async (_request, reply) =>
    reply.headers(asset).type('image/svg+xml').send(icon),
  )
  await app.register(programRoutes)
  const { demo } = options
  if (demo) {
    app.get('/demo/embed', async (_request, reply) =>
      reply.headers(embedDemoPolicy).type(html).send(embedDemoPage(demo.site, demo.article)),
    )
  }
  await app.register(fragmentRoutes, options)
  await app.register(readerRoutes, options)
  await app.register(permalinkRoutes, options)
  await app.register(receiptRoutes, options)
  await app.register(deskAppRoutes, options)
  await app.register(deskRoutes, options)
  await app.register(signInPageRoutes, options)
  await app.register(secondFactorPageRoutes, options)
}

/** Whether an address is the moderators', who are spoken to in English. */
function isOfDesk(url: string): boolean {
  return /^\/desk(?:[/?]|$)/.test(url)
}
