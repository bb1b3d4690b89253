import { matchKey } from '../../src/screening/match-key.ts'
import {
  hammingDistance,
  isTelling,
  nearlySame,
  shortlistDistance,
  simhash,
} from '../../src/screening/simhash.ts'
import type { LabelledPair } from './sets/repeat.ts'

/** How often screening is right about whether a text repeats another, and how often it finds those that do. */
export interface Figures {
  pairs: number
  precision: number
  recall: number
}

/** What screening would call a repeat: near by simhash, then nearly the same in fact, and long enough to tell. */
export function isCalledRepeat({ one, other }: LabelledPair): boolean {
  const [key, otherKey] = [matchKey(one), matchKey(other)]
  const shortlisted = hammingDistance(simhash(key), simhash(otherKey)) <= shortlistDistance
  return shortlisted && isTelling(key) && nearlySame(key, otherKey)
}

export function measured(pairs: LabelledPair[]): Figures {
  const called = pairs.filter(isCalledRepeat)
  const right = called.filter(isRepeat).length
  return {
    pairs: pairs.length,
    precision: right / called.length,
    recall: right / pairs.filter(isRepeat).length,
  }
}

function isRepeat({ label }: LabelledPair): boolean {
  return label === 'same' || label === 'nearly'
}
