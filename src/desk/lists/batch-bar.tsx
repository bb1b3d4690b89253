import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Answer } from '../api/client.ts'
import type { Action, Comment } from '../api/shapes.ts'
import { RuleButtons } from '../deciding/rule-buttons.tsx'
import { permitting } from '../deciding/rule-letters.ts'
import { problemIn } from '../frame/asked.ts'
import { useBench } from '../frame/bench.ts'
import { CommandButton } from '../keys/command-button.tsx'
import { useKeys } from '../keys/listen.ts'
import { Beginning } from '../queue/recent.tsx'
import { texts } from '../texts.ts'
import { decideBatch, undoBatch } from './batch.ts'
import type { BatchOutcome } from './outcome.ts'
import { useRules } from './use-rules.ts'

/** What can be done about all that are selected; what became of each is told below, and all of it is undone together. */
export function BatchBar({
  selected,
  count,
  onAll,
  onDecided,
}: {
  selected: readonly Comment[]
  count: number
  onAll: () => void
  onDecided: () => void
}): VNode {
  const { me, say, work } = useBench()
  const [isRejecting, setRejecting] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [outcome, setOutcome] = useState<BatchOutcome>()
  const [first] = selected
  const isOneSite = selected.every(
    ({ site, termsVersion }) => site === first?.site && termsVersion === first?.termsVersion,
  )
  const rules = permitting(useRules(isOneSite ? first : undefined), 'reject')
  const pseudonym = me.person?.pseudonym ?? ''

  async function run(asked: () => Promise<Answer<BatchOutcome>>): Promise<void> {
    setBusy(true)
    const answer = await work.heard(asked())
    setBusy(false)
    setRejecting(false)
    if (answer.kind !== 'given') {
      setProblem(problemIn(answer))
      return
    }
    setProblem(undefined)
    setOutcome(answer.data)
    say(texts.lists.outcome(answer.data.made.length, answer.data.left.length))
    onDecided()
  }

  function decide(action: Action, codes: readonly string[]): void {
    if (selected.length > 0 && !isBusy) void run(() => decideBatch(selected, action, codes, pseudonym))
  }

  useKeys('form', ({ key, command, repeats }) => {
    if (repeats || selected.length === 0) return false
    const rule = isRejecting && rules.find(({ letter }) => letter === key.toLowerCase())
    if (rule) decide('reject', [rule.code])
    else if (key === 'Escape') setRejecting(false)
    else if (command === 'approve' && !isRejecting) decide('approve', [])
    else if (command === 'reject' && !isRejecting) setRejecting(true)
    else return isRejecting && key.length === 1
    return true
  })

  return (
    <section class="batch" aria-label={texts.lists.batch}>
      <p class="buttons">
        <button type="button" onClick={onAll}>
          {selected.length === count && count > 0 ? texts.lists.unselectAll : texts.lists.selectAll(count)}
        </button>
        <strong>{texts.lists.selected(selected.length)}</strong>
        {selected.length > 0 && (
          <>
            <CommandButton command="approve" onPress={() => decide('approve', [])} />
            <CommandButton command="reject" onPress={() => setRejecting(!isRejecting)} isOpen={isRejecting} />
          </>
        )}
        {outcome && outcome.action !== 'undo' && outcome.made.length > 0 && (
          <button type="button" onClick={() => void run(() => undoBatch(outcome, pseudonym))}>
            {texts.lists.undoAll(outcome.made.length)}
          </button>
        )}
      </p>
      {isRejecting && !isOneSite && <p class="told">{texts.lists.oneSite}</p>}
      {isRejecting && (
        <RuleButtons
          rules={rules}
          chosen={[]}
          onPick={(code) => decide('reject', [code])}
          isToggle={false}
          label={texts.deciding.rules}
        />
      )}
      {problem !== undefined && <p class="told warning">{problem}</p>}
      {outcome && (
        <>
          <p class="told">
            {texts.done[outcome.action]} {texts.lists.outcome(outcome.made.length, outcome.left.length)}
          </p>
          <ul>
            {outcome.left.map(({ comment, why }) => (
              <li>
                <Beginning comment={comment} />: {why}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
