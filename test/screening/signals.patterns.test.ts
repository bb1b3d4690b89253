import type { SignalCode } from '../../src/screening/signal.ts'
import { screen } from '../../src/screening/signals.ts'
import { factsOf } from './facts.ts'

function marked(code: SignalCode, text: string) {
  const signal = screen(factsOf({ text })).find((one) => one.code === code)
  return signal?.ranges.map(({ start, end }) => text.slice(start, end))
}

test('signals come in the same order, whatever order the text has', () => {
  const text = `p\u0430ypal h${'\u0301'.repeat(9)} \uFFFD \uE000 \u202Ea ca\u00ADs <b> https://a.example jane@a.example`
  expect(screen(factsOf({ text, name: 'Editor' })).map(({ code }) => code)).toEqual([
    'impersonation',
    'contact_details',
    'links',
    'markup',
    'invisible_characters',
    'bidi_controls',
    'private_use',
    'replacement_character',
    'stacked_marks',
    'mixed_script',
  ])
})

describe('what shouts', () => {
  test.each([
    ['twelve capitals in a row', 'ABCDEFGHIJKL, mnop, QRSTUVW', ['ABCDEFGHIJKL', 'QRSTUVW']],
    [
      'three words, of which one is a letter',
      'I WANT IT, AND HERE, AND THERE',
      'WANT IT AND HERE AND THERE'.split(' '),
    ],
    ['words with an apostrophe', "WE DON'T CARE, GOODGOOD, BYEBYE", 'WE DON CARE GOODGOOD BYEBYE'.split(' ')],
    ['words with a curly one', 'WE DON’T CARE, GOODGOOD, BYEBYE', 'WE DON CARE GOODGOOD BYEBYE'.split(' ')],
    ['words with a hyphen', 'WE RE-READ IT, GOODGOOD, BYEBYE', 'WE RE READ IT GOODGOOD BYEBYE'.split(' ')],
    [
      'words with marks',
      'E\u0301TE\u0301 A\u0301 RE\u0301 GOODGOOD, BYEBYE',
      ['E\u0301TE\u0301', 'A\u0301', 'RE\u0301', 'GOODGOOD', 'BYEBYE'],
    ],
    [
      'words with signs between',
      'STOP?! SHAME… GO. GOODGOOD, BYEBYE',
      'STOP SHAME GO GOODGOOD BYEBYE'.split(' '),
    ],
    ['words on three lines', 'STOP\nSHAME\n\nGOODGOOD, BYEBYE', 'STOP SHAME GOODGOOD BYEBYE'.split(' ')],
  ])('is %s', (_what, text, words) => {
    expect(marked('shouting', text)).toEqual(words)
  })

  test.each([
    ['eleven capitals in a row', 'ABCDEFGHIJK, MNOPQRSTUVW'],
    ['two words in a row', 'UBND HDND, CSGT BHXH, BHYT TPHCM, GDDT'],
    ['words with a comma between', 'STOP, SHAME, GOODGOOD, BYEBYE'],
    ['words that small letters part', 'STOPSTOP or SHAMESHA and GOODGOOD'],
    ['capitals behind small ones', 'iABCDEF oGHIJKL uMNOPQR STUVW'],
  ])('is not %s', (_what, text) => {
    expect(marked('shouting', text)).toBeUndefined()
  })
})

