import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  choiceOf,
  chosenKeys,
  commandOf,
  commands,
  plainKey,
  usualKeys,
  withKey,
} from '../../src/desk/keys/commands.ts'
import { texts } from '../../src/desk/texts.ts'

describe('the keys of the desk', () => {
  test('are one character each, and none means two things', () => {
    expect(usualKeys.size).toBe(commands.length)
    expect(new Set(usualKeys.values()).size).toBe(commands.length)
    for (const key of usualKeys.values()) expect(Array.from(key)).toHaveLength(1)
  })

  test('count with Caps Lock on', () => {
    expect(commandOf(usualKeys, 'a')).toBe('approve')
    expect(commandOf(usualKeys, 'A')).toBe('approve')
    expect(commandOf(usualKeys, 'q')).toBeUndefined()
  })

  test('do not count with a modifier, while a text is composed, or where they are longer than a character', () => {
    const press = { key: 'a', isComposing: false, ctrlKey: false, metaKey: false, altKey: false }
    expect(plainKey(press)).toBe('a')
    for (const change of [
      { isComposing: true },
      { ctrlKey: true },
      { metaKey: true },
      { altKey: true },
      { key: 'Enter' },
      { key: ' ' },
    ]) {
      expect(plainKey({ ...press, ...change })).toBeUndefined()
    }
  })

  test('are changed; whoever had the key has none, and no command loses its button by that', () => {
    const keys = withKey(usualKeys, 'approve', 'r')
    expect(commandOf(keys, 'r')).toBe('approve')
    expect(commandOf(keys, 'a')).toBeUndefined()
    expect(keys.get('reject')).toBeUndefined()
    expect(withKey(keys, 'approve', null).get('approve')).toBeUndefined()
  })

  test('are kept as they were chosen', () => {
    const keys = withKey(withKey(usualKeys, 'approve', 'ق'), 'skip', null)
    const kept = chosenKeys(JSON.parse(JSON.stringify(choiceOf(keys))))
    expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(keys))
  })

  test('are as usual where what was kept is no choice; of two with one key the first has it', () => {
    expect(chosenKeys({ approve: 'long', reject: 7 }).has('approve')).toBe(false)
    expect(chosenKeys({ unknown: 'a' }).get('approve')).toBe('a')
    expect(chosenKeys({ reject: 'a' }).get('approve')).toBe('a')
    expect(chosenKeys({ reject: 'a' }).has('reject')).toBe(false)
  })

  test('stand in docs/desk.md as they are', () => {
    const rows = commands.map(
      ({ name, key }) => `| \`${key}\` | ${texts.commands[name]} | ${texts.commandsInFull[name]} |`,
    )
    const written = readFileSync(join(import.meta.dirname, '../../docs/desk.md'), 'utf8')
    expect(written.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows)
  })

  test('are all told', () => {
    for (const { name } of commands) {
      expect(texts.commands[name]).not.toBe('')
      expect(texts.commandsInFull[name]).toMatch(/\.$/)
    }
  })
})
