import fastifySwagger, { type SwaggerTransformObject } from '@fastify/swagger'
import fastifySwaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'

/**
 * `/openapi.json`, made from the routes' own schemas, and a readable `/docs` with local assets. `webhooks` is what the
 * service sends by itself.
 */
export async function describeApi(
  app: FastifyInstance,
  version: string,
  webhooks: Record<string, object> = {},
): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.1',
      info: {
        title: 'Postbag',
        version,
        description:
          'A moderated comment service for news pages. Readers send plain text without an account; a person reads every comment before anybody else can; what was decided, and nothing else, is public. Comments never appear in real time.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'This service.' }],
      tags: [
        { name: 'reading', description: 'What everybody may see.' },
        { name: 'submitting', description: 'What readers send.' },
        { name: 'receipt', description: 'What the holder of a receipt may see and do.' },
        { name: 'moderation', description: 'The queue and the decisions.' },
        { name: 'reports', description: 'What readers object to, and what becomes of it.' },
        { name: 'law', description: 'Orders of authorities, holds, danger, and erasing for others.' },
        { name: 'log', description: 'What was decided, and that it stays so.' },
        { name: 'session', description: 'Signing in.' },
        { name: 'administration', description: 'Sites, articles, terms, people, keys.' },
        { name: 'webhooks', description: 'What others are told.' },
        { name: 'service', description: 'Is it there?' },
      ],
      ...(Object.keys(webhooks).length > 0 && { webhooks }),
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: "A person's or a service's key." },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: '__Host-postbag',
            description: 'Set by POST /v1/session.',
          },
          receipt: {
            type: 'http',
            scheme: 'bearer',
            description: "A reader's receipt. Never put it into a URL.",
          },
        },
      },
    },
    transform: createJsonSchemaTransform({ zodToJsonConfig: {} }),
    transformObject: withoutTwins,
    convertConstToEnum: false,
  })
  await app.register(fastifySwaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    uiConfig: { deepLinking: false, defaultModelsExpandDepth: 0 },
    theme: { title: 'Postbag API', css: [{ filename: 'postbag.css', content: '.topbar { display: none }' }] },
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}

/** Requirements of a route's `security`: any one of them suffices. */
export const asModerator = [{ key: [] }, { session: [] }]
export const asReader = [{ receipt: [] }]

const describe = createJsonSchemaTransformObject({})

/**
 * The type provider documents every schema twice: `X` as it leaves, `XInput` as it arrives. Keep the ones that
 * some route mentions, and call an `XInput` just `X` unless there is an `X` that differs.
 */
const withoutTwins: SwaggerTransformObject = (document) => {
  const described = describe(document)
  if (!('components' in described)) return described
  const all: Record<string, unknown> = described.components?.schemas ?? {}
  const told = 'webhooks' in described ? described.webhooks : {}
  const mentioned = mentionedIn([described.paths, told], all)

  const different = new Set<string>()
  const nameOf = (name: string) => (different.has(name) ? name : name.replace(/Input$/, ''))
  const named = (part: unknown) =>
    JSON.stringify(part ?? null).replace(reference, (_whole, name: string) => refTo(nameOf(name)))
  let known: number
  do {
    known = different.size
    for (const name of mentioned) {
      if (mentioned.has(nameOf(name)) && named(all[name]) !== named(all[nameOf(name)])) different.add(name)
    }
  } while (different.size > known)

  const schemas = Object.fromEntries([...mentioned].toSorted().map((name) => [nameOf(name), all[name]]))
  return JSON.parse(named({ ...described, components: { ...described.components, schemas } }))
}

const reference = /#\/components\/schemas\/(\w+)/g

function refTo(name: string): string {
  return `#/components/schemas/${name}`
}

function mentionedIn(from: unknown, schemas: Record<string, unknown>, seen = new Set<string>()): Set<string> {
  for (const [, name] of (JSON.stringify(from) ?? '').matchAll(reference)) {
    if (name && !seen.has(name)) mentionedIn(schemas[name], schemas, seen.add(name))
  }
  return seen
}
