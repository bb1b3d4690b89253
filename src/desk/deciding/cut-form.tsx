import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Difference } from '../api/shapes.ts'
import { useBench } from '../frame/bench.ts'
import { useKeys } from '../keys/listen.ts'
import { Changed } from '../seeing/words.tsx'
import { texts } from '../texts.ts'
import { type Cut, passage, withCut } from './cuts.ts'
import type { FormProps } from './form.tsx'
import { FormFrame } from './form-frame.tsx'
import { RuleButtons } from './rule-buttons.tsx'
import { permitting } from './rule-letters.ts'

/**
 * Removing passages: one is selected, by mouse or with Shift and the arrows, and the letter of a rule cuts it. The text
 * stands in a field that takes nothing, so that letters are free; one that is `readonly` would have no caret in Chromium.
 */
export function CutForm({
  comment,
  rules,
  draft,
  selected,
  problem,
  onDraft,
  onSend,
  onClose,
}: FormProps): VNode {
  const { say } = useBench()
  const field = useRef<HTMLTextAreaElement>(null)
  const text = comment.text ?? ''
  const possible = permitting(rules, 'edit')
  useLayoutEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(selected?.start ?? 0, selected?.end ?? 0)
  }, [selected])

  function cut(rule: string): void {
    const { selectionStart = 0, selectionEnd = 0 } = field.current ?? {}
    const place = passage(text, selectionStart, selectionEnd)
    if (!place) {
      say(texts.deciding.nothingSelected)
      return
    }
    onDraft({ ...draft, cuts: withCut(draft.cuts, { ...place, rule }) })
    field.current?.setSelectionRange(place.end, place.end)
    field.current?.focus()
    say(texts.deciding.cutMade)
  }

  useKeys('rules', ({ key, repeats }) => {
    if (key === 'Enter') {
      onSend(draft)
      return true
    }
    const rule = possible.find(({ letter }) => letter === key.toLowerCase())
    if (rule && !repeats) cut(rule.code)
    return key.length === 1
  })

  return (
    <FormFrame
      heading={texts.commands.cut}
      problem={problem}
      onSend={() => onSend(draft)}
      onClose={onClose}
      send={texts.deciding.publish}
      focusesItself
    >
      <p class="hint">{texts.deciding.cutHow}</p>
      <textarea
        ref={field}
        aria-readonly="true"
        data-only-selects
        onBeforeInput={(event) => event.preventDefault()}
        onInput={({ currentTarget }) => {
          currentTarget.value = text
        }}
        rows={Math.min(12, 3 + Math.floor(text.length / 60))}
        class="words"
        dir="auto"
        lang={comment.language}
        aria-label={texts.deciding.cutText}
        value={text}
      />
      <RuleButtons rules={possible} chosen={[]} onPick={cut} isToggle={false} label={texts.deciding.rules} />
      {draft.cuts.length > 0 && (
        <>
          <h4>{texts.deciding.difference}</h4>
          <Changed difference={differenceBy(text, draft.cuts)} language={comment.language} />
          <button
            type="button"
            class="quiet"
            onClick={() => onDraft({ ...draft, cuts: draft.cuts.slice(0, -1) })}
          >
            {texts.deciding.uncut}
          </button>
        </>
      )}
      {comment.name !== null && (
        <label class="check">
          <input
            type="checkbox"
            checked={draft.name === null}
            onChange={({ currentTarget }) =>
              onDraft({ ...draft, name: currentTarget.checked ? null : comment.name })
            }
          />
          {texts.deciding.removeName}
        </label>
      )}
    </FormFrame>
  )
}

function differenceBy(text: string, cuts: readonly Cut[]): Difference {
  let from = 0
  const pieces: Difference = []
  for (const { start, end } of cuts) {
    pieces.push({ kind: 'kept', text: text.slice(from, start) })
    pieces.push({ kind: 'removed', text: text.slice(start, end) }, { kind: 'added', text: '[…]' })
    from = end
  }
  return [...pieces, { kind: 'kept' as const, text: text.slice(from) }].filter((piece) => piece.text !== '')
}
