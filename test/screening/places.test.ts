import { after, before, places } from '../../src/screening/places.ts'

test('the places of a pattern are in order', () => {
  expect(places('abcab', /ab/g)).toEqual([
    { start: 0, end: 2 },
    { start: 3, end: 5 },
  ])
})

test('the character beside a place is whole, and none at the ends', () => {
  expect([before('a😀b', 3), after('a😀b', 1), before('a', 0), after('a', 1)]).toEqual(['😀', '😀', '', ''])
  expect([before('ab', 2), after('ab', 1)]).toEqual(['b', 'b'])
  expect([before('abc', 1), after('abc', 2)]).toEqual(['a', 'c'])
})
