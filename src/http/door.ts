export interface Door {
  /** Lets somebody in and gives what they did there; while as many as fit are inside, throws what `refuse` makes. */
  enter: <Result>(story: () => Promise<Result>) => Promise<Result>
  /** how many are inside */
  count: () => number
  /** Waits until nobody is inside. */
  empty: () => Promise<void>
}

/** Lets at most so many in at a time, and nobody wait in front of it. */
export function door(most: number, refuse: () => Error): Door {
  const watchers: (() => void)[] = []
  let inside = 0
  return {
    async enter(story) {
      if (inside >= most) throw refuse()
      inside += 1
      try {
        return await story()
      } finally {
        inside -= 1
        if (inside === 0) for (const tell of watchers.splice(0)) tell()
      }
    },
    count: () => inside,
    async empty() {
      if (inside > 0) await new Promise<void>((tell) => watchers.push(tell))
    },
  }
}
