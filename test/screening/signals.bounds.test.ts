import { screen } from '../../src/screening/signals.ts'
import { factsOf } from './facts.ts'

const tell = (facts: { text?: string; name?: string }) => screen(factsOf(facts))

describe('a text shouts from here on, and no sooner:', () => {
  test.each([
    ['nineteen letters are too few', 'STOP ALL OF IT RIGHT NOW', false],
    ['twenty are enough', 'STOP ALL OF YOU RIGHT NOW', true],
    ['in however many spaces', 'STOP  ALL \n OF  YOU  RIGHT  NOW', true],
    ['seven tenths of capitals are too few', 'STOP THEM ALL NOW friend', false],
    ['more are enough', 'STOP THEM ALL NOWS frien', true],
    ['a fifth of another script may stand among them', 'STOP ALL OF YOU RIGHT NOW 好好好好好', true],
    ['and no more', 'STOP ALL OF YOU RIGHT NOW 好好好好好好', false],
  ])('%s', (_why, text, shouts) => {
    expect(screen(factsOf({ text })).some(({ code }) => code === 'shouting')).toBe(shouts)
  })
})

describe('a signal says how many, how gravely, and in English:', () => {
  test.each([
    ['links', 'notice', 'https://a.example/b', 'link', 'links'],
    ['markup', 'info', '<b>', 'piece of markup', 'pieces of markup'],
    [
      'invisible_characters',
      'notice',
      'a\u200Bb',
      'place with invisible characters',
      'places with invisible characters',
    ],
    ['private_use', 'info', 'a\uE000b', 'private-use character', 'private-use characters'],
    [
      'replacement_character',
      'info',
      'a\uFFFDb',
      'character lost on the way (\uFFFD)',
      'characters lost on the way (\uFFFD)',
    ],
    [
      'stacked_marks',
      'notice',
      `q${'\u0301'.repeat(9)}`,
      'letter under more than 8 marks',
      'letters under more than 8 marks',
    ],
    ['mixed_script', 'notice', 'pаy', 'word that mixes alphabets', 'words that mix alphabets'],
    [
      'contact_details',
      'notice',
      'jane@a.example',
      'place that tells how to reach somebody',
      'places that tell how to reach somebody',
    ],
  ])('%s', (code, severity, piece, one, many) => {
    const severely = { code, severity }
    expect(tell({ text: piece })).toMatchObject([{ ...severely, message: `The text contains 1 ${one}.` }])
    expect(tell({ text: `${piece} ${piece}` })).toMatchObject([
      { ...severely, message: `The text contains 2 ${many}.` },
    ])
    expect(tell({ name: piece })).toMatchObject([
      { ...severely, message: `The name contains 1 ${one}.`, ranges: [] },
    ])
    expect(tell({ text: piece, name: piece })).toMatchObject([
      { ...severely, message: `The text contains 1 ${one}, the name 1.` },
    ])
  })
})

test('one sure way to reach somebody is enough beside one that may be something else', () => {
  const [signal] = screen(factsOf({ text: 'jane at example dot com, or +44 20 7946 0958' }))
  expect(signal).toMatchObject({ code: 'contact_details', severity: 'notice' })
})

describe('one Greek letter at an edge of a Latin word', () => {
  test.each(['μmol', 'kΩ', 'TNFα', 'βcarotene'])('is a unit or a term: %s', (text) => {
    expect(screen(factsOf({ text }))).toEqual([])
  })

  test.each(['δabε', 'abγcd', 'Αthens', 'abcο', 'δελta'])('is not all there is to %s', (text) => {
    expect(screen(factsOf({ text }))).toMatchObject([{ code: 'mixed_script' }])
  })
})
