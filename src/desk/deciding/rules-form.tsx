import type { VNode } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { Rule } from '../api/shapes.ts'
import { useKeys } from '../keys/listen.ts'
import type { Draft, Form } from '../queue/drafts.ts'
import { texts } from '../texts.ts'
import type { FormProps } from './form.tsx'
import { FormFrame } from './form-frame.tsx'
import { Remarks } from './remarks.tsx'
import { RuleButtons, toggled } from './rule-buttons.tsx'
import { permitting } from './rule-letters.ts'

/** Rejecting, returning, passing on: rules by their letters, and what is said with them. */
export function RulesForm({ comment, rules, draft, problem, onDraft, onSend, onClose }: FormProps): VNode {
  const form = draft.form
  const [isLong, setLong] = useState(form !== 'reject' || draft.reason !== '' || draft.note !== '')
  const remarks = useRef<HTMLDivElement>(null)
  const possible = permitting(
    rules,
    form === 'reject' && comment.status === 'published' ? 'unpublish' : permits(form),
  )
  const isToggle = form !== 'reject' || isLong

  function pick(code: string): void {
    const next: Draft = { ...draft, rules: isToggle ? toggled(draft.rules, code) : [code] }
    onDraft(next)
    if (!isToggle) onSend(next)
    else if (form === 'return') remarks.current?.querySelector('textarea')?.focus()
  }

  useKeys('rules', ({ key, repeats }) => {
    if (key === 'Enter') {
      onSend(draft)
      return true
    }
    const rule = possible.find(({ letter }) => letter === key.toLowerCase())
    if (!rule || repeats) return key.length === 1
    pick(rule.code)
    return true
  })

  return (
    <FormFrame
      heading={headings[form] ?? ''}
      problem={problem}
      onSend={() => onSend(draft)}
      onClose={onClose}
      {...(isToggle || draft.rules.length > 0 ? { send: sends[form] ?? '' } : {})}
    >
      {form === 'escalate' && <p class="hint">{texts.deciding.escalateHow}</p>}
      <RuleButtons
        rules={possible}
        chosen={draft.rules}
        onPick={pick}
        isToggle={isToggle}
        label={texts.deciding.rules}
      />
      {isLong ? (
        <div ref={remarks}>
          <Remarks comment={comment} draft={draft} onDraft={onDraft} />
        </div>
      ) : (
        <button type="button" class="quiet" onClick={() => setLong(true)}>
          {texts.deciding.withReason}
        </button>
      )}
    </FormFrame>
  )
}

function permits(form: Form): Rule['permits'][number] {
  return form === 'return' ? 'return' : 'reject'
}

const headings: Partial<Record<Form, string>> = {
  reject: texts.deciding.rejectUnder,
  return: texts.deciding.return,
  escalate: texts.deciding.escalate,
}
const sends: Partial<Record<Form, string>> = {
  reject: texts.deciding.reject,
  return: texts.deciding.return,
  escalate: texts.deciding.wouldAsk,
}
