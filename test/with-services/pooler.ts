import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { chown, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { spawnedAs } from '../../src/database/embedded-process.ts'
import { answersAt, row } from '../support/embedded.ts'
import { freePort } from '../support/ports.ts'
import { end, type PostgresPair, patiently } from './postgres.ts'

/** PgBouncer before a primary, as docs/operating.md says. */
export interface TestPooler {
  deskUrl: string
  readerUrl: string
  /** waits until it answers */
  start(): Promise<void>
  kill(): Promise<void>
}

const docs = readFileSync(join(import.meta.dirname, '../../docs/operating.md'), 'utf8')
const passwords = { desk: 'the-desk-password', reader: 'the-reader-password' }

/** What operators are told to write, with what differs from one machine to another in place of what stands there. */
function documented(language: 'ini' | 'sql', ours: Record<string, string> = {}): string {
  const [, text = ''] = new RegExp(`## PgBouncer.*?\n\`\`\`${language}\n(.*?)\`\`\``, 's').exec(docs) ?? []
  return Object.entries(ours).reduce((all, [theirs, own]) => {
    if (!all.includes(theirs)) throw new Error(`docs/operating.md has no longer ${theirs}`)
    return all.replaceAll(theirs, own)
  }, text)
}

/** Debian has it where servers are. */
const program = 'pgbouncer'
const path = { PATH: '/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin:/bin' }

/** Needs Debian's `pgbouncer`, and a primary that is migrated. */
export async function pooler({ folder, user, primary }: PostgresPair): Promise<TestPooler> {
  const [port, home] = [await freePort(), join(folder, 'pgbouncer')]
  const [ini, users] = [join(home, 'pgbouncer.ini'), join(home, 'userlist.txt')]
  for (const statement of documented('sql').trim().split('\n')) await row(primary.url, statement)
  await mkdir(home)
  const logins = [
    `"postbag_desk_login" "${passwords.desk}"`,
    `"postbag_reader_login" "${passwords.reader}"`,
    '',
  ]
  await writeFile(users, logins.join('\n'))
  const ours = {
    'host=10.0.0.5 port=5432': `host=127.0.0.1 port=${primary.port}`,
    'listen_port = 6432': `listen_port = ${port}`,
    '/etc/pgbouncer/userlist.txt': users,
  }
  await writeFile(ini, documented('ini', ours))
  if (user) for (const one of [home, ini, users]) await chown(one, user.uid, user.gid)

  const urlOf = (who: keyof typeof passwords) =>
    `postgresql://postbag_${who}_login:${passwords[who]}@127.0.0.1:${port}/postbag`
  const deskUrl = urlOf('desk')
  let running: ChildProcess | undefined
  return {
    deskUrl,
    readerUrl: urlOf('reader'),
    async start() {
      const log = openSync(`${home}.log`, 'a')
      running = spawn(program, [ini], { ...spawnedAs(user), env: path, stdio: ['ignore', log, log] })
      closeSync(log)
      const failed = new Promise<never>((_resolve, reject) => {
        running?.once('error', () => reject(new Error('Install pgbouncer for this test.')))
      })
      await Promise.race([patiently('PgBouncer answers', () => answersAt(deskUrl)), failed])
    },
    kill: () => end(running, 'SIGKILL'),
  }
}
