import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { errorCode, isDatabaseAway } from '../database/faults.ts'
import { noStore } from './headers.ts'
import { problems } from './problem-list.ts'
import { Problem, type ProblemCode, type ProblemDetails } from './problems.ts'

/** Every error, and every address that is none, leaves as RFC 9457; nothing of an unexpected error leaves. */
export function answerErrors(app: FastifyInstance, baseUrl: string): void {
  const addresses = rememberAddresses(app)

  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    const problem = problemOf(error, request)
    logFault(request, problem, error)
    return send(reply, problem, baseUrl)
  })

  app.setNotFoundHandler((request, reply) => {
    const allowed = addresses(request.url)
    if (allowed.length === 0) return send(reply, new Problem('not_found'), baseUrl)
    const allow = allowed.join(', ')
    const detail = `${request.method} is not possible here; possible: ${allow}.`
    return send(reply, new Problem('method_not_allowed', detail, { headers: { allow } }), baseUrl)
  })
}

/** Sends a problem as `application/problem+json`; never cached. */
export function send(reply: FastifyReply, problem: Problem, baseUrl: string): FastifyReply {
  return reply
    .code(problem.status)
    .headers(headersOf(problem))
    .type('application/problem+json; charset=utf-8')
    .serializer((sent: unknown) => JSON.stringify(sent))
    .send(detailsOf(problem, baseUrl, reply.request.id))
}

/** A problem as the body that tells it; `requestId` names the failure in the log. */
export function detailsOf(problem: Problem, baseUrl: string, requestId: string): ProblemDetails {
  const [status, title] = problems[problem.code]
  return {
    type: `${baseUrl}/problems/${problem.code}`,
    title,
    status,
    detail: problem.message,
    instance: `urn:postbag:request:${requestId}`,
    code: problem.code,
    ...(problem.extras.errors && { errors: problem.extras.errors }),
    ...problem.extras.members,
  }
}

/** What a failure is sent with, whatever its body: kept by nobody, and saying how to go on. */
export function headersOf({ status, extras }: Problem): Record<string, string> {
  return {
    ...noStore,
    ...(status === 503 && { 'retry-after': '5' }),
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    ...extras.headers,
  }
}

/** The problem that answers an error of Fastify itself, before any route was reached. */
export function problemOf(error: FastifyError | Problem, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error)
  if (isDatabaseAway(error)) return new Problem('unavailable')
  // Whoever was deactivated while their request ran: PostgreSQL writes no move of theirs.
  if (errorCode(error) === 'PB004') return new Problem('unauthenticated', 'You are no longer active here.')
  const status = error.statusCode ?? 500
  const code = fastifyProblems[error.code] ?? statusProblems[status]
  if (code === 'body_too_large')
    return new Problem(code, `A body here has at most ${request.server.initialConfig.bodyLimit} bytes.`)
  return new Problem(code ?? (status >= 400 && status < 500 ? 'invalid_request' : 'internal'))
}

const fastifyProblems: Partial<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_body',
  FST_ERR_BAD_URL: 'not_found',
  FST_ERR_MAX_LIMIT: 'not_found',
  FST_ERR_ASYNC_CONSTRAINT: 'not_found',
  FST_ERR_HANDLER_TIMEOUT: 'unavailable',
}
const statusProblems: Partial<Record<number, ProblemCode>> = {
  400: 'malformed_body',
  404: 'not_found',
  408: 'request_timeout',
  413: 'body_too_large',
  414: 'not_found',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  503: 'unavailable',
}

interface SchemaError {
  validationContext?: string | undefined
  validation: SchemaIssue[]
}
interface SchemaIssue {
  instancePath: string
  keyword: string
  message?: string
  params?: unknown
}

/** More than anybody mends at a time. */
const mostFaults = 20

/** Says of each fault where it is: JSON Pointer in the body, or the name of the parameter or header. */
function invalid({ validation, validationContext }: SchemaError): Problem {
  const errors = validation
    .flatMap(places)
    .slice(0, mostFaults)
    .map(({ path, keyword, message }) => {
      const fault = { code: keyword, detail: `${message ?? 'It is not valid'}.`.replace(/\.\.$/, '.') }
      const name = path.replace(/^\//, '')
      if (validationContext === 'body') return { pointer: `#${path}`, ...fault }
      return validationContext === 'headers' ? { header: name, ...fault } : { parameter: name, ...fault }
    })
  const first = errors[0]
  const place =
    first && ('pointer' in first ? first.pointer : 'header' in first ? first.header : first.parameter)
  return new Problem('invalid_request', first && `${place || 'The request'}: ${first.detail}`, { errors })
}

/** Where an issue is: at its path, or at each of the keys that nobody knows there. */
function places({ instancePath, keyword, message, params }: SchemaIssue) {
  const path = instancePath === '/' ? '' : instancePath
  const keys = unrecognizedKeys(params)
  if (!keys) return [{ path, keyword, message }]
  return keys.map((key) => ({ path: `${path}/${escaped(key)}`, keyword, message: 'It is not known here' }))
}

function unrecognizedKeys(params: unknown): string[] | undefined {
  if (typeof params !== 'object' || params === null || !('keys' in params)) return undefined
  return Array.isArray(params.keys) ? params.keys.slice(0, mostFaults).map(String) : undefined
}

/** A name within a JSON Pointer (RFC 6901 §3). */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Answers what is not even HTTP, or came too slowly or with too many headers, on the bare connection. */
export function refuseBrokenRequest(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const code = brokenRequests[error.code ?? ''] ?? 'malformed_request'
  const [status, title, mend] = problems[code]
  const body = JSON.stringify({
    type: `/problems/${code}`,
    title,
    status,
    detail: mend,
    instance: 'urn:postbag:connection',
    code,
  })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

type ConnectionError = Error & { code?: string }
const brokenRequests: Partial<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
}

/** Writes down what is our fault (an error) or the database's (a warning); what the request's is, is answered only. */
export function logFault(request: FastifyRequest, problem: Problem, error: Error): void {
  if (problem.status < 500) return
  request.log[problem.status === 500 ? 'error' : 'warn']({ fault: faultOf(error) }, problem.code)
}

/** What the log may know of an unexpected error: its kind and where, never its message or a query's values. */
export function faultOf(error: Error & { code?: string }) {
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return { name: error.name, code: error.code, at: frames.slice(0, 8).map((line) => line.trim()) }
}

/** Remembers every route, to tell an address that is none from a method that it does not have. */
function rememberAddresses(app: FastifyInstance): (url: string) => string[] {
  const routes = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = routes.get(url) ?? new Set()
    for (const one of [method].flat()) methods.add(one)
    routes.set(url, methods)
  })
  return (url) => {
    const asked = (url.split('?', 1)[0] ?? '').split('/')
    const fits = (pattern: string) => {
      const parts = pattern.split('/')
      return (
        parts.length === asked.length &&
        parts.every((part, i) => (part.startsWith(':') ? asked[i] !== '' : part === asked[i]))
      )
    }
    return [...routes]
      .filter(([pattern]) => pattern !== '*' && fits(pattern))
      .flatMap(([, methods]) => [...methods])
  }
}
