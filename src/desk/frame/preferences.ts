import { isRecord } from '../api/problem.ts'
import { choiceOf, chosenKeys, type KeyMap, usualKeys } from '../keys/commands.ts'
import { parsed } from '../queue/drafts.ts'

/** How somebody wants their desk, on this machine. Nothing of readers is in it. */
export interface Preferences {
  keys: KeyMap
  /** whether single keys do anything */
  keysOn: boolean
  /** whether texts that may be hard to read wait for a wish */
  collapse: boolean
  /** how many of these to open in one session; null for no limit */
  limit: number | null
  direction: 'ltr' | 'rtl'
  size: (typeof sizes)[number]
}

export const sizes = ['normal', 'large', 'huge'] as const

const usualPreferences: Preferences = {
  keys: usualKeys,
  keysOn: true,
  collapse: true,
  limit: null,
  direction: 'ltr',
  size: 'normal',
}

/** What `preferencesText` wrote; what cannot be read is as usual. */
export function preferencesIn(written: string | null): Preferences {
  const given = parsed(written)
  if (!isRecord(given)) return usualPreferences
  const { keys, keysOn, collapse, limit, direction, size } = given
  return {
    keys: chosenKeys(isRecord(keys) ? keys : {}),
    keysOn: keysOn !== false,
    collapse: collapse !== false,
    limit: typeof limit === 'number' && limit > 0 ? Math.floor(limit) : null,
    direction: direction === 'rtl' ? 'rtl' : 'ltr',
    size: sizes.find((one) => one === size) ?? 'normal',
  }
}

export function preferencesText(preferences: Preferences): string {
  return JSON.stringify({ ...preferences, keys: choiceOf(preferences.keys) })
}
