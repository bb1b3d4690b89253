import { type Arbitrary, array, constantFrom, integer, nat, oneof, tuple } from 'fast-check'
import { hostileText, hostileUnits } from '../hostile.ts'
import { honestText } from './honest.ts'
import { languages } from './languages.ts'

const anyHonestText = oneof(...Object.values(languages).map(honestText))

const hostileUnit = constantFrom(...hostileUnits)

const longestRun = 60_000

/** One or two things again and again, rarely very often. */
const run: Arbitrary<string> = tuple(
  array(hostileUnit, { minLength: 1, maxLength: 2 }),
  oneof({ weight: 40, arbitrary: integer({ min: 2, max: 200 }) }, { weight: 1, arbitrary: nat(20_000) }),
).map(([units, times]) => units.join('').repeat(times).slice(0, longestRun))

/** An honest text into which something was put at any place, even inside a letter. */
const spoilt: Arbitrary<string> = tuple(
  anyHonestText,
  array(tuple(nat(200), hostileUnit), { minLength: 1, maxLength: 8 }),
).map(([honest, put]) =>
  put.reduce((text, [at, unit]) => {
    const place = at % (text.length + 1)
    return text.slice(0, place) + unit + text.slice(place)
  }, honest),
)

const several: Arbitrary<string> = tuple(
  array(oneof(hostileText, spoilt, run), { minLength: 2, maxLength: 3 }),
  constantFrom('', ' ', '\n', '\n\n\n'),
).map(([texts, between]) => texts.join(between))

/** Limits that all of these texts are within. */
export const room = { graphemes: 500_000, bytes: 500_000 }

/** Any string that may be sent: hostile or honest, or both in one, lone surrogates included. */
export const anyText: Arbitrary<string> = oneof(
  { weight: 12, arbitrary: hostileText },
  { weight: 6, arbitrary: spoilt },
  { weight: 2, arbitrary: anyHonestText },
  { weight: 2, arbitrary: run },
  { weight: 2, arbitrary: several },
)
