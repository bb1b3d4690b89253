/** What one key does. Each is a button as well; what it is called stands in `texts.ts`. */
export const commands = [
  { name: 'approve', key: 'a' },
  { name: 'reject', key: 'r' },
  { name: 'edit', key: 'e' },
  { name: 'cut', key: 'c' },
  { name: 'return', key: 'b' },
  { name: 'escalate', key: 'p' },
  { name: 'note', key: 'n' },
  { name: 'skip', key: 's' },
  { name: 'undo', key: 'u' },
  { name: 'next', key: 'j' },
  { name: 'previous', key: 'k' },
  { name: 'history', key: 'h' },
  { name: 'reveal', key: 'v' },
  { name: 'alike', key: 'f' },
  { name: 'select', key: 'x' },
  { name: 'search', key: '/' },
  { name: 'places', key: 'g' },
  { name: 'keys', key: '?' },
] as const

export type Command = (typeof commands)[number]['name']

/** Which key does what; a command without an entry has only its button. */
export type KeyMap = ReadonlyMap<Command, string>

export const usualKeys: KeyMap = new Map(commands.map(({ name, key }) => [name, key]))

/** The usual keys, with what somebody chose otherwise; null is none. Of two that were given one key, the first has it. */
export function chosenKeys(chosen: Readonly<Record<string, unknown>>): KeyMap {
  const keys = new Map<Command, string>()
  for (const { name, key } of commands) {
    const wanted = name in chosen ? chosen[name] : key
    const isFree = ![...keys.values()].some((taken) => taken === wanted)
    if (typeof wanted === 'string' && isKey(wanted) && isFree) keys.set(name, wanted)
  }
  return keys
}

/** The same with another key for a command (null for none); whoever had that key has none. */
export function withKey(keys: KeyMap, command: Command, key: string | null): KeyMap {
  const others = [...keys].filter(([name, taken]) => name !== command && taken !== key)
  return new Map(key === null ? others : [...others, [command, key]])
}

/** As `chosenKeys` reads it again. */
export function choiceOf(keys: KeyMap): Record<string, string | null> {
  return Object.fromEntries(commands.map(({ name }) => [name, keys.get(name) ?? null]))
}

/** Whether a command can have this key: one character, for nothing longer is pressed without looking. */
export function isKey(key: string): boolean {
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(key)
}

export interface Press {
  key: string
  isComposing: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/** The key of a press that can mean a command or a rule; undefined while a text is composed, and with a modifier. */
export function plainKey({ key, isComposing, ctrlKey, metaKey, altKey }: Press): string | undefined {
  if (isComposing || ctrlKey || metaKey || altKey || !isKey(key)) return undefined
  return key
}

/** Capital letters count as small ones, for a Caps Lock that is on. */
export function commandOf(keys: KeyMap, key: string): Command | undefined {
  const named = (one: string) => commands.find(({ name }) => keys.get(name) === one)?.name
  return named(key) ?? named(key.toLowerCase())
}
