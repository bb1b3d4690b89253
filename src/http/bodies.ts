import { isUtf8 } from 'node:buffer'
import type { FastifyInstance } from 'fastify'
import { Problem } from './problems.ts'

/**
 * Bodies are JSON in UTF-8 (RFC 8259 §8.1) and nothing else. Bytes that are not UTF-8 are refused: read with
 * replacement characters they would be kept as words that nobody wrote.
 */
export function readBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = Buffer.from(body)
    if (isUtf8(bytes)) return parse(request, bytes.toString(), done)
    done(new Problem('malformed_body', 'The body is not UTF-8.'))
  })
}
