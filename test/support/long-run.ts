import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from './properties.ts'

// Runs the property tests (test/**/*.properties.test.ts) with a hundred thousand values for each property, or as many as
// the first argument says, and writes what came of it to docs/long-run.md: npm run test:long

const root = join(import.meta.dirname, '../..')
const tries = Number(process.argv[2] ?? 100_000)
if (!Number.isSafeInteger(tries) || tries < 1) throw new Error(`Not a number of tries: ${process.argv[2]}`)

const folder = mkdtempSync(join(tmpdir(), 'postbag-long-run-'))
const outcomesFile = join(folder, 'outcomes')
const begun = new Date()
const status = run()
const outcomes = outcomesIn(outcomesFile)
rmSync(folder, { recursive: true })
writeFileSync(join(root, 'docs/long-run.md'), report())
process.exitCode = status

/** Jest's exit code. */
function run(): number {
  const jest = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--roots=test',
    String.raw`--testPathPatterns=\.properties\.test\.ts$`,
    '--testTimeout=86400000',
    '--ci',
    '--verbose',
  ]
  const env = { ...process.env, PROPERTY_TRIES: String(tries), PROPERTY_OUTCOMES: outcomesFile }
  return spawnSync(process.execPath, jest, { cwd: root, env, stdio: 'inherit' }).status ?? 1
}

function outcomesIn(file: string): Outcome[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  return lines
    .map((line): Outcome => JSON.parse(line))
    .toSorted((one, other) => (one.property < other.property ? -1 : 1))
}

function report(): string {
  const minutes = Math.round((Date.now() - begun.getTime()) / 60_000)
  const failed = outcomes.filter(({ failure }) => failure !== null)
  const tried = outcomes.reduce((sum, outcome) => sum + outcome.tried, 0)
  const { node, icu, unicode } = process.versions
  return [
    '# The last long run',
    '',
    'Written by `npm run test:long`: every property test of the text pipeline, with far more strings than `npm test` tries.',
    '',
    `- Date: ${begun.toISOString().slice(0, 10)}`,
    `- Node ${node}, ICU ${icu}, Unicode ${unicode}; ${process.platform} on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    `- ${outcomes.length} properties, ${figure(tries)} strings each: ${figure(tried)} strings in ${minutes} minutes`,
    `- Result: ${status === 0 ? 'all properties hold' : `FAILED: ${failed.length} properties do not hold; Jest ended with ${status}`}`,
    '',
    '| property | strings | seconds | result |',
    '| --- | ---: | ---: | --- |',
    ...outcomes.map(
      ({ property, tried: strings, seconds, failure }) =>
        `| ${property} | ${figure(strings)} | ${Math.round(seconds)} | ${failure === null ? 'holds' : 'fails'} |`,
    ),
    ...failed.flatMap(({ property, failure }) => ['', `## ${property}`, '', '```', failure ?? '', '```']),
    '',
  ].join('\n')
}

function figure(count: number): string {
  return count.toLocaleString('en')
}
