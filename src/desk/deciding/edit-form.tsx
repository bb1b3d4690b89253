import type { VNode } from 'preact'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { difference } from '../../comments/comparing.ts'
import { Changed } from '../seeing/words.tsx'
import { texts } from '../texts.ts'
import { changesIn } from './changes.ts'
import { proposalOf } from './decide.ts'
import type { FormProps } from './form.tsx'
import { FormFrame } from './form-frame.tsx'
import { Remarks } from './remarks.tsx'
import { permitting } from './rule-letters.ts'

/** Changing text or name in place: the difference is shown while it is typed, and each change names its rule. */
export function EditForm({
  comment,
  rules,
  draft,
  problem,
  onDraft,
  onSend,
  onDecide,
  onClose,
}: FormProps): VNode {
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => field.current?.focus(), [])
  const before = comment.text ?? ''
  const change = useMemo(() => difference(before, draft.text), [before, draft.text])
  const changes = changesIn(change)
  const hasName = draft.name !== comment.name
  const possible = permitting(rules, 'edit')
  const places = [...changes.map(({ said }) => said), ...(hasName ? [texts.deciding.name] : [])]
  const proposal = comment.status === 'pending' ? proposalOf(draft, comment, rules) : undefined

  function ruleFor(at: number): string {
    return draft.rules[at] ?? draft.rules.findLast((one) => one !== '') ?? ''
  }

  function withRule(at: number, code: string): void {
    const codes = places.map((_place, place) => (place === at ? code : ruleFor(place)))
    onDraft({ ...draft, rules: codes })
  }

  return (
    <FormFrame
      heading={texts.commands.edit}
      problem={problem}
      onSend={() => onSend({ ...draft, rules: places.map((_place, at) => ruleFor(at)) })}
      onClose={onClose}
      send={texts.deciding.publish}
      focusesItself
    >
      <label>
        {texts.deciding.text}
        <textarea
          ref={field}
          rows={6}
          class="words"
          dir="auto"
          lang={comment.language}
          value={draft.text}
          onInput={({ currentTarget }) => onDraft({ ...draft, text: currentTarget.value })}
        />
      </label>
      {comment.name !== null && (
        <label>
          {texts.deciding.name}
          <input
            dir="auto"
            value={draft.name ?? ''}
            onInput={({ currentTarget }) => onDraft({ ...draft, name: currentTarget.value || null })}
          />
        </label>
      )}
      <h4>{texts.deciding.difference}</h4>
      {changes.length > 0 ? (
        <Changed difference={change} language={comment.language} />
      ) : (
        !hasName && <p class="quiet">{texts.deciding.unchanged}</p>
      )}
      {places.map((said, at) => (
        <label class="change">
          {texts.deciding.ruleOf(at + 1)} <bdi>{said}</bdi>
          <select value={ruleFor(at)} onChange={({ currentTarget }) => withRule(at, currentTarget.value)}>
            <option value="">{texts.deciding.chooseRule}</option>
            {possible.map(({ code, title }) => (
              <option value={code}>{title}</option>
            ))}
          </select>
        </label>
      ))}
      <Remarks comment={comment} draft={draft} onDraft={onDraft} />
      {proposal && (
        <button type="button" class="quiet" onClick={() => onDecide(proposal)}>
          {texts.deciding.propose}
        </button>
      )}
    </FormFrame>
  )
}
