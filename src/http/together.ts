export interface TogetherLimits<Asked> {
  /** how often at the same time it is done at most; few, so that the rest gathers meanwhile */
  lanes: number
  /** milliseconds after which one that is being done holds up nobody, and how many there may be then, these counted in */
  slow?: { after: number; lanes: number }
  /** how many are done together at most */
  most: number
  /** how heavy one is, and how heavy those may be that are done together; a heavier one is done alone */
  weight?: { of: (asked: Asked) => number; most: number }
  /** those of one key are done one after the other, never together */
  keyOf?: (asked: Asked) => string | undefined
  /** whether a fault may be that of one among them, so that the others are tried without it */
  isOfOne?: (fault: unknown) => boolean
}

/**
 * Does together what arrives while the same is being done. Who comes when nothing is under way waits for nobody; all
 * others are taken in the order in which they came. `work` gives an answer to each in that order, or fails as a whole:
 * where that may be the fault of one, both halves are tried, until it fails alone. What comes back gives the answer to
 * one, or rejects with its fault. There is no timer for which anybody waits, but one by which they stop waiting.
 */
export function together<Asked, Answer>(
  work: (all: readonly Asked[]) => Promise<Answer[]>,
  limits: TogetherLimits<Asked>,
): (asked: Asked) => Promise<Answer> {
  const waiting: Waiting<Asked, Answer>[] = []
  const busyKeys = new Set<string>()
  let underWay = 0
  let slow = 0
  let isAboutToBegin = false

  return (asked) =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, key: limits.keyOf?.(asked), resolve, reject })
      beginSoon()
    })

  /** Not before the rest of what this turn of the loop brought has come as well. */
  function beginSoon(): void {
    if (isAboutToBegin || !hasLane()) return
    isAboutToBegin = true
    setImmediate(() => {
      isAboutToBegin = false
      begin()
    })
  }

  function hasLane(): boolean {
    return underWay - slow < limits.lanes && underWay < (limits.slow?.lanes ?? limits.lanes)
  }

  function begin(): void {
    while (hasLane()) {
      const all = takeNext()
      if (all.length === 0) break
      void goThrough(all)
    }
  }

  async function goThrough(all: Waiting<Asked, Answer>[]): Promise<void> {
    underWay += 1
    let isSlow = false
    const timer =
      limits.slow &&
      setTimeout(() => {
        isSlow = true
        slow += 1
        begin()
      }, limits.slow.after)
    await carryOut(all)
    clearTimeout(timer)
    underWay -= 1
    if (isSlow) slow -= 1
    for (const { key } of all) if (key !== undefined) busyKeys.delete(key)
    begin()
  }

  /** The first ones of the queue, as many as fit. Who has to wait for another of their key keeps their place. */
  function takeNext(): Waiting<Asked, Answer>[] {
    const all: Waiting<Asked, Answer>[] = []
    let weight = 0
    for (let at = 0; at < waiting.length && all.length < limits.most; ) {
      const next = waiting[at]
      if (!next) break
      if (next.key !== undefined && busyKeys.has(next.key)) {
        at += 1
        continue
      }
      weight += limits.weight?.of(next.asked) ?? 0
      if (limits.weight && weight > limits.weight.most && all.length > 0) break
      waiting.splice(at, 1)
      if (next.key !== undefined) busyKeys.add(next.key)
      all.push(next)
    }
    return all
  }

  async function carryOut(all: Waiting<Asked, Answer>[]): Promise<void> {
    try {
      const answers = await work(all.map(({ asked }) => asked))
      for (const [at, answer] of answers.entries()) all[at]?.resolve(answer)
      // Only where answers are missing is anybody left.
      for (const { reject } of all.slice(answers.length)) reject(new Error('nothing became of it'))
    } catch (fault) {
      if (all.length > 1 && limits.isOfOne?.(fault)) {
        const half = Math.ceil(all.length / 2)
        await carryOut(all.slice(0, half))
        await carryOut(all.slice(half))
      } else {
        for (const { reject } of all) reject(fault)
      }
    }
  }
}

interface Waiting<Asked, Answer> {
  asked: Asked
  key: string | undefined
  resolve: (answer: Answer) => void
  reject: (fault: unknown) => void
}
