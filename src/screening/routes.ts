import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { demand } from '../access/auth.ts'
import type { Database } from '../database/client.ts'
import { noStore } from '../http/headers.ts'
import { asModerator } from '../http/openapi.ts'
import { answers, Problem } from '../http/problems.ts'
import { sitePath } from '../sites/article.ts'
import { readPhraseList, writePhraseList } from './phrase-lists.ts'
import { Phrase, PhraseList } from './phrases.ts'
import { putPhrases } from './put-phrases.ts'
import { Signal } from './signal.ts'
import { phrasesOf } from './store.ts'

const Phrases = z.strictObject({ phrases: PhraseList }).meta({ id: 'Phrases' })

const ListedPhrases = z
  .strictObject({
    phrases: z.array(Phrase.extend({ severity: Signal.shape.severity }).meta({ id: 'ListedPhrase' })),
  })
  .meta({ id: 'ListedPhrases' })

/** The phrases of which a site wants its moderators to be told, as JSON and as a CSV file. */
export const phraseRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  app.addContentTypeParser('text/csv', { parseAs: 'string' }, async (_request: unknown, body: string) => body)

  const shared = { tags: ['administration'], security: asModerator, params: sitePath }
  const refusals = answers(
    'unauthenticated',
    'forbidden',
    'site_not_found',
    'body_too_large',
    'unsupported_media_type',
  )

  app.get(
    '/v1/sites/:site/phrases',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readPhrases',
        summary: "A site's phrases",
        ...shared,
        response: { 200: ListedPhrases, ...refusals },
      },
    },
    async (request, reply) => {
      const { site } = request.params
      demand(await app.identify(request), 'write_phrases', site)
      return reply.headers(noStore).send({ phrases: await phrasesOf(db.desk, site) })
    },
  )

  app.put(
    '/v1/sites/:site/phrases',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'putPhrases',
        summary: "Replace a site's phrases",
        description: 'A text that holds one gets the signal `phrase`. A phrase decides nothing.',
        ...shared,
        body: Phrases,
        response: { 200: ListedPhrases, ...refusals },
      },
    },
    async (request, reply) => {
      const { site } = request.params
      demand(await app.identify(request), 'write_phrases', site)
      const { phrases } = request.body
      await putPhrases(db, site, phrases)
      return reply.headers(noStore).send({ phrases })
    },
  )

  app.get(
    '/v1/sites/:site/phrases.csv',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'exportPhrases',
        summary: "A site's phrases as a CSV file",
        description: 'UTF-8 with the columns phrase, language, note and severity; PUT reads it again.',
        ...shared,
        response: {
          200: { description: 'The file.', content: { 'text/csv': { schema: z.string() } } },
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const { site } = request.params
      demand(await app.identify(request), 'write_phrases', site)
      return reply
        .headers({ ...noStore, 'content-disposition': `attachment; filename="${site}-phrases.csv"` })
        .type('text/csv; charset=utf-8')
        .send(writePhraseList(await phrasesOf(db.desk, site)))
    },
  )

  app.put(
    '/v1/sites/:site/phrases.csv',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'importPhrases',
        summary: "Replace a site's phrases by those of a CSV file",
        description:
          'Content-Type: text/csv. Nothing is changed where a line is wrong; every fault tells its line and column.',
        ...shared,
        consumes: ['text/csv'],
        body: z.string().meta({ examples: ['phrase,language,note,severity\r\ncasino*,,,notice\r\n'] }),
        response: { 200: ListedPhrases, ...refusals },
      },
    },
    async (request, reply) => {
      const { site } = request.params
      demand(await app.identify(request), 'write_phrases', site)
      const { phrases, faults } = await readPhraseList(request.body)
      if (faults.length > 0) {
        const errors = faults.map(({ line, column, detail }) => ({
          pointer: '#',
          code: 'invalid_line',
          detail: `Line ${line}, column ${column}: ${detail}`,
        }))
        throw new Problem('invalid_request', errors[0]?.detail, { errors })
      }
      await putPhrases(db, site, phrases)
      return reply.headers(noStore).send({ phrases })
    },
  )
}
