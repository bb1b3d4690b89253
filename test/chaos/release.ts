import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** What a release may do to the busiest tables: a column more, and an index. */
const migrations: Record<string, string> = {
  '29990101000000_columns': [
    'comment',
    'move',
    'revision',
    'revision_text',
    'event',
    'waiting',
    'article',
    'site',
    'person',
  ]
    .map((table) => `alter table ${table} add column of_the_next_release integer not null default 0;`)
    .join('\n'),
  '29990101000001_index':
    'create index concurrently of_the_next_release_idx on comment (of_the_next_release, position);',
}

/**
 * Makes the next release in `folder`: the same program, compiled or not, with migrations of its own. Gives the file to
 * run.
 */
export function nextRelease(folder: string, program: 'src' | 'dist' = 'src'): string {
  const release = join(folder, 'release')
  mkdirSync(release)
  for (const part of [program, 'prisma', 'package.json', 'tsconfig.json'])
    cpSync(join(root, part), join(release, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(release, 'node_modules'))
  for (const [name, sql] of Object.entries(migrations)) {
    mkdirSync(join(release, 'prisma/migrations', name))
    writeFileSync(join(release, 'prisma/migrations', name, 'migration.sql'), sql)
  }
  return join(release, program === 'src' ? 'src/server.ts' : 'dist/server.js')
}
