import { z } from 'zod'
import { compilePhrases } from '../../src/screening/phrases.ts'
import { Signal, SignalCode } from '../../src/screening/signal.ts'
import { screen } from '../../src/screening/signals.ts'
import { factsOf } from './facts.ts'

const phrases = compilePhrases([{ phrase: 'casino', severity: 'notice' }])('casino')

describe('what is noticed is a signal as clients are promised it:', () => {
  test.each([
    ['links', { text: 'https://example.com' }],
    ['contact_details', { text: 'jane@example.com' }],
    ['repeat', { repeats: { same: 1, nearlySame: 0 } }],
    ['phrase', { text: 'casino', phrases }],
    ['shouting', { text: 'STOP THIS NONSENSE RIGHT NOW' }],
    ['impersonation', { name: 'Editor' }],
    ['invisible_characters', { text: 'cas\u200Bino' }],
    ['bidi_controls', { text: 'a \u202Egpj.exe' }],
    ['private_use', { text: 'x\uE000' }],
    ['replacement_character', { text: 'caf\uFFFD' }],
    ['stacked_marks', { text: `h${'\u0301'.repeat(9)}i` }],
    ['zawgyi', { text: 'ဒီေန႔ မိုး႐ြာလို႔ လမ္းေတြ ေရႀကီးေနတယ္။' }],
    ['mixed_script', { text: 'p\u0430ypal' }],
    ['markup', { text: '<b>' }],
    ['language', { detected: { language: 'fr', confidence: 0.9 } }],
  ])('%s', (code, facts) => {
    const signals = screen(factsOf(facts))
    expect(signals.map((signal) => signal.code)).toEqual([code])
    expect(z.array(Signal).parse(signals)).toEqual(signals)
  })

  test('and one more, which a classifier of the site tells', () => {
    expect(SignalCode.safeParse('classifier').success).toBe(true)
  })
})

describe('no signal is', () => {
  const signal = { code: 'links', severity: 'notice', message: 'Here.', ranges: [{ start: 0, end: 1 }] }

  test('one that is as it should be, but', () => {
    expect(Signal.safeParse(signal).success).toBe(true)
  })

  test.each([
    ['one that says nothing', { ...signal, message: '' }],
    ['one of a kind that nobody knows', { ...signal, code: '' }],
    ['one of no known gravity', { ...signal, severity: '' }],
    ['one before the text begins', { ...signal, ranges: [{ start: -1, end: 1 }] }],
    ['one that ends there', { ...signal, ranges: [{ start: 0, end: -1 }] }],
    ['one in the middle of a unit', { ...signal, ranges: [{ start: 0.5, end: 1 }] }],
    [
      'one of more than 50 places',
      { ...signal, ranges: Array.from({ length: 51 }, () => ({ start: 0, end: 1 })) },
    ],
    ['one with something else', { ...signal, verdict: 'spam' }],
  ])('%s', (_what, value) => {
    expect(Signal.safeParse(value).success).toBe(false)
  })
})

test('the description of the API names its parts, and says in which units places are told', () => {
  expect(z.toJSONSchema(z.array(Signal))).toMatchObject({
    items: { $ref: '#/$defs/Signal' },
    $defs: {
      Signal: { properties: { code: { $ref: '#/$defs/SignalCode' } } },
      SignalCode: { enum: SignalCode.options },
      Range: { description: expect.stringContaining('UTF-16') },
    },
  })
})
