/** The milliseconds that the quickest of so many runs takes: what work needs when nothing else has the processor. */
export function quickest(runs: number, run: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now()
    run()
    return performance.now() - started
  })
  return Math.min(...times)
}

/**
 * What a test allows in milliseconds for work that takes at most 50 outside of it: jest's sandbox and the counting of
 * coverage make code many times slower. What is not linear takes more. test/screening/measure-speed.ts gives figures.
 */
export const allowance = 3000
