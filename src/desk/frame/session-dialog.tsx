import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { answerTo, api } from '../api/client.ts'
import { texts } from '../texts.ts'
import { useBench } from './bench.ts'

/** The session is over, the work is not: sign in elsewhere, and go on here. */
export function SessionDialog({ onOther }: { onOther: () => void }): VNode {
  const { work, me } = useBench()
  const dialog = useRef<HTMLDialogElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => dialog.current?.showModal(), [])
  useEffect(() => {
    const look = () => void goOn()
    window.addEventListener('focus', look)
    return () => window.removeEventListener('focus', look)
  }, [])

  async function goOn(): Promise<void> {
    const answer = await answerTo(api.GET('/v1/me'))
    if (answer.kind === 'signed_out') setProblem(texts.session.still)
    else if (answer.kind === 'lost') setProblem(texts.lost)
    else if (answer.kind === 'refused') setProblem(answer.problem.detail)
    else if (answer.data.person?.id === me.person?.id) work.resume()
    else onOther()
  }

  return (
    <dialog ref={dialog} onCancel={(event) => event.preventDefault()} aria-labelledby="session-heading">
      <h2 id="session-heading">{texts.session.heading}</h2>
      <p>{texts.session.told}</p>
      {problem !== null && (
        <p class="told warning" role="alert">
          {problem}
        </p>
      )}
      <p class="buttons">
        <a class="button main" href="/desk" target="_blank" rel="noopener">
          {texts.session.signIn}
        </a>
        <button type="button" onClick={() => void goOn()}>
          {texts.session.goOn}
        </button>
      </p>
    </dialog>
  )
}
