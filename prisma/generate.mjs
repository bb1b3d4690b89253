/**
 * Makes Prisma's client from the schema, unless it is made already. The command line of Prisma insists on
 * the path of an engine that `generate` does not use; giving it Node's keeps it from fetching one.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const generated = join(root, 'src/database/generated')
const stamp = join(generated, '.made-from')
const madeFrom = createHash('sha256')
  .update(readFileSync(join(root, 'prisma/schema.prisma')))
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== madeFrom) {
  const prisma = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/prisma/build/index.js'),
      'generate',
      '--schema',
      'prisma/schema.prisma',
      '--no-hints',
    ],
    {
      cwd: root,
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
      encoding: 'utf8',
    },
  )
  if (prisma.status !== 0) {
    process.stderr.write(`${prisma.stdout}${prisma.stderr}`)
    process.exit(prisma.status ?? 1)
  }
  writeFileSync(stamp, madeFrom)
}
