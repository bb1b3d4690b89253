import { useEffect, useState } from 'preact/hooks'
import type { Answer } from '../api/client.ts'
import { texts } from '../texts.ts'
import { useBench } from './bench.ts'

/** What was asked for: what came, or why nothing did. */
interface Asked<Data> {
  data: Data | undefined
  problem: string | undefined
  /** asks once more */
  again: () => void
}

/** Asks the service for what a part shows, once, and again whenever `key` is another one; nothing where there is nothing to ask. */
export function useAnswer<Data>(ask: () => Promise<Answer<Data>> | undefined, key: string): Asked<Data> {
  const { work } = useBench()
  const [answer, setAnswer] = useState<{ key: string; answer: Answer<Data> }>()
  const [turn, setTurn] = useState(0)

  useEffect(() => {
    let isWanted = true
    async function fetchIt(): Promise<void> {
      const asked = ask()
      if (!asked) return
      const given = await work.heard(asked)
      if (isWanted) setAnswer({ key, answer: given })
    }
    void fetchIt()
    return () => {
      isWanted = false
    }
  }, [key, turn, work])

  // What came before stays until something else comes, so that nothing jumps.
  const current = answer?.key === key || answer?.answer.kind === 'given' ? answer.answer : undefined
  return {
    data: current?.kind === 'given' ? current.data : undefined,
    problem: current && current.kind !== 'given' ? problemIn(current) : undefined,
    again: () => setTurn((count) => count + 1),
  }
}

/** In words, why something was not given. */
export function problemIn<Data>(answer: Answer<Data>): string {
  return answer.kind === 'refused' ? answer.problem.detail : texts.lost
}
