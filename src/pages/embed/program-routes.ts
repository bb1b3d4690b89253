import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { matches } from '../../http/conditional.ts'
import { encodingFor } from '../../http/encodings.ts'
import { readableByAll } from '../../http/headers.ts'
import { type ProgramName, program } from './programs.ts'

/** The programs that pages load: the embed, on any page; the work that it does for sites that ask for a proof of it; that of our own page within a frame. */
export const programRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get('/embed.js', (request, reply) => send('embed', request, reply))
  app.get('/proof.js', (request, reply) => send('proof', request, reply))
  app.get('/assets/frame.js', (request, reply) => send('frame', request, reply))
}

/** A new release is there for everybody within minutes, and nobody waits for it. */
const kept = 'public, max-age=300, stale-while-revalidate=86400'

async function send(
  name: ProgramName,
  { headers }: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const encoding = encodingFor(headers['accept-encoding']?.toString())
  const { bytes, tag } = (await program(name))[encoding]
  reply.headers({ ...readableByAll, 'cache-control': kept, vary: 'Accept-Encoding', etag: tag })
  if (matches(headers['if-none-match'], tag)) return reply.code(304).send()
  if (encoding !== 'identity') reply.header('content-encoding', encoding)
  return reply.type('text/javascript; charset=utf-8').send(bytes)
}
