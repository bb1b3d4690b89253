import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NewsroomOutcome } from './outcome.ts'

// Runs the simulated newsroom with 12,000 comments and every race of moderation 500 times, or as often as the arguments
// say (comments, rounds, seed), and writes what came of it to docs/newsroom.md.

const root = join(import.meta.dirname, '../../..')
const [comments = 12_000, rounds = 500, seed = Math.trunc(Math.random() * 2 ** 31)] = process.argv
  .slice(2)
  .map(Number)
if (![comments, rounds, seed].every((number) => Number.isSafeInteger(number) && number >= 0))
  throw new Error(`Not numbers of comments and rounds, and a seed: ${process.argv.slice(2).join(' ')}`)

/** What is needed of Jest's report. */
interface JestReport {
  testResults: {
    name: string
    assertionResults: {
      fullName: string
      status: string
      duration?: number | null
      failureMessages: string[]
    }[]
  }[]
}

const folder = mkdtempSync(join(tmpdir(), 'postbag-newsroom-'))
const [reportFile, outcomeFile] = [join(folder, 'jest.json'), join(folder, 'outcome.json')]
const begun = new Date()
const status = run()
const results = testsIn(reportFile)
const outcome = outcomeIn(outcomeFile)
rmSync(folder, { recursive: true })
writeFileSync(join(root, 'docs/newsroom.md'), report())
process.exitCode = status

/** Jest's exit code. */
function run(): number {
  const jest = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    String.raw`--testPathPatterns=(test/newsroom|/moderation/(appeals/)?(reporters\.)?races(\.\w+)?)\.test\.ts$`,
    '--testTimeout=86400000',
    // Races that share two processors with a newsroom are slower than one after the other.
    '--runInBand',
    '--ci',
    '--verbose',
    '--json',
    `--outputFile=${reportFile}`,
  ]
  const env = {
    ...process.env,
    NEWSROOM_COMMENTS: String(comments),
    NEWSROOM_SEED: String(seed),
    NEWSROOM_OUTCOME: outcomeFile,
    RACE_ROUNDS: String(rounds),
  }
  return spawnSync(process.execPath, jest, { cwd: root, env, stdio: 'inherit' }).status ?? 1
}

function testsIn(file: string) {
  if (!existsSync(file)) return []
  const jestReport: JestReport = JSON.parse(readFileSync(file, 'utf8'))
  return jestReport.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .toSorted((one, other) => (one.fullName < other.fullName ? -1 : 1))
}

function outcomeIn(file: string): NewsroomOutcome | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

function report(): string {
  const minutes = Math.round((Date.now() - begun.getTime()) / 60_000)
  const failed = results.filter((one) => one.status !== 'passed')
  return [
    '# The last long run of the newsroom and the races',
    '',
    'Written by `test/support/newsroom/long-run.ts`: a simulated newsroom with more comments, and the races of moderation',
    'with more rounds, than `npm test` has time for.',
    '',
    `- Date: ${begun.toISOString().slice(0, 10)}`,
    `- Node ${process.versions.node}; ${process.platform} on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}; ${minutes} minutes`,
    `- ${results.length} tests; each race in ${figure(rounds)} rounds`,
    `- Result: ${status === 0 ? 'all hold' : `FAILED: ${failed.length} tests; Jest ended with ${status}`}`,
    ...(outcome ? newsroomFigures(outcome) : ['- The newsroom ended without a result']),
    '',
    '| test | seconds | result |',
    '| --- | ---: | --- |',
    ...results.map(
      ({ fullName, duration, status: result }) =>
        `| ${fullName} | ${((duration ?? 0) / 1_000).toFixed(1)} | ${result === 'passed' ? 'holds' : 'fails'} |`,
    ),
    ...failed.flatMap(({ fullName, failureMessages }) => [
      '',
      `## ${fullName}`,
      '',
      '```',
      failureMessages.join('\n').slice(0, 4_000),
      '```',
    ]),
    ...(outcome ? answersTable(outcome) : []),
    '',
  ].join('\n')
}

function newsroomFigures(newsroom: NewsroomOutcome): string[] {
  const requests = Object.values(newsroom.answers).reduce((sum, many) => sum + many, 0)
  return [
    `- Newsroom: seed ${newsroom.seed}, ${figure(newsroom.comments)} comments, ${figure(newsroom.moves)} moves, ` +
      `${figure(requests)} requests in ${figure(newsroom.seconds)} seconds`,
  ]
}

function answersTable({ answers }: NewsroomOutcome): string[] {
  const inOrder = Object.entries(answers).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return [
    '',
    '## What was answered in the newsroom',
    '',
    '| request and answer | times |',
    '| --- | ---: |',
    ...inOrder.map(([told, times]) => `| ${told} | ${figure(times)} |`),
  ]
}

function figure(count: number): string {
  return count.toLocaleString('en')
}
