/** How often each race is run. A long run says so (test/support/newsroom/long-run.ts). */
export const rounds = Number(process.env['RACE_ROUNDS'] ?? 100)

/** Sends both at once, in each order in turn; answers in the order given. */
export async function atOnce<A, B>(
  round: number,
  one: () => Promise<A>,
  other: () => Promise<B>,
): Promise<[A, B]> {
  if (round % 2 === 0) return Promise.all([one(), other()])
  const [second, first] = await Promise.all([other(), one()])
  return [first, second]
}

/** Four rounds at a time: more than the machine has cores, fewer than the database has connections. */
export async function inParallel<T>(
  all: readonly T[],
  play: (one: T, round: number) => Promise<void>,
): Promise<void> {
  const waiting = [...all.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await play(next[1], next[0])
  }
  await Promise.all([work(), work(), work(), work()])
}

/** The numbers of all rounds. */
export const everyRound = Array.from({ length: rounds }, (_, round) => round)
