/**
 * Keeps the event loop turning under work that takes long: whoever reads a large text asks for a `turn` before each
 * step. Steps are done one at a time; as long as those of this turn of the loop took less than five milliseconds
 * together, nothing else is waited for, and then the rest waits for the next turns, in the order in which it asked.
 */
export function turn(): Promise<void> {
  return new Promise((goOn) => {
    waiting.push(goOn)
    if (isGoing) return
    isGoing = true
    process.nextTick(letNextGo)
  })
}

/** Does work that yields between its steps, each a few milliseconds long, and gives what it returns. */
export async function inTurns<Result>(work: Generator<undefined, Result>): Promise<Result> {
  for (;;) {
    await turn()
    const { done, value } = work.next()
    if (done) return value
  }
}

const waiting: (() => void)[] = []
let isGoing = false

/** Milliseconds. */
const longestTurn = 5

/** When the first step of this turn of the loop began; undefined before. */
let began: number | undefined

function letNextGo(): void {
  if (waiting.length === 0) {
    isGoing = false
    return
  }
  if (began === undefined) {
    began = performance.now()
    setImmediate(() => (began = undefined))
  } else if (performance.now() - began >= longestTurn) {
    setImmediate(letNextGo)
    return
  }
  waiting.shift()?.()
  // A step that was let go runs in microtasks; a tick comes when all of them are done.
  queueMicrotask(() => process.nextTick(letNextGo))
}
