import type { VNode } from 'preact'
import type { Rule } from '../api/shapes.ts'
import { toggled } from '../deciding/rule-buttons.tsx'
import { texts } from '../texts.ts'

const permissions = ['edit', 'reject', 'return', 'unpublish'] as const

/** One rule while it is written. */
export function RuleFields({
  rule,
  language,
  onChange,
  onRemove,
}: {
  rule: Rule
  language: string
  onChange: (rule: Rule) => void
  onRemove: () => void
}): VNode {
  const { code, title, text, permits, needsSecond } = rule
  return (
    <fieldset>
      <legend>{title || texts.terms.newRule}</legend>
      <div class="columns">
        <label>
          {texts.terms.code}
          <input
            value={code}
            onInput={({ currentTarget }) => onChange({ ...rule, code: currentTarget.value })}
          />
        </label>
        <label>
          {texts.terms.title}
          <input
            dir="auto"
            lang={language}
            value={title}
            onInput={({ currentTarget }) => onChange({ ...rule, title: currentTarget.value })}
          />
        </label>
      </div>
      <label>
        {texts.terms.text}
        <textarea
          rows={2}
          dir="auto"
          lang={language}
          value={text}
          onInput={({ currentTarget }) => onChange({ ...rule, text: currentTarget.value })}
        />
      </label>
      <div class="checks">
        {permissions.map((one) => (
          <label class="check">
            <input
              type="checkbox"
              checked={permits.includes(one)}
              onChange={() =>
                onChange({
                  ...rule,
                  permits: permissions.filter((known) => toggled(permits, one).includes(known)),
                })
              }
            />
            {texts.terms.permits[one]}
          </label>
        ))}
        <label class="check">
          <input
            type="checkbox"
            checked={needsSecond}
            onChange={() => onChange({ ...rule, needsSecond: !needsSecond })}
          />
          {texts.terms.second}
        </label>
        <button type="button" class="quiet" onClick={onRemove}>
          {texts.terms.remove}
        </button>
      </div>
    </fieldset>
  )
}
