import { messages } from './told.ts'

/** A message as OpenAPI 3.1 describes it. */
interface DescribedMessage {
  post: {
    operationId: string
    summary: string
    tags: string[]
    security: Record<string, string[]>[]
    parameters: object[]
    requestBody: object
    responses: Record<string, { description: string }>
  }
}

/** What endpoints are sent, for the `webhooks` of the OpenAPI document; the schemas are those of `told.ts`. */
export function describedMessages() {
  return Object.fromEntries(
    messages.map(({ type, summary, body }) => [type, described(type, summary, body.meta()?.id ?? '')]),
  )
}

function described(type: string, summary: string, schema: string): DescribedMessage {
  return {
    post: {
      operationId: `told${schema.replace(/Message$/, '')}`,
      summary: summary.replace(/\.$/, ''),
      tags: ['webhooks'],
      security: [],
      parameters: [
        header('webhook-id', 'The same whenever it is sent: by it, you tell what you have had.'),
        header('webhook-timestamp', 'When it is sent: seconds since 1970.'),
        header(
          'webhook-signature',
          '`v1,` and HMAC-SHA-256 in base64, one for each secret, with spaces between.',
        ),
      ],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
      },
      responses: {
        '2XX': { description: 'It has arrived.' },
        '410': { description: `You want to be told nothing more; \`${type}\` included.` },
        default: { description: 'It is sent again later; redirections are not followed.' },
      },
    },
  }
}

function header(name: string, description: string): object {
  return { name, in: 'header', required: true, description, schema: { type: 'string' } }
}
