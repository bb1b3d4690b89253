import { useLayoutEffect, useState } from 'preact/hooks'

/** A value that changes, and whoever is to be told. */
export interface HeldState<State> {
  get: () => State
  change: (by: (before: State) => State) => State
  watch: (told: () => void) => () => void
}

export function heldState<State>(first: State): HeldState<State> {
  const watchers = new Set<() => void>()
  let state = first
  return {
    get: () => state,
    change(by) {
      const next = by(state)
      if (next === state) return state
      state = next
      for (const tell of watchers) tell()
      return state
    },
    watch(told) {
      watchers.add(told)
      return () => void watchers.delete(told)
    },
  }
}

/** What is held now; the component is drawn again when it changes. */
export function useHeld<State>(held: HeldState<State>): State {
  const [state, setState] = useState(held.get)
  useLayoutEffect(() => {
    const take = () => setState(() => held.get())
    take()
    return held.watch(take)
  }, [held])
  return state
}
