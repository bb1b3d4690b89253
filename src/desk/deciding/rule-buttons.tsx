import type { VNode } from 'preact'
import { texts } from '../texts.ts'
import type { Lettered } from './rule-letters.ts'

/** Rules to pick, each with its letter. */
export function RuleButtons({
  rules,
  chosen,
  onPick,
  isToggle,
  label,
}: {
  rules: readonly Lettered[]
  chosen: readonly string[]
  onPick: (code: string) => void
  /** whether picking one only chooses it */
  isToggle: boolean
  label: string
}): VNode {
  return (
    <div class="rules" role="group" aria-label={label}>
      {rules.map(({ code, title, letter, needsSecond, text }) => (
        <button
          type="button"
          onClick={() => onPick(code)}
          title={text}
          {...(isToggle && { 'aria-pressed': chosen.includes(code) })}
        >
          {letter !== '' && <kbd aria-hidden="true">{letter}</kbd>}
          <bdi>{title}</bdi>
          {needsSecond && <small>{texts.deciding.needsSecond}</small>}
        </button>
      ))}
    </div>
  )
}

/** With a rule more, or without it if it was there. */
export function toggled(codes: readonly string[], code: string): string[] {
  return codes.includes(code) ? codes.filter((one) => one !== code) : [...codes, code]
}
