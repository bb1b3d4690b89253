import { readFileSync } from 'node:fs'
import Fastify from 'fastify'

// The yardstick of reading: a bare Fastify route that answers the bytes of a file from a Buffer, under a tag, and 304 to
// whoever has it. Nothing else. Started as `node buffer.mjs PORT FILE`.

const [, , port, file] = process.argv
const bytes = readFileSync(file)
const tag = '"the-only-one"'
const headers = { 'content-type': 'application/json; charset=utf-8', etag: tag }

const app = Fastify()
app.get('/', (request, reply) => {
  if (request.headers['if-none-match'] === tag) return reply.code(304).headers(headers).send()
  return reply.headers(headers).send(bytes)
})
await app.listen({ port: Number(port), host: '127.0.0.1' })
process.send?.('ready')
