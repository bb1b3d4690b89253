import * as fc from 'fast-check'
import { impersonates } from '../../src/screening/impersonation.ts'
import { staffWords, staffWordsAlone } from '../../src/screening/staff-words.ts'

const house = ['The Daily Post', 'Jane Doe', 'Li', '김민수', '王伟', '', '★']

describe('a name of the house', () => {
  test.each([
    ['as it is', 'The Daily Post', 'The Daily Post'],
    ['without its article', 'daily post', 'The Daily Post'],
    ['in one word', 'TheDailyPost', 'The Daily Post'],
    ['in look-alike letters', 'Dаi1y Pοst', 'The Daily Post'],
    ['in any order', 'Doe, Jane', 'Jane Doe'],
    ['with another word', 'Jane Doe Smith', 'Jane Doe'],
    ['with what makes no other name', 'The real Ms Jane Doe (official)', 'Jane Doe'],
    ['with repeated letters', 'Jaaane Doee', 'Jane Doe'],
    ['with numbers', '7Jane Doe99', 'Jane Doe'],
    ['with spaced letters', 'J a n e  D o e', 'Jane Doe'],
    ['with signs for letters', 'J@ne D0€', 'Jane Doe'],
    ['with a title in a script without spaces', '김민수기자', '김민수'],
    ['that is short', 'li', 'Li'],
    ['that is short, in Han', '王伟先生', '王伟'],
  ])('%s: %s', (_why, name, taken) => {
    expect(impersonates(name, house)).toBe(taken)
  })

  test.each([
    'Li Na',
    '王伟明',
    'Jane',
    'Doe',
    'Jane Roe',
    'Daily Post Reader From Leeds',
    'John Jane Doe Smith',
  ])('is not in %s', (name) => {
    expect(impersonates(name, house)).toBeUndefined()
  })

  test('comes before a word for staff, and the first of two', () => {
    expect(impersonates('Editor Jane Doe', ['JANE DOE', 'Jane Doe'])).toBe('JANE DOE')
  })
})

describe('a word for staff', () => {
  const words = [...Object.values(staffWords).flat(), ...staffWordsAlone]
  test.each(words)('%s is noticed as it is, and in capitals', (word) => {
    expect(impersonates(word, [])).toBeDefined()
    expect(impersonates(word.toUpperCase(), [])).toBeDefined()
  })

  test('is there for each of the ten languages', () => {
    const languages = Object.keys(staffWords).map((tag) => tag.split('-')[0])
    expect(new Set(languages)).toEqual(new Set(['en', 'my', 'zh', 'km', 'ko', 'lo', 'bo', 'ug', 'vi']))
  })

  test.each([
    ['with a name', 'Editor Kim', 'editor'],
    ['in a word with a capital inside', 'SueEditor', 'editor'],
    ['spelled', 'm.o.d.e.r.a.t.o.r', 'moderator'],
    ['with digits for letters', 'm0d3r4t0r', 'moderator'],
    ['with a letter too few', 'moderatr', 'moderator'],
    ['with a letter too many', 'edixtor', 'editor'],
    ['with another letter', 'moderater', 'moderator'],
    ['with two letters exchanged', 'edtior', 'editor'],
    ['inside a name without spaces', '網站管理員一號', '管理員'],
    ['without its marks', 'bien tap vien', 'biên tập'],
    ['alone but for a number', 'Staff 2', 'staff'],
  ])('%s: %s', (_why, name, word) => {
    expect(impersonates(name, [])).toBe(word)
  })

  const others = [
    'Staff nurse Ann|Modest Mouse|Armin|Aitor|Heitor|Auditor|Stafford|Staf|adroit|Redirto|이기자',
    '陳Peter|김Anna|タロウ太郎|Саша|Константин|Ελένη|R2D2||★|😀',
  ]
  test.each(others.flatMap((names) => names.split('|')))('is not in %s', (name) => {
    expect(impersonates(name, [])).toBeUndefined()
  })
})

test('any name is answered, in little time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect([undefined, 'string']).toContain(
        typeof impersonates(name, house) === 'string' ? 'string' : undefined,
      )
    }),
  )
  for (const scrap of ['a ', '1', 'ab', 'म ', 'က', '🅐', 'admi ', '\u200B', '\uFDFA']) {
    expect(() => impersonates(scrap.repeat(50_000), house)).not.toThrow()
  }
})
