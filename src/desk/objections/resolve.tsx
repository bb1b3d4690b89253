import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Answer } from '../api/client.ts'
import type { Comment, Rule } from '../api/shapes.ts'
import { RuleButtons, toggled } from '../deciding/rule-buttons.tsx'
import { permitting } from '../deciding/rule-letters.ts'
import { useRules } from '../lists/use-rules.ts'
import { SendForm, useSending } from '../parts/sending.tsx'
import { texts } from '../texts.ts'

interface Outcome {
  name: string
  label: string
  /** what a rule has to permit that it cites, where it cites any */
  permits?: Rule['permits'][number]
  /** whether it comes with another text */
  writes?: boolean
}

interface Resolved {
  outcome: string
  explanation: string
  rules?: string[]
  text?: string
}

/** How a report or an appeal ends: one outcome, in words for whoever sent it, under rules where it takes something away. */
export function Resolve<Data>({
  comment,
  outcomes,
  onSend,
  onDone,
  onRefused,
}: {
  comment: Comment
  outcomes: readonly Outcome[]
  onSend: (resolved: Resolved) => Promise<Answer<Data>>
  onDone: () => void
  onRefused: () => void
}): VNode {
  const { send, isBusy, problem } = useSending()
  const rules = useRules(comment)
  const [name, setName] = useState(outcomes[0]?.name ?? '')
  const [codes, setCodes] = useState<string[]>([])
  const [text, setText] = useState(comment.text ?? '')
  const [explanation, setExplanation] = useState('')
  const chosen = outcomes.find((one) => one.name === name)

  function resolve(): void {
    const resolved: Resolved = {
      outcome: name,
      explanation,
      ...(chosen?.permits && { rules: codes }),
      ...(chosen?.writes && { text }),
    }
    const ask = async () => {
      const answer = await onSend(resolved)
      if (answer.kind === 'refused') onRefused()
      return answer
    }
    void send(ask, onDone, texts.objections.done)
  }

  return (
    <SendForm label={texts.objections.resolve} isBusy={isBusy} problem={problem} onSend={resolve}>
      <fieldset>
        <legend>{texts.objections.outcome}</legend>
        {outcomes.map((one) => (
          <label class="check">
            <input
              type="radio"
              name="outcome"
              checked={one.name === name}
              onChange={() => setName(one.name)}
            />
            {one.label}
          </label>
        ))}
      </fieldset>
      {chosen?.permits && (
        <RuleButtons
          rules={permitting(rules, chosen.permits)}
          chosen={codes}
          onPick={(code) => setCodes(toggled(codes, code))}
          isToggle
          label={texts.deciding.rules}
        />
      )}
      {chosen?.writes && (
        <label>
          {texts.deciding.text}
          <textarea
            rows={5}
            dir="auto"
            lang={comment.language}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
      )}
      <label>
        {texts.objections.explanation}
        <textarea
          rows={3}
          dir="auto"
          value={explanation}
          onInput={({ currentTarget }) => setExplanation(currentTarget.value)}
        />
      </label>
    </SendForm>
  )
}
