import { composed, line, words } from '../../src/http/words.ts'

/** As long as a body may be; to compose it would take most of a minute. */
const endless = 'a\u0345\u0301\u0323\u0327\u05B0\u0334'.repeat(60_000)

describe('what publishers write on one line', () => {
  test('is composed, trimmed, and on one line, without what turns the direction', () => {
    expect(line(20).parse(' Cafe\u0301 \n \u202Enoir\u202C\t')).toBe('Café noir')
  })

  test('may be spelled in more characters than it may have', () => {
    const korean = '한국어'.repeat(60)
    expect(line(200).parse(korean.normalize('NFD'))).toBe(korean)
  })

  test('is refused unread where it is far too long', () => {
    expect(line(200).safeParse(endless).error?.issues).toMatchObject([{ code: 'too_big', maximum: 200 }])
    expect(composed(endless, 200)).toBe(endless)
  })
})

test('what has several lines is trimmed and otherwise kept', () => {
  expect(words(20).parse(' one\n\ntwo ')).toBe('one\n\ntwo')
  expect(words(20).safeParse(endless).success).toBe(false)
})
