import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { type Preferences, sizes } from '../frame/preferences.ts'
import { texts } from '../texts.ts'
import { type Command, commands, isKey, usualKeys, withKey } from './commands.ts'

/** The map of the keys, where each can be changed, and how somebody wants their desk. */
export function KeysDialog({ onClose }: { onClose: () => void }): VNode {
  const { preferences } = useBench()
  const wanted = useHeld(preferences)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const choose = (change: Partial<Preferences>) => preferences.change((before) => ({ ...before, ...change }))

  function press(command: Command, event: KeyboardEvent): void {
    const isCleared = event.key === 'Backspace' || event.key === 'Delete'
    if (!isCleared && (!isKey(event.key) || event.ctrlKey || event.metaKey || event.altKey)) return
    event.preventDefault()
    choose({ keys: withKey(wanted.keys, command, isCleared ? null : event.key.toLowerCase()) })
  }

  return (
    <dialog ref={dialog} onClose={onClose} class="keys" aria-labelledby="keys-heading">
      <h2 id="keys-heading">{texts.keys.heading}</h2>
      <Check label={texts.keys.on} isOn={wanted.keysOn} onChange={(keysOn) => choose({ keysOn })} />
      <p class="hint">
        {texts.keys.told} {texts.keys.rules} {texts.keys.escape}
      </p>
      <table>
        <tbody>
          {commands.map(({ name }) => (
            <tr>
              <th scope="row">{texts.commands[name]}</th>
              <td>
                <input
                  class="key-field"
                  readOnly
                  aria-label={texts.keys.of(texts.commands[name])}
                  value={wanted.keys.get(name) ?? ''}
                  onKeyDown={(event) => press(name, event)}
                />
              </td>
              <td>{texts.commandsInFull[name]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" class="quiet" onClick={() => choose({ keys: usualKeys })}>
        {texts.keys.usual}
      </button>
      <Check
        label={texts.keys.collapse}
        isOn={wanted.collapse}
        onChange={(collapse) => choose({ collapse })}
      />
      <label>
        {texts.keys.limit}
        <input
          type="number"
          min={1}
          max={10_000}
          value={wanted.limit ?? ''}
          onChange={({ currentTarget }) => {
            const limit = Math.floor(currentTarget.valueAsNumber)
            choose({ limit: limit > 0 ? limit : null })
          }}
        />
      </label>
      <label>
        {texts.keys.size}
        <select
          value={wanted.size}
          onChange={({ currentTarget }) =>
            choose({ size: sizes.find((one) => one === currentTarget.value) ?? 'normal' })
          }
        >
          {sizes.map((size) => (
            <option value={size}>{texts.keys.sizes[size]}</option>
          ))}
        </select>
      </label>
      <label>
        {texts.keys.direction}
        <select
          value={wanted.direction}
          onChange={({ currentTarget }) =>
            choose({ direction: currentTarget.value === 'rtl' ? 'rtl' : 'ltr' })
          }
        >
          <option value="ltr">{texts.keys.ltr}</option>
          <option value="rtl">{texts.keys.rtl}</option>
        </select>
      </label>
      <p class="buttons">
        <button type="button" class="main" onClick={() => dialog.current?.close()}>
          {texts.close}
        </button>
      </p>
    </dialog>
  )
}

function Check({
  label,
  isOn,
  onChange,
}: {
  label: string
  isOn: boolean
  onChange: (isOn: boolean) => void
}): VNode {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {label}
    </label>
  )
}
