import * as fc from 'fast-check'
import { authorsIn } from '../../src/screening/authors.ts'

test.each<[author: string, names: string[]]>([
  ['', []],
  [' , 1; ', []],
  ['Ana Reyes', ['Ana Reyes']],
  ['Ana Reyes and Sok Dara', ['Ana Reyes', 'Sok Dara', 'Ana Reyes and Sok Dara']],
  ['Ana Reyes, Li Wei AND Sok Dara', ['Ana Reyes', 'Li Wei', 'Sok Dara', 'Ana Reyes, Li Wei AND Sok Dara']],
  ['Ana Reyes & Li Wei', ['Ana Reyes', 'Li Wei', 'Ana Reyes & Li Wei']],
  ['Ana Reyes; Li Wei', ['Ana Reyes', 'Li Wei', 'Ana Reyes; Li Wei']],
  ['陳大文、王小红，李薇', ['陳大文', '王小红', '李薇', '陳大文、王小红，李薇']],
  ['ئالىم قادىر، ئايدىڭ', ['ئالىم قادىر', 'ئايدىڭ', 'ئالىم قادىر، ئايدىڭ']],
  ['Reyes, Ana', ['Reyes', 'Ana', 'Reyes, Ana']],
  ['Sandy Anderson', ['Sandy Anderson']],
])('%s: %j', (author, names) => {
  expect(authorsIn(author)).toEqual(names)
})

test('every name is a trimmed part of what was written, once', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'B', ' ', ',', '、', '&', ' and ', '李') }),
      (author) => {
        const names = authorsIn(author)
        expect(names.filter((name) => name === '' || name !== name.trim() || !author.includes(name))).toEqual(
          [],
        )
        expect(new Set(names).size).toBe(names.length)
      },
    ),
  )
})
