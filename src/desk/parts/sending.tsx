import type { ComponentChildren, VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Answer } from '../api/client.ts'
import { problemIn } from '../frame/asked.ts'
import { useBench } from '../frame/bench.ts'
import { texts } from '../texts.ts'

/** Sends something, once at a time, and knows why it did not work. */
export function useSending() {
  const { work, say } = useBench()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  async function send<Data>(
    asked: () => Promise<Answer<Data>>,
    onDone: (data: Data) => void,
    said: string = texts.saved,
  ): Promise<void> {
    if (isBusy) return
    setBusy(true)
    const answer = await work.heard(asked())
    setBusy(false)
    if (answer.kind === 'given') {
      setProblem(undefined)
      say(said)
      onDone(answer.data)
    } else {
      setProblem(problemIn(answer))
    }
  }

  return { send, isBusy, problem }
}

/** A form with one button, and what went wrong above it. */
export function SendForm({
  label,
  problem,
  isBusy,
  onSend,
  children,
}: {
  label: string
  problem: string | undefined
  isBusy: boolean
  onSend: (fields: FormData, form: HTMLFormElement) => void
  children: ComponentChildren
}): VNode {
  return (
    <form
      class="wide"
      onSubmit={(event) => {
        event.preventDefault()
        onSend(new FormData(event.currentTarget), event.currentTarget)
      }}
    >
      {children}
      {problem !== undefined && (
        <p class="told warning" role="alert">
          {texts.failed} {problem}
        </p>
      )}
      <p class="buttons">
        <button type="submit" class="main" aria-disabled={isBusy}>
          {label}
        </button>
      </p>
    </form>
  )
}

/** What a field holds, without the spaces around it; '' for none. */
export function fieldOf(fields: FormData, name: string): string {
  const value = fields.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
