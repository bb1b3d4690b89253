import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/**
 * How likely a text is Zawgyi rather than Unicode, from 0 to 1, by which Burmese character follows which: the
 * Markov model of Google's myanmar-tools. 0 without any Burmese.
 */
export function likelihoodOfZawgyi(text: string): number {
  model ??= readModel(readFileSync(require.resolve('myanmar-tools/resources/zawgyiUnicodeModel.dat')))
  let favour = 0
  let seen = false
  let before = 0
  for (let at = 0; at <= text.length; at += 1) {
    // Behind the end is NaN, which is in no range.
    const state = stateOf(text.charCodeAt(at))
    if (before !== 0 || state !== 0) {
      favour += Number(model.favours[before * model.states + state])
      seen = true
    }
    before = state
  }
  return seen ? 1 / (1 + Math.exp(favour)) : 0
}

// The package is read for its data: what 1.2.0 names as its code was left out when it was published.
const require = createRequire(import.meta.url)

interface Model {
  states: number
  /** How much more likely Unicode makes each step from state to state than Zawgyi does, as a logarithm. */
  favours: Float32Array
}

let model: Model | undefined

/** The states of the model: Burmese letters and marks without their digits, and spaces; 0 is everything else. */
const stateRanges = [
  [0x1000, 0x103f, 1],
  [0x104a, 0x109f, 65],
  [0xaa60, 0xaa7f, 151],
  [0xa9e0, 0xa9ff, 183],
  [0x2000, 0x200b, 215],
] as const

function stateOf(unit: number): number {
  for (const [first, last, offset] of stateRanges) {
    if (unit >= first && unit <= last) return unit - first + offset
  }
  return 0
}

/** Format: two magic words and versions, the number of states; a row tells its exceptions, the rest, and these. */
function readModel(file: Buffer): Model {
  const states = file.readInt16BE(28)
  const favours = new Float32Array(states * states)
  let at = 30
  for (let row = 0; row < favours.length; row += states) {
    const exceptions = file.readInt16BE(at)
    at += 2
    if (exceptions === 0) continue
    favours.fill(file.readFloatBE(at), row, row + states)
    at += 4
    for (const end = at + exceptions * 6; at < end; at += 6) {
      favours[row + file.readInt16BE(at)] = file.readFloatBE(at + 2)
    }
  }
  return { states, favours }
}
