import { numbersInDate } from '../../src/screening/dates.ts'

test.each([
  ['2024-11-15', 3],
  ['2024.3.5', 3],
  ['2024. 11. 15', 3],
  ['1999/12/31-5', 3],
  ['15.11.2024', 3],
  ['15. 11. 2024', 3],
  ['01/02/2024 5', 3],
  ['15/11/24', 3],
  ['15.11.24 9.30', 3],
  ['01/11–05/11', 4],
  ['01/11 - 05/11', 4],
  ['01/11–05/11/24', 5],
  ['01.11.–05.11.2024', 5],
  ['8.30–16.30', 4],
  ['08.30 - 9.05 5', 4],
])('%s begins with a date, or a span, of %i numbers', (written, numbers) => {
  expect(numbersInDate(written)).toBe(numbers)
})

test.each([
  ['nothing', ''],
  ['a number', '2024'],
  ['a number in pairs', '01.99.00.12.34'],
  ['a number in pairs that could be a date and more', '06.12.34.56.78'],
  ['a longer last part', '15.11.20245'],
  ['no century of ours', '2124-11-15'],
  ['signs that differ', '2024-11.15'],
  ['spaces that differ', '2024. 11.15'],
  ['a day that no month has', '45-67-2024'],
  ['a month that no year has', '15/21/24'],
  ['a minute that no hour has', '8.60–16.30'],
  ['an hour that no day has', '8.30–36.30'],
  ['a decimal behind', '8.30–16.30.5'],
  ['what comes later', '7 15.11.2024'],
])('%s is none: %s', (_what, written) => {
  expect(numbersInDate(written)).toBe(0)
})
