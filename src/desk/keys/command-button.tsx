import type { VNode } from 'preact'
import { useBench } from '../frame/bench.ts'
import { texts } from '../texts.ts'
import type { Command } from './commands.ts'

/** A command as a button that tells its key; whatever it stands in watches whether keys change, for all of its buttons. */
export function CommandButton({
  command,
  onPress,
  isOpen,
  kind,
}: {
  command: Command
  onPress: () => void
  /** of one that opens something: whether it is open */
  isOpen?: boolean
  kind?: string
}): VNode {
  const { preferences } = useBench()
  const { keys, keysOn } = preferences.get()
  const key = keysOn ? keys.get(command) : undefined
  return (
    <button
      type="button"
      class={kind}
      onClick={onPress}
      data-command={command}
      {...(isOpen !== undefined && { 'aria-expanded': isOpen })}
      {...(key !== undefined && { 'aria-keyshortcuts': key })}
    >
      {texts.commands[command]}
      {key !== undefined && <kbd aria-hidden="true">{key}</kbd>}
    </button>
  )
}
