import type { InjectOptions } from 'fastify'
import { problems } from '../../src/http/problem-list.ts'
import { type House, testBaseUrl } from './house.ts'

/** An answer, as `ask` gives it. */
export interface Answer {
  status: number
  headers: Record<string, unknown>
  body: Record<string, unknown>
  text: string
}

/**
 * Which problem an answer is, such as `404 not_found`; followed by whatever is missing of RFC 9457 and of the headers
 * that its status demands, and by what it gives away.
 */
export function problemIn(answer: Answer): string {
  const { status, headers, body, text } = answer
  const code = String(body['code'])
  const known = Object.entries(problems).find(([name]) => name === code)?.[1]
  const faults = [
    known?.[0] === status && body['status'] === status ? '' : 'another status',
    known?.[1] === body['title'] ? '' : 'another title',
    body['type'] === `${testBaseUrl}/problems/${code}` ? '' : 'another type',
    typeof body['detail'] === 'string' && /\S/.test(body['detail']) ? '' : 'no detail',
    /^urn:postbag:request:[\w-]+$/.test(String(body['instance'])) ? '' : 'no instance',
    headers['content-type'] === 'application/problem+json; charset=utf-8' ? '' : 'another content type',
    headers['cache-control'] === 'no-store' ? '' : 'may be kept',
    headers['x-content-type-options'] === 'nosniff' ? '' : 'may be sniffed',
    status !== 401 || headers['www-authenticate'] === 'Bearer' ? '' : 'no WWW-Authenticate',
    (status !== 429 && status !== 503) || /^[1-9]\d*$/.test(String(headers['retry-after']))
      ? ''
      : 'no Retry-After',
    innards.test(text) ? `innards: ${innards.exec(text)?.[0]}` : '',
  ].filter((fault) => fault !== '')
  return [`${status} ${code}`, ...faults].join(', ')
}

/** Traces of the machine room: stacks, files, SQL, drivers. */
export const innards =
  /\s+at \S+ ?\(|node_modules|\.[jt]sx?:\d+|\/src\/|\b(?:select|insert into|update)\b.+\b(?:from|values|set)\b|sqlstate|prisma|invalid input syntax|violates|constraint "|relation "/i

/** Sends bytes just as they are given. */
export async function sendRaw(house: House, request: InjectOptions): Promise<Answer> {
  const answer = await house.app.inject(request)
  const isJson = /[/+]json\b/.test(String(answer.headers['content-type']))
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: isJson && answer.body !== '' ? JSON.parse(answer.body) : {},
    text: answer.body,
  }
}
