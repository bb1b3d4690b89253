import { hash, joined } from './murmur.ts'

/**
 * 64 bits that differ little between texts that share most of their character trigrams (Charikar's SimHash): the way
 * to find, in a database, the few texts that are worth comparing. Takes a match key, so that no script's way of parting
 * words counts. Signed, as PostgreSQL's bigint is.
 */
export function simhash(key: string): bigint {
  const balance = new Int32Array(64)
  for (const trigram of trigrams(key)) {
    const { high, low } = hash(trigram)
    for (let bit = 0; bit < 32; bit += 1) {
      balance[bit] = Number(balance[bit]) + sign(low, bit)
      balance[bit + 32] = Number(balance[bit + 32]) + sign(high, bit)
    }
  }
  return joined({ high: majority(balance.subarray(32)), low: majority(balance.subarray(0, 32)) })
}

/** In how many of 64 bits two simhashes differ. */
export function hammingDistance(one: bigint, other: bigint): number {
  const differing = BigInt.asUintN(64, one ^ other)
  return ones(Number(differing >> 32n)) + ones(Number(differing & 0xffff_ffffn))
}

/**
 * How far apart the simhashes of two texts are at most, if `nearlySame` is to look at them. Of labelled pairs that are
 * nearly the same 99 in 100 are that near; so is about one in 130 pairs of texts about other things, which is why a
 * simhash alone proves nothing.
 */
export const shortlistDistance = 20

/**
 * Whether two match keys are of one text, or of one that was changed in a few places: those that share at least six
 * tenths of their trigrams (of long ones, the first 65,536 units count). Short ones must be equal, because "Thank you
 * for the report on the school" and "…on the bus" are what two people say. Measured on test/screening/sets/repeat.ts,
 * in ten languages. Linear.
 */
export function nearlySame(one: string, other: string): boolean {
  return nearlySameAs(one)(other)
}

/** Hashes of the trigrams of a key, each once, in order. */
export function trigramHashes(key: string): Uint32Array {
  const hashes = Uint32Array.from(trigrams(key), (trigram) => hash(trigram).low).toSorted()
  return hashes.filter((one, at) => one !== hashes[at - 1])
}

/**
 * Whether two keys with these hashes of trigrams may be nearly the same: a quick look at texts of which most are about
 * other things. Different trigrams may share a hash, one pair in four billion, so it says no only where much is missing.
 */
export function mayBeNearlySame(mine: Uint32Array, theirs: Uint32Array): boolean {
  let shared = 0
  for (let my = 0, their = 0; my < mine.length && their < theirs.length; ) {
    const difference = Number(mine[my]) - Number(theirs[their])
    if (difference === 0) shared += 1
    if (difference <= 0) my += 1
    if (difference >= 0) their += 1
  }
  return (2 * shared) / (mine.length + theirs.length) >= leastLikeness - 0.05
}

/** The same as `nearlySame` for one that is compared with many. */
export function nearlySameAs(one: string): (other: string) => boolean {
  const isTooShort = weight(one) < leastToCompare
  let mine: Set<string> | undefined
  return (other) => {
    if (one === other) return true
    if (isTooShort || weight(other) < leastToCompare) return false
    mine ??= trigrams(one)
    return likeness(mine, trigrams(other)) >= leastLikeness
  }
}

/** Whether it tells anything that two people sent a text with this match key: not with "I agree", 好 or condolences. */
export function isTelling(key: string): boolean {
  return weight(key) >= leastToTell
}

// In letters of an alphabet, about eight English words and about fifteen.
const leastToTell = 40
const leastToCompare = 72
const leastLikeness = 0.6

/** The share of trigrams that two texts have in common (Dice's coefficient), from 0 to 1. */
function likeness(mine: Set<string>, theirs: Set<string>): number {
  let shared = 0
  for (const trigram of mine) if (theirs.has(trigram)) shared += 1
  return (2 * shared) / (mine.size + theirs.size)
}

/** How much a key says, in letters, counted no further than needed: a Han character or a syllable of Kana says as much as three, Hangul as two. */
function weight(key: string): number {
  let sum = 0
  for (const character of key) {
    if (sum >= leastToCompare) break
    sum += weightOf(character)
  }
  return sum
}

function weightOf(character: string): number {
  if (character < '\u0080') return character >= '0' && character <= '9' ? weightOfDigit : 1
  if (dense.test(character)) return 3
  return syllable.test(character) ? 2 : 1
}

// Numbers are rarely the same by chance, those of telephones least.
const weightOfDigit = 4
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const syllable = /\p{Script=Hangul}/u

// One character of three bytes (U+FDFA) has a key of eighteen: what fits in a body can have a key of half a million.
const mostUnits = 65_536

/** Each only once, or else a text of one repeated word would be like every text that has the word. */
function trigrams(key: string): Set<string> {
  const characters = Array.from(key.slice(0, mostUnits))
  if (characters.length < 3) return new Set([key])
  const found = new Set<string>()
  let [first = '', second = ''] = characters
  for (const third of characters.slice(2)) {
    found.add(first + second + third)
    first = second
    second = third
  }
  return found
}

function sign(bits: number, bit: number): 1 | -1 {
  return (bits >>> bit) & 1 ? 1 : -1
}

function majority(balance: Int32Array): number {
  return balance.reduce((bits, sum, bit) => (sum > 0 ? bits | (1 << bit) : bits), 0)
}

function ones(bits: number): number {
  let count = 0
  for (let rest = bits | 0; rest !== 0; rest &= rest - 1) count += 1
  return count
}
