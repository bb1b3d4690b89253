/** What is to happen, in the order of its time. */
export interface Timeline {
  /** in seconds; never earlier than what happens at the moment */
  at(time: number, happen: (now: number) => void): void
  /** lets everything happen that is before this time */
  runUntil(end: number): void
}

interface Happening {
  time: number
  happen: (now: number) => void
}

export function timeline(): Timeline {
  /** the soonest last; there are as many as caches and what they ask, some hundreds at most */
  const coming: Happening[] = []
  return {
    at(time, happen) {
      let [from, to] = [0, coming.length]
      while (from < to) {
        const middle = (from + to) >> 1
        if ((coming[middle]?.time ?? 0) > time) from = middle + 1
        else to = middle
      }
      coming.splice(from, 0, { time, happen })
    },
    runUntil(end) {
      for (let next = coming.at(-1); next && next.time < end; next = coming.at(-1)) {
        coming.pop()
        next.happen(next.time)
      }
    },
  }
}
