import type { CycleOutcome } from './cycle.ts'
import type { RollingOutcome } from './rolling.ts'

export interface ChaosResults {
  outcomes: CycleOutcome[]
  /** that happened */
  kills: number
  stops: number
  planned: { kills: number; stops: number; others: number; faults: number }
  /** what this machine does not allow, a sentence each */
  notRun: string[]
  /** whatever spoke against a promise, a sentence each */
  faults: string[]
  comments: number
  rolling: (RollingOutcome & { migrations: number }) | undefined
  seed: number
  minutes: number
  command: string
  machine: string
}

/** docs/chaos.md, as a long run leaves it. */
export function report(results: ChaosResults): string {
  const { outcomes, planned, kills, stops, notRun, faults, comments, rolling, seed, minutes, command } =
    results
  const rates = outcomes.map(({ rate }) => rate).toSorted((one, other) => one - other)
  const kinds = [...new Set(outcomes.map(({ fault }) => fault))].toSorted()
  return [
    explained,
    '## The last long run',
    '',
    `Written by \`${command}\`, which tells the same story again (its last number is the seed).`,
    '',
    `- Date: ${new Date().toISOString().slice(0, 10)}; ${results.machine}; ${minutes} minutes, beside whatever else ran there`,
    `- ${figure(kills)} SIGKILLs of ${figure(planned.kills)} that were wanted, ${figure(stops)} immediate stops of PostgreSQL of ${figure(planned.stops)}; ${figure(outcomes.length)} faults of ${figure(planned.faults)} in all`,
    `- ${figure(total(outcomes, 'asked'))} intentions, of which ${figure(total(outcomes, 'acknowledged'))} were acknowledged and ${figure(total(outcomes, 'indeterminate'))} stayed indeterminate; ${figure(comments)} comments`,
    `- Submissions acknowledged in the second before a fault: ${figure(middle(rates))} in the middle, ${figure(rates[0] ?? 0)} at least, ${figure(rates.at(-1) ?? 0)} at most`,
    `- Acknowledged and lost: ${count(faults, 'lost')}; doubled: ${count(faults, 'doubled')}; unasked: ${count(faults, 'unasked')}; half states: ${count(faults, 'half')}; other faults: ${others(faults)}`,
    ...notRun.map((why) => `- Not run here: ${why}`),
    ...(rolling ? rollingLines(rolling) : ['- No rolling restart']),
    '',
    '| fault | times | submissions/s before, middle | it lasted, middle | acknowledged again after, most | reads meanwhile |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...kinds.map((kind) => {
      const these = outcomes.filter(({ fault }) => fault === kind)
      const ms = (what: 'lasted' | 'recovered') => these.map((one) => one[what]).toSorted((a, b) => a - b)
      return `| ${kind} | ${these.length} | ${middle(these.map(({ rate }) => rate).toSorted((a, b) => a - b))} | ${seconds(middle(ms('lasted')))} | ${seconds(ms('recovered').at(-1) ?? 0)} | ${figure(total(these, 'reads'))} |`
    }),
    '',
    ...(faults.length > 0
      ? ['### What went wrong', '', ...faults.slice(0, 50).map((fault) => `- ${fault}`), '']
      : []),
    ...(rolling ? answersTable(rolling, `seed ${seed}`) : []),
  ].join('\n')
}

const explained = `# Chaos

Two services and a PostgreSQL that writes to the disk what it says it has (\`fsync\`, \`synchronous_commit\` and \`full_page_writes\` on),
clients at full speed, and faults. The clients are a process of their own. Each writes into its ledger what it is about to ask for, and only
when that is on the disk (\`fdatasync\`) does the request go out; then it writes down what was answered, each time it asks. After every fault all that was begun
is brought to its end, and a checker compares ledgers and database: it shares no code with the service, and reads as the owner with SQL of its own.

\`\`\`sh
npm run test:chaos                 # 100 SIGKILLs, 50 immediate stops, everything else three times, a rolling restart; about an hour
npm run test:chaos -- 10 5 1 20    # fewer of each, for 20 minutes at most
npm run test:chaos:short           # what the build runs: about two minutes
CHAOS_SEED=7 npm run test:chaos:short
\`\`\`

Linux; the disk that fills is a small file system, which takes root to mount. Where that is not possible the run says so in a line \`NOT RUN\`.

## What is promised of what

| an intention is | when | and then it is there |
| --- | --- | --- |
| acknowledged | an answer said so: 202 for a submission, 201 for a decision, 200 for a new text, 204 for a withdrawal | exactly once, as it was asked, however often it was asked again |
| proven | a try got no answer, and the next one learned that the comment is past it (412, or 409 \`not_returned\`), which nobody else touches | exactly once |
| indeterminate | no answer came, or 503, and whoever asked gave up | once, or not at all |
| refused | the first answer was another 4xx | not at all |

A submission carries an \`Idempotency-Key\`, so that asking again ends with an acknowledgement; decisions carry \`If-Match\`, so that they are made once. One in twenty
clients gives up at the first uncertain answer; one in fifty comments is decided by two at once, of whom one may win. Beyond that the checker
demands: nothing that nobody asked for; the same id and receipt with every answer to one key; no half (a comment without its place in the
queue, its event, its revision; a move outside of the log; a decision without its statement of reasons; a count that is not what a recount
says; …: \`test/chaos/half-states.ts\`); no 500, no 503 without \`Retry-After\`; every service acknowledging again within five seconds of the fault's end; readers being sent
what was last known where the services live on; and the log whole to its end (\`log/verification\`).

The faults: a service is killed, both are, PostgreSQL is stopped at once (SIGQUIT, which leaves its recovery to the next start), all of it together; connections are cut, or
swallow everything; the disk of the tables fills; the database turns read-only; all of its connections are taken; latency jumps to several times 100 ms; the clock
jumps forward by up to an hour and half of it back. A full disk under the write-ahead log ends PostgreSQL by itself, which is an immediate stop.

Besides, \`test/http/every-call.*.test.ts\` makes every call of the database fail once, in turn, that a request of each operation of the API makes: the connection
ends before it, or after it was carried out and before anybody heard so; the transaction could not be serialized; the statement took too long. An
operation that has no story in \`test/support/use-cases.ts\` fails.
`

function rollingLines({ requests, failures, migrations }: RollingOutcome & { migrations: number }): string[] {
  return [
    `- Rolling restart of both, with ${migrations} migrations (a column on each of nine busy tables, an index built concurrently): ${figure(failures.length)} of ${figure(requests)} requests failed, each made once`,
  ]
}

function answersTable({ answers }: RollingOutcome, about: string): string[] {
  return [
    `During the rolling restart (${about}) was answered:`,
    '',
    '| request and answer | times |',
    '| --- | ---: |',
    ...Object.entries(answers).map(([told, times]) => `| ${told} | ${figure(times)} |`),
    '',
  ]
}

const kindsOfFault = ['lost', 'doubled', 'unasked', 'half'] as const

function count(faults: readonly string[], kind: (typeof kindsOfFault)[number]): number {
  return faults.filter((fault) => fault.includes(`: ${kind}: `)).length
}

function others(faults: readonly string[]): number {
  return faults.length - kindsOfFault.reduce((sum, kind) => sum + count(faults, kind), 0)
}

function total(
  outcomes: readonly CycleOutcome[],
  what: 'asked' | 'acknowledged' | 'indeterminate' | 'reads',
): number {
  return outcomes.reduce((sum, one) => sum + one[what], 0)
}

function middle(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`
}

function figure(number: number): string {
  return number.toLocaleString('en')
}
