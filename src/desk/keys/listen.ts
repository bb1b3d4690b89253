import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Preferences } from '../frame/preferences.ts'
import { type Command, commandOf, plainKey } from './commands.ts'

/** A key that was pressed, as the parts of the desk are asked about it. */
interface Pressed {
  /** one character, or `Enter`, `Escape` */
  key: string
  /** what it is the key of; undefined where single keys are off */
  command: Command | undefined
  /** whether it is held down */
  repeats: boolean
}

/** Says whether it took the key, so that nobody else is asked. */
type Taker = (pressed: Pressed) => boolean

/** Who is asked before whom: what is open within something comes before it. */
const levels = ['page', 'area', 'comment', 'form', 'rules'] as const
export type Level = (typeof levels)[number]

const takers: { level: Level; take: Taker }[] = []

/**
 * While a component is there, it is asked about each key, after those that lie deeper. It listens before the next key can
 * be pressed, which an effect after painting would not.
 */
export function useKeys(level: Level, take: Taker): void {
  const taker = useRef({ level, take })
  taker.current.take = take
  useLayoutEffect(() => {
    const mine = taker.current
    takers.push(mine)
    return () => void takers.splice(takers.indexOf(mine), 1)
  }, [])
}

/** Listens for the keys of the whole page; none counts while a text is typed or composed, or in a dialog. */
export function listenForKeys(preferences: () => Preferences): void {
  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') {
      if (ask({ key: 'Escape', command: undefined, repeats: event.repeat })) event.preventDefault()
      return
    }
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return
    const { keys, keysOn } = preferences()
    const key = event.key === 'Enter' ? 'Enter' : plainKey(event)
    if (key === undefined || (key === 'Enter' && isPressable(event.target)) || (!keysOn && key !== 'Enter'))
      return
    const command = key === 'Enter' ? undefined : commandOf(keys, key)
    if (ask({ key, command, repeats: event.repeat })) event.preventDefault()
  })
}

function ask(pressed: Pressed): boolean {
  return levels
    .toReversed()
    .some((asked) => takers.toReversed().some(({ level, take }) => level === asked && take(pressed)))
}

/** What letters belong to: fields, but not a text in which one only selects. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement)
    return !target.readOnly && target.dataset['onlySelects'] === undefined
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  return target instanceof HTMLSelectElement || (target instanceof HTMLElement && target.isContentEditable)
}

/** What Enter presses or follows by itself. */
function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('a, button, summary, input') !== null
}
