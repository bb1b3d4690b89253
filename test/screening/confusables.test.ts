import * as fc from 'fast-check'
import { skeleton } from '../../src/screening/confusables.ts'
import { lookalikes } from '../../src/screening/confusables-table.ts'

describe('names that look alike have one skeleton', () => {
  test.each([
    ['Latin and Cyrillic', 'Admin', 'Аdmіn'],
    ['Latin and Greek', 'POSTBAG', 'ΡΟSΤΒΑG'],
    ['small and capital', 'Editor', 'EDITOR'],
    ['l, I, 1 and i', 'lIlI', '1i1l'],
    ['o and 0', 'Oslo', '0sl0'],
    ['rn and m', 'modern', 'rnodem'],
    ['vv and w', 'Newsroom', 'NevvSroom'],
    ['full width', 'Editor', 'Ｅｄｉｔｏｒ'],
    ['mathematical letters', 'Editor', '𝓔𝓭𝓲𝓽𝓸𝓻'],
    ['circled letters', 'Editor', 'Ⓔⓓⓘⓣⓞⓡ'],
    ['negative circled letters', 'Admin', '🅐🅓🅜🅘🅝'],
    ['negative squared letters', 'Admin', '🅰🅳🅼🅸🅽'],
    ['letters of flags', 'Admin', '🇦🇩🇲🇮🇳'],
    ['small capitals', 'Admin', 'ᴀᴅᴍɪɴ'],
    ['Cherokee', 'Admin', 'Ꭺdmin'],
    ['accents and strokes', 'Dang', 'Đặng'],
    ['composed and decomposed', 'Đặng', 'Đặng'.normalize('NFD')],
    ['sharp s', 'Strasse', 'Straße'],
    ['the dotted capital', 'istanbul', 'İstanbul'],
    ['ligatures', 'fluffi', 'ﬂuﬃ'],
    ['invisible characters', 'Admin', 'A\u200Bd\u00ADm\u2060i\u200Dn\u3164'],
    ['Hangul and its letters', '관리자', '관리자'.normalize('NFD')],
    ['compatibility ideographs', '樂', '\uF914'],
    ['Arabic and Persian letters', 'كي', 'کی'],
    ['Tibetan letters of one shape', 'ར', 'ཪ'],
    ['Burmese letters of one shape', 'က', 'ဂာ'],
  ])('%s', (_why, one, other) => {
    expect(skeleton(one)).toBe(skeleton(other))
  })
})

test.each([
  ['другие слова', 'drugie slova'],
  ['Anna', 'Anne'],
  ['မိုး', 'မီး'],
  ['ខ្មែរ', 'ខ្មរ'],
  ['ແມ່', 'ແມ້'],
  ['རི', 'རུ'],
  ['管理員', '管理人'],
])('names that differ to their readers keep different skeletons: %s, %s', (one, other) => {
  expect(skeleton(one)).not.toBe(skeleton(other))
})

describe('for any string', () => {
  const character = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(...lookalikes.flatMap(([, characters]) => Array.from(characters))),
  )

  test('the skeleton of a skeleton is itself', () => {
    fc.assert(
      fc.property(
        fc.array(character).map((parts) => parts.join('')),
        (name) => {
          expect(skeleton(skeleton(name))).toBe(skeleton(name))
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('a character that stands for a sentence stays one, so that no skeleton is much longer than its name', () => {
    expect(skeleton('\uFDFAa\uFDFB')).toBe('\uFDFAa\uFDFB')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(skeleton(name).length).toBeLessThanOrEqual(8 * name.length)
      }),
    )
  })

  test('nothing that a character looks like looks like something else again', () => {
    const open = lookalikes.filter(([looks]) => skeleton(looks) !== looks.normalize('NFC'))
    expect(open).toEqual([])
  })
})
