/** The milliseconds that the quickest of so many runs takes: what work needs when nothing else has the processor. */
export function quickest(runs: number, run: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now()
    run()
    return performance.now() - started
  })
  return Math.min(...times)
}
