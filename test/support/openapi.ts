import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { Pool } from 'pg'
import { buildApp } from '../../src/app.ts'
import { PrismaClient } from '../../src/database/generated/client.ts'

const root = join(import.meta.dirname, '../..')

/** The description of the API that stands in the repository. */
export const openapiFile = join(root, 'openapi.json')

/** Every operation that the description in the repository has; that it is what is served is tested elsewhere. */
export function describedOperations(): { id: string; method: string }[] {
  const { paths }: { paths: Record<string, Record<string, { operationId: string }>> } = JSON.parse(
    readFileSync(openapiFile, 'utf8'),
  )
  return Object.values(paths).flatMap((methods) =>
    Object.entries(methods).map(([method, { operationId }]) => ({ id: operationId, method })),
  )
}

export const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** The description that a service of this version serves, as the text of a file. Needs no database. */
export async function servedDescription(): Promise<string> {
  const neverAsked = new Pool()
  const prisma = new PrismaClient({ adapter: new PrismaPg(neverAsked) })
  const app = await buildApp({
    db: { reader: neverAsked, desk: neverAsked, prisma, close: () => neverAsked.end() },
    secret: 'a secret that nothing is made with, long enough',
    baseUrl: 'http://localhost:3000',
    trustProxy: [],
    rateLimit: false,
    checkAnswers: false,
    logger: false,
    version,
  })
  const served = await app.inject('/openapi.json')
  await app.close()
  await neverAsked.end()
  return `${JSON.stringify(served.json(), null, 2)}\n`
}
