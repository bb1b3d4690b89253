import { randomBytes } from 'node:crypto'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type { Client } from 'pg'
import { configureAdminKey, firstAdmin } from '../../src/access/store.ts'
import { type AppOptions, buildApp } from '../../src/app.ts'
import { connect, type Database } from '../../src/database/client.ts'
import { sha256 } from '../../src/http/keyring.ts'
import { type MemoryOptions, type PublicMemory, publicMemory, usualMemory } from '../../src/reading/memory.ts'
import { screener } from '../../src/screening/screener.ts'
import { freshDatabase } from './database.ts'

/** The whole service on a database of its own, with its clock in hand. */
export interface House {
  app: FastifyInstance
  db: Database
  url: string
  /** SQL as the owner of everything */
  owner: Client
  /** the first admin's key */
  admin: string
  memory: PublicMemory
  /** moves the database's clock forward */
  ahead(seconds: number): Promise<void>
  close(): Promise<void>
}

export const testBaseUrl = 'http://localhost:3000'
export const testSecret = 'a secret that only the tests have, long enough'

/** What a service in tests has, whatever its database. */
export const houseOptions = {
  secret: testSecret,
  baseUrl: testBaseUrl,
  trustProxy: [],
  rateLimit: false,
  // Receivers in tests are on this machine.
  reach: { isPrivateAllowed: true },
  checkAnswers: true,
  logger: false,
  version: '0.0.0-test',
} satisfies Partial<AppOptions>

export async function openHouse(
  options: Partial<AppOptions> = {},
  memoryOptions: Partial<MemoryOptions> = {},
): Promise<House> {
  const database = await freshDatabase()
  const db = await connect(database.url, { connections: 8 })
  // Tests change what shows behind the service's back: it asks the database each time.
  const memory = publicMemory(db, { ...usualMemory, trustFor: 0, ...memoryOptions })
  const app = await buildApp({
    ...houseOptions,
    db,
    memory,
    // A machine that is busy with other tests is no reason to screen later.
    screen: screener(db, undefined, 20_000),
    ...options,
  })
  const admin = `pbk_${randomBytes(32).toString('base64url')}`
  await configureAdminKey(db.desk, await firstAdmin(db.desk), sha256(admin))
  await app.ready()
  return {
    app,
    db,
    url: database.url,
    owner: database.owner,
    admin,
    memory,
    async ahead(seconds) {
      await database.owner.query('update clock set ahead_ms = ahead_ms + $1', [Math.round(seconds * 1_000)])
      memory.forget()
    },
    async close() {
      await app.close()
      await db.close()
      await database.drop()
    },
  }
}

/** Asks the service over HTTP (in process); what comes back is asserted on, not computed with. `key` is sent as a bearer: a moderator's key, or a receipt. */
export async function ask(
  house: House,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS' | 'HEAD' | 'PATCH',
  url: string,
  { key, body, headers }: { key?: string | undefined; body?: unknown; headers?: Record<string, string> } = {},
) {
  const request: InjectOptions = {
    method,
    url,
    headers: { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...headers },
  }
  if (body !== undefined) {
    request.payload = JSON.stringify(body)
    request.headers = { 'content-type': 'application/json', ...request.headers }
  }
  const answer = await house.app.inject(request)
  const isJson = /[/+]json\b/.test(String(answer.headers['content-type']))
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: isJson && answer.body !== '' ? JSON.parse(answer.body) : {},
    text: answer.body,
  }
}
