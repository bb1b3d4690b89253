import Fastify from 'fastify'
import { Pool } from 'pg'

// A yardstick of reading what is not in memory: a plain Fastify route that asks PostgreSQL, with one prepared query, for the
// same 50 comments each time, and answers them as JSON. It counts nothing, keeps nothing, and protects nobody. Started as
// `node query.mjs PORT DATABASE_URL SITE`.

const [, , port, connectionString, site] = process.argv
// As many connections as the service reads with.
const pool = new Pool({ connectionString, max: 8 })
const text = `
  select c.id, t.name, t.text, c.language, c.first_shown_at as "publishedAt"
    from article a
    join comment c on c.article_id = a.id
    join revision_text t on t.comment_id = c.id and t.seq = c.revision
   where a.site = $1 and a.key = $2 and c.root_id is null and c.status = 'published' and c.shows_from <= now()
   order by c.first_shown_at desc, c.id desc
   limit 50`

const app = Fastify()
app.get('/:article', (request) =>
  pool
    .query({ name: 'page', text, values: [site, request.params.article] })
    .then(({ rows }) => ({ comments: rows })),
)
await app.listen({ port: Number(port), host: '127.0.0.1' })
process.send?.('ready')
