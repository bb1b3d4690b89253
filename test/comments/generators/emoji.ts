import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const byEmoji: Record<string, { skin_tone_support: boolean }> = JSON.parse(
  readFileSync(require.resolve('unicode-emoji-json/data-by-emoji.json'), 'utf8'),
)

const tones = ['\u{1F3FB}', '\u{1F3FC}', '\u{1F3FD}', '\u{1F3FE}', '\u{1F3FF}']

// A tone takes the place of an emoji selector. In a pair both have one, but not the handshake between them.
const toned = /(^.|(?<=\u200D)[👩👨🧑\u{1FAF2}])\uFE0F?/gu

/**
 * Pairs of two tones that emoji-test has in no untoned sequence: there, two of one tone are a single character, such as
 * two women holding hands.
 */
const mixedPairs = [
  ['👩', '🤝', '👩'],
  ['👩', '🤝', '👨'],
  ['👨', '🤝', '👨'],
  ['🧑', '❤\uFE0F\u200D💋', '🧑'],
  ['🧑', '❤\uFE0F', '🧑'],
  ...['🐰', '\u{1FAEF}'].flatMap((between) => ['🧑', '👨', '👩'].map((person) => [person, between, person])),
]

/** Every emoji that Unicode recommends (the fully-qualified ones of emoji-test), in each skin tone that it may have. */
export const everyEmoji: string[] = [
  ...Object.entries(byEmoji).flatMap(([emoji, { skin_tone_support }]) =>
    skin_tone_support ? [emoji, ...inEveryTone(emoji)] : [emoji],
  ),
  ...mixedPairs.flatMap((parts) => inMixedTones(parts.join('\u200D'))),
  ...inMixedTones('\u{1FAF1}\u200D\u{1FAF2}'),
]

/** With two persons, in every pair of tones. */
function inEveryTone(emoji: string): string[] {
  const all = tones.flatMap((first) => tones.map((second) => inTones(emoji, first, second)))
  return [...new Set(all)]
}

function inMixedTones(emoji: string): string[] {
  return tones.flatMap((first) =>
    tones.filter((second) => second !== first).map((second) => inTones(emoji, first, second)),
  )
}

function inTones(emoji: string, first: string, second: string): string {
  const next = [first, second].values()
  return emoji.replace(toned, (_whole, person: string) => person + (next.next().value ?? ''))
}
