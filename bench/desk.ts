import type { Asked, Service } from './service.ts'

/** A request with this key, for the version that was judged where that counts. */
export function withKey(
  key: string,
  method: Asked['method'],
  path: string,
  body?: unknown,
  version?: number,
): Asked {
  const hasBody = body !== undefined
  return {
    method,
    path,
    headers: {
      authorization: `Bearer ${key}`,
      ...(hasBody && { 'content-type': 'application/json' }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
    },
    ...(hasBody && { body: JSON.stringify(body) }),
  }
}

/** The body of what must be answered well. */
export async function must(service: Service, asked: Asked): Promise<string> {
  const { status, body } = await service.ask(asked)
  if (status >= 300) throw new Error(`${asked.method} ${asked.path}: ${status} ${body.slice(0, 500)}`)
  return body
}

/** A site called `bench`, with an open article called `news`. */
export async function aSite(service: Service, settings: Record<string, unknown> = {}): Promise<void> {
  const put = (path: string, body: unknown) => must(service, withKey(service.admin, 'PUT', path, body))
  await put('/v1/sites/bench', { name: 'Bench', ...settings })
  await put('/v1/sites/bench/articles/news', { title: 'News' })
}

/** Where comments on an article of that site are sent to, and read. */
export function commentsOn(article: string): string {
  return `/v1/sites/bench/articles/${article}/comments`
}

/** The id and the key of somebody who moderates this site and no other. */
export async function aModerator(service: Service, site: string): Promise<{ person: string; key: string }> {
  const post = async (path: string, body: unknown) =>
    JSON.parse(await must(service, withKey(service.admin, 'POST', path, body)))
  const { id: person } = await post('/v1/people', {
    pseudonym: `Moderator of ${site}`,
    admin: false,
    roles: [{ site, role: 'moderator', languages: [] }],
  })
  const { key } = await post('/v1/keys', { name: site, person, scopes: ['moderation'] })
  return { person: String(person), key: String(key) }
}
