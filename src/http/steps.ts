/** Does work that yields between its steps at once, and gives what it returns: for what is short, in browsers, and for tests. */
export function atOnce<Result>(work: Generator<undefined, Result>): Result {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}
