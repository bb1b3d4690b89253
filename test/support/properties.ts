import { appendFileSync } from 'node:fs'
import { type Arbitrary, assert, defaultReportMessage, property } from 'fast-check'

const ofLongRun = process.env['PROPERTY_TRIES']

/** How many values each property is tried with. A long run says so (test/support/long-run.ts). */
const tries = Number(ofLongRun ?? 2000)

/** The same for one language, where a property is tried in each of the ten: they share it, but in a long run. */
export const triesInOneLanguage = ofLongRun === undefined ? tries / 10 : tries

/** The file to which a long run wants its outcomes, one JSON object a line. */
const outcomesFile = process.env['PROPERTY_OUTCOMES']

export interface Outcome {
  property: string
  tried: number
  seconds: number
  /** What fast-check says of a value for which the claim does not hold; null if there was none. */
  failure: string | null
}

/** Tries a claim, which throws where it does not hold, with values from anywhere in `values`. */
export function holds<Value>(values: Arbitrary<Value>, claim: (value: Value) => void, numRuns = tries): void {
  const started = performance.now()
  assert(property(values, claim), {
    numRuns,
    reporter(details) {
      const failure = details.failed ? clipped(defaultReportMessage(details) ?? '') : null
      const seconds = (performance.now() - started) / 1000
      keep({ property: nameOfTest(), tried: details.numRuns, seconds, failure })
      if (failure !== null) throw new Error(failure, { cause: details.errorInstance })
    },
  })
}

/** A counterexample may be a very long string, and its seed stands before it. */
function clipped(message: string): string {
  return message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message
}
const longestMessage = 2000

function nameOfTest(): string {
  return expect.getState().currentTestName ?? ''
}

function keep(outcome: Outcome): void {
  if (outcomesFile !== undefined) appendFileSync(outcomesFile, `${JSON.stringify(outcome)}\n`)
}
