import { rmSync } from 'node:fs'
import { Client } from 'pg'

export default async function globalTeardown(): Promise<void> {
  const { embedded, folder, url, template } = globalThis.testServer
  const server = new Client({ connectionString: url })
  await server.connect()
  await server.query(`drop database ${template}`)
  await server.end()
  await embedded?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
}
