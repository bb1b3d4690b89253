import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { texts } from '../texts.ts'
import type { FormProps } from './form.tsx'
import { FormFrame } from './form-frame.tsx'

/** A note for moderators, without a decision. */
export function NoteForm({ draft, problem, onDraft, onSend, onClose }: FormProps): VNode {
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => field.current?.focus(), [])
  return (
    <FormFrame
      heading={texts.commands.note}
      problem={problem}
      onSend={() => onSend(draft)}
      onClose={onClose}
      send={texts.deciding.writeNote}
      focusesItself
    >
      <label>
        {texts.deciding.note}
        <textarea
          ref={field}
          rows={3}
          dir="auto"
          value={draft.note}
          onInput={({ currentTarget }) => onDraft({ ...draft, note: currentTarget.value })}
        />
      </label>
    </FormFrame>
  )
}
