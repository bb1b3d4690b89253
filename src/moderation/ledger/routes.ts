import type { FastifyInstance } from 'fastify'
import { detailsOf, headersOf } from '../../http/errors.ts'
import { Problem } from '../../http/problems.ts'

/**
 * Answers nobody that something is gone before that is written down outside of the database. Where it cannot be, the answer
 * is 503: it is gone all the same, and whoever asks again is answered once it is written down.
 */
export function answerOnceWrittenDown(
  app: FastifyInstance,
  write: () => Promise<void>,
  baseUrl: string,
): void {
  app.addHook('onSend', async (request, reply, sent) => {
    const { method, routeOptions } = request
    const isRead = method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
    if (isRead || routeOptions.config.showsNothing || reply.statusCode >= 500) return sent
    if (takesNothing(request.body)) return sent
    try {
      await write()
      return sent
    } catch (error) {
      request.log.error({ fault: kindOf(error) }, 'the ledger of erasures could not be written')
      const problem = new Problem('unavailable', unwritten)
      reply.code(problem.status).headers(headersOf(problem)).type('application/problem+json; charset=utf-8')
      reply.removeHeader('content-length')
      return JSON.stringify(detailsOf(problem, baseUrl, request.id))
    }
  })
}

/** Decisions that take nothing from anybody's sight wait for no ledger: it has them a few seconds later. */
function takesNothing(body: unknown): boolean {
  const action: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'action') : undefined
  return typeof action === 'string' && ['approve', 'reject', 'return', 'escalate', 'restore'].includes(action)
}

const unwritten =
  'What was done could not be written down where it outlasts a restored backup. Ask again: it is not done twice.'

function kindOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : error instanceof Error ? error.name : typeof error
}
