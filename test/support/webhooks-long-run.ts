import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'

// Kills processes 200 times, or as often as the argument says, while people write and decide, and writes what came of
// it to docs/webhook-kills.md. A second argument is for how many minutes at most.

const root = join(import.meta.dirname, '../..')
const kills = Number(process.argv[2] ?? 200)
if (!Number.isSafeInteger(kills) || kills < 2) throw new Error(`Not a number of kills: ${process.argv[2]}`)

const minutesAtMost = process.argv[3] ?? 'Infinity'

const folder = mkdtempSync(join(tmpdir(), 'postbag-kills-'))
const outcomeFile = join(folder, 'outcome.json')
const begun = new Date()
const status = run()
writeFileSync(join(root, 'docs/webhook-kills.md'), report())
rmSync(folder, { recursive: true })
process.exitCode = status

/** Jest's exit code. */
function run(): number {
  const jest = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--roots',
    'test/with-services',
    '--ci',
    'test/with-services/webhook-kills.test.ts',
  ]
  const env = {
    ...process.env,
    WEBHOOK_KILLS: String(kills),
    WEBHOOK_MINUTES: minutesAtMost,
    WEBHOOK_OUTCOME: outcomeFile,
  }
  return spawnSync(process.execPath, jest, { cwd: root, env, stdio: 'inherit' }).status ?? 1
}

function report(): string {
  const minutes = Math.round((Date.now() - begun.getTime()) / 60_000)
  const [{ model } = { model: 'an unknown processor' }] = cpus()
  const outcome = existsSync(outcomeFile) ? JSON.parse(readFileSync(outcomeFile, 'utf8')) : undefined
  const { kills: killed, moves, messages, again } = outcome ?? {}
  return [
    '# The last long run of killed processes and webhooks',
    '',
    'Written by `test/support/webhooks-long-run.ts`: two processes of the service on one database, killed with SIGKILL again',
    'and again while readers write and a moderator decides through both. A receiver is told of every move that stands in the',
    'log at least once, and of none that does not. `npm run test:services` does the same with ten kills.',
    '',
    `- Date: ${begun.toISOString().slice(0, 10)}`,
    `- Node ${process.versions.node}; ${process.platform} on ${cpus().length} × ${model.trim()}; ${minutes} minutes`,
    `- Result: ${status === 0 && outcome ? 'all holds' : 'FAILED'}`,
    `- Kills: ${killed ?? kills}`,
    ...(outcome
      ? [
          `- Moves in the log: ${moves}; each was told`,
          `- Messages: ${messages}; ${again} of them for another time`,
        ]
      : []),
    '',
  ].join('\n')
}
