import type { VNode } from 'preact'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { CommandButton } from '../keys/command-button.tsx'
import type { Command } from '../keys/commands.ts'
import { texts } from '../texts.ts'
import type { Form } from './drafts.ts'

const first = ['approve', 'reject', 'edit', 'cut', 'return', 'escalate'] as const
const then = ['note', 'skip', 'history', 'alike'] as const
const opens = new Set<Command>(['reject', 'edit', 'cut', 'return', 'escalate', 'note'])

/** Every key of a comment as a button. */
export function Actions({
  possible,
  deeds,
  open,
}: {
  possible: ReadonlySet<Command>
  deeds: Partial<Record<Command, () => void>>
  open: Form | null
}): VNode {
  const { work } = useBench()
  const { held, at } = useHeld(work.held)
  const button = (command: Command) =>
    possible.has(command) && (
      <CommandButton
        command={command}
        onPress={() => (command === 'skip' ? work.skip() : deeds[command]?.())}
        {...(opens.has(command) && { isOpen: open === command })}
        {...(command === 'approve' && { kind: 'main' })}
      />
    )
  return (
    <div class="actions">
      <div class="buttons">{first.map(button)}</div>
      <div class="buttons lesser">
        {then.map(button)}
        {held.length > 1 && (
          <>
            <CommandButton command="previous" onPress={() => work.turn(-1)} />
            <CommandButton command="next" onPress={() => work.turn(1)} />
          </>
        )}
        <span class="quiet">{texts.queue.place(at + 1, held.length)}</span>
      </div>
    </div>
  )
}
