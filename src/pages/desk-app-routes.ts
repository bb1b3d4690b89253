import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { visitorOf } from '../access/auth.ts'
import type { Issuer } from '../access/issuer.ts'
import { encodingFor } from '../http/encodings.ts'
import { noStore } from '../http/headers.ts'
import { Problem } from '../http/problems.ts'
import { browserPath, readBrowserFiles } from './browser-files.ts'
import { deskAppPage } from './desk-app.tsx'
import { contentPolicy, html } from './layout.tsx'
import { signInPage } from './sign-in.tsx'

/** The desk as a program of the browser's, and the files that it is made of. */
export const deskAppRoutes: FastifyPluginAsyncZod<{ issuer: Issuer | undefined }> = async (
  app,
  { issuer },
) => {
  const browser = readBrowserFiles()
  const desk = deskAppPage(browser)
  const { 'content-security-policy': policy, ...others } = contentPolicy([])
  const strict = {
    ...others,
    ...noStore,
    'content-security-policy': `${policy}; require-trusted-types-for 'script'; trusted-types 'none'`,
  }

  app.get('/desk', { config: { budget: 'moderating' } }, async (request, reply) => {
    const caller = await visitorOf(app, request)
    if (caller === 'enrolling') return reply.headers(noStore).redirect('/desk/second-factor', 303)
    reply.type(html)
    if (caller) return reply.headers(strict).send(desk)
    const page = signInPage({ problem: null, outside: issuer !== undefined })
    return reply.headers({ ...noStore, ...contentPolicy([]) }).send(page)
  })

  app.get(
    `${browserPath}:file`,
    { schema: { params: z.strictObject({ file: z.string().max(100) }) } },
    async (request, reply) => {
      const file = browser.files.get(request.params.file)
      if (!file) throw new Problem('not_found')
      const encoding = encodingFor(request.headers['accept-encoding'])
      return reply
        .headers({
          'cache-control': 'public, max-age=31536000, immutable',
          vary: 'Accept-Encoding',
          ...(encoding !== 'identity' && { 'content-encoding': encoding }),
        })
        .type(file.type)
        .send(file.bytes[encoding])
    },
  )
}