describe('markup is', () => {
  test.each([
    ['a tag', '<h1>', ['<h1>']],
    ['a tag in capitals', '<BR>', ['<BR>']],
    ['a tag that closes', '</table>', ['</table>']],
    ['a tag that ends itself', '<br />', ['<br />']],
    ['a tag with spaces', '<hr  / >', ['<hr  / >']],
    ['a tag with two words that need no value', '<video autoplay loop>', ['<video autoplay loop>']],
    ['a tag with a value', '<font color = red>x', ['<font color = red>']],
    ['a tag with a value that does not end', '<font data-x=red <b>', ['<font data-x=', '<b>']],
    ['a tag with a value behind a slash', '<svg/onload=alert(1)>', ['<svg/onload=alert(1)>']],
    ['an entity', '&nbsp;', ['&nbsp;']],
    ['an entity by number', '&#1234567;', ['&#1234567;']],
    ['an entity by number to base 16', '&#X10fFfF;', ['&#X10fFfF;']],
    ['BBCode', '[IMG]a[/IMG]', ['[IMG]', '[/IMG]']],
    ['BBCode with a value', '[quote=Ann B]a', ['[quote=Ann B]']],
    ['BBCode of one letter that closes', '[i]a[/i]', ['[/i]']],
    ['Markdown to www', '[a b](www.example)', ['[a b](www.example)']],
    ['Markdown to a page of the site', '[a](/b)', ['[a](/b)']],
    ['Markdown to http', '[a](http://b.example)', ['[a](http://b.example)']],
  ])('%s: %s', (_what, text, pieces) => {
    expect(marked('markup', text)).toEqual(pieces)
  })

  test.each([
    ['a heading of no depth', '<h7>'],
    ['a tag that nobody knows', '<nothing>'],
    ['a title that begins as a tag', '<I Am Sam>'],
    ['a tag with a word that needs a value', '<a href>'],
    ['a tag that does not begin with its name', '< b>'],
    ['a number too long', '&#12345678;'],
    ['a number to base 16 too long', '&#x1234567;'],
    ['a number without figures', '&#;'],
    ['an entity that goes on', '&nbsp'],
    ['an entity that nobody knows', '&nothing;'],
    ['brackets with a word', '[urls]'],
    ['brackets with nothing in them', '[](/b)'],
    ['brackets before a remark', '[a](see b)'],
    ['brackets over two lines', '[a\nb](/c)'],
    ['brackets before an address with a space', '[a](/b c)'],
  ])('not %s: %s', (_what, text) => {
    expect(marked('markup', text)).toBeUndefined()
  })
})

describe('marks are stacked', () => {
  test.each([
    ['nine on a letter', `ah${'\u0301'.repeat(9)}i`, [`h${'\u0301'.repeat(9)}`]],
    ['nine on a character beyond 16 bits', `a😀${'\u0301'.repeat(9)}`, [`😀${'\u0301'.repeat(9)}`]],
    ['nine where a line begins', `a\n${'\u0301'.repeat(9)}`, [`\n${'\u0301'.repeat(9)}`]],
    ['nine where the text begins', '\u0301'.repeat(9), ['\u0301'.repeat(9)]],
  ])('%s', (_what, text, stacks) => {
    expect(marked('stacked_marks', text)).toEqual(stacks)
  })

  test.each([
    ['eight on a letter', `h${'\u0301'.repeat(8)}i`],
    ['nine of Tibetan', `ཀ${'\u0F71'.repeat(9)}`],
    ['nine letters', 'hhhhhhhhh'],
  ])('but not %s', (_what, text) => {
    expect(marked('stacked_marks', text)).toBeUndefined()
  })
})

describe('alphabets are mixed in one word', () => {
  test.each([
    ['with marks inside', 'pa\u0301\u0430ypal', ['pa\u0301\u0430ypal']],
    ['one of two', 'pay p\u0430y', ['p\u0430y']],
    ['with a Greek letter inside', 'abγcd', ['abγcd']],
    ['with two Greek letters at an edge', 'αβcd', ['αβcd']],
    ['with one at both', 'αcdβ', ['αcdβ']],
    ['with one at an edge that passes for a Latin one', 'cdν', ['cdν']],
    ['with one at the other that does', 'Κilo', ['Κilo']],
  ])('%s: %s', (_how, text, words) => {
    expect(marked('mixed_script', text)).toEqual(words)
  })

  test.each([
    ['in two words', 'pay \u0430\u0440\u0430'],
    ['in two words that a hyphen joins', 'IT-компания'],
    ['Latin and Han', 'T恤'],
    ['Cyrillic and Greek', 'αж'],
    ['with one Greek letter at an edge', 'μm'],
    ['with one at the other', 'TNFα'],
  ])('but not %s: %s', (_how, text) => {
    expect(marked('mixed_script', text)).toBeUndefined()
  })
})

describe('direction is turned by', () => {
  test.each(['\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069'])(
    '%j',
    (control) => {
      expect(marked('bidi_controls', `a ${control}b`)).toEqual([control])
    },
  )

  test.each([
    ['\u202A', 'notice'],
    ['\u202D', 'warning'],
    ['\u202E', 'warning'],
    ['\u2067', 'notice'],
  ])('%j, as grave as its kind', (control, severity) => {
    const signals = screen(factsOf({ text: `a ${control}b` }))
    expect(signals.find(({ code }) => code === 'bidi_controls')).toMatchObject({ severity })
  })

  test.each(['\u200E', '\u200F', '\u2065', '\u202F', '\u206A'])('but not by %j', (other) => {
    expect(marked('bidi_controls', `a ${other}b`)).toBeUndefined()
  })
})
