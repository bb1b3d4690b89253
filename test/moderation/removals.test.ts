import * as fc from 'fast-check'
import { isOnlyCuts } from '../../src/moderation/removals.ts'

type Row = [what: string, before: string, after: string]

const cuts: Row[] = [
  ['nothing was cut', 'as it was', 'as it was'],
  ['at the beginning', 'You fool, the boat was late.', '[…], the boat was late.'],
  ['in the middle', 'The boat, you fool, was late.', 'The boat, […], was late.'],
  ['at the end', 'The boat was late, you fool.', 'The boat was late, […]'],
  ['everything', 'You fool.', '[…]'],
  ['both ends', 'Fool, the boat was late, fool.', '[…]the boat was late[…]'],
  ['several passages', 'one two three four five', 'one […] three […] five'],
  ['one character', 'abc', 'a[…]c'],
  ['a whole line', 'one\ntwo\nthree', 'one\n[…]\nthree'],
  ['line breaks', 'one\n\ntwo', 'one[…]two'],
  ['white space alone', 'one  two', 'one […]two'],
  ['two cuts side by side', 'abcd', 'a[…][…]d'],
  ['a passage that stands twice, the first kept', 'no no yes', 'no […]yes'],
  ['a passage that stands twice, the second kept', 'no no yes', '[…]no yes'],
  ['what is kept occurs earlier in what was cut', 'x aa x aa y', '[…]aa[…]y'],
  ['what is kept at the end occurs earlier', 'the end is not the end', '[…] the end'],
  ['beginning and end are the same', 'aba', 'a[…]a'],
  ['beginning and end touch in the old text but for one character', 'ababa', 'ab[…]ba'],
  ['all that repeats but two', 'aaaa', 'a[…]a'],
  ['the mark as typed stays', 'He said […] and fool', 'He said […] and […]'],
  ['the mark as typed is cut', 'He said […] loudly', 'He said […]'],
  ['the mark as typed is cut, for a mark', 'He […] said', 'He […] said'],
  ['the mark is all there was', '[…]', '[…]'],
  ['two marks as typed become one', '[…][…]', '[…]'],
  ['a mark as typed stays beside a cut', 'a […] b fool', 'a […] b […]'],
  ['Burmese words', 'မြန်မာ စကား ပြော', 'မြန်မာ […] ပြော'],
  ['Tibetan syllables', 'བོད་སྐད་ཡིག', 'བོད་[…]ཡིག'],
  ['Chinese characters', '他说谎话了', '他[…]了'],
  ['Arabic words', 'قال الأحمق ذلك', 'قال […] ذلك'],
  ['a whole family', 'we 👨‍👩‍👧 are', 'we […] are'],
  ['beside a family', 'we 👨‍👩‍👧 are', 'we 👨‍👩‍👧[…]'],
  ['one of two flags', '🇩🇪🇫🇷', '🇩🇪[…]'],
  ['the other of two flags', '🇩🇪🇫🇷', '[…]🇫🇷'],
  ['a letter with its marks', 'ax\u0302b', 'a[…]b'],
  ['a later letter without a mark', 'x\u0302 and x', '[…]x'],
  ['an emoji outside the basic plane', 'a😀b', 'a[…]b'],
]

const more: Row[] = [
  ['a word was added', 'The boat was late.', 'The boat was very late.'],
  ['a word was added beside a cut', 'The boat, you fool, was late.', 'The big boat, […], was late.'],
  ['a word replaces another one', 'You fool.', 'You friend.'],
  ['a cut without a mark', 'The boat, you fool, was late.', 'The boat, was late.'],
  ['one cut of two without a mark', 'one two three four', 'one[…]three'],
  ['nothing is left', 'words', ''],
  ['another mark: three dots', 'The boat was late, you fool.', 'The boat was late, [...]'],
  ['another mark: no brackets', 'The boat was late, you fool.', 'The boat was late, …'],
  ['upper case', 'the boat, fool', 'The boat, […]'],
  ['white space was added', 'one two three', 'one  […] three'],
  ['the order changed', 'one two three', 'three […] one'],
  ['the order changed between two cuts', 'one two three four', '[…]three[…]two[…]'],
  ['a passage stands twice that stood once', 'a b c', 'a […] b […] b […]'],
  ['beginning and end overlap', 'aba', 'aba[…]ba'],
  ['beginning and end overlap by one', 'aba', 'ab[…]ba'],
  ['what is kept in the middle reaches into the end', 'abcabd', 'a[…]cab[…]abd'],
  ['more than there was', 'aa', 'a[…]a[…]a'],
  ['a mark where nothing was cut: in the middle', 'ab', 'a[…]b'],
  ['a mark where nothing was cut: at the beginning', 'ab', '[…]ab'],
  ['a mark where nothing was cut: at the end', 'ab', 'ab[…]'],
  ['a mark where nothing was cut, beside a real one', 'one two', 'o[…]ne […]'],
  ['a second mark for one character', 'abc', 'a[…][…]c'],
  ['the mark as typed has three characters, so not four cuts', 'a […] b', 'a […][…][…][…] b'],
  ['the mark as typed became words', 'a […] b', 'a word b'],
  ['half a family', 'we 👨‍👩‍👧 are', 'we 👨‍👩[…] are'],
  ['the last of a family', 'we 👨‍👩‍👧 are', 'we […]👧 are'],
  ['two halves of two flags', '🇩🇪🇫🇷', '🇩[…]🇷'],
  ['another flag from two', '🇩🇪🇫🇷', '[…]🇪🇫[…]'],
  ['a mark taken off its letter', 'ax\u0302b', 'ax[…]b'],
  ['a letter taken from under its mark', 'ax\u0302b', 'a[…]\u0302b'],
  ['a Burmese vowel taken off its letter', 'ကို', 'က[…]'],
  ['a skin colour', 'a 👍🏿 b', 'a 👍[…] b'],
  ['half an emoji', 'a😀b', 'a\ud83d[…]b'],
  ['the same letters in another normal form', '\u00e9 and more', 'e\u0301[…]'],
]

describe('an edit that only cuts, and marks each cut', () => {
  test.each(cuts)('may be: %s', (_what, before, after) => {
    expect(isOnlyCuts(before, after)).toBe(true)
  })

  test.each(more)('may not be: %s', (_what, before, after) => {
    expect(isOnlyCuts(before, after)).toBe(false)
  })

  test('may be whatever is left of any text, character by character, with a mark for each cut', () => {
    const character = fc.constantFrom('a', 'b', 'ab', 'e\u0301', '🇩🇪', '👩\u200D👩', 'ကို', '\n')
    const kept = fc.array(fc.tuple(character, fc.boolean()), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(kept, (characters) => {
        const before = characters.map(([one]) => one).join('')
        const marked = characters.map(([one, isKept]) => (isKept ? one : '\0')).join('')
        expect(isOnlyCuts(before, marked.replaceAll(/\0+/g, '[…]'))).toBe(true)
        expect(isOnlyCuts(before, `${marked.replaceAll(/\0+/g, '[…]')}c`)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['that begins as it goes on', 'xaabaabaaazy', 'x[…]aabaaa[…]y', true],
    ['that stands in itself', 'xababababcy', 'x[…]ababc[…]', true],
    ['of two places that overlap', 'xaaaay', 'x[…]aa[…]aa[…]', false],
    ['whose first place is no whole character', 'x\u0302aab x\u0302a', '[…]a[…]x\u0302a', true],
  ])('finds a passage %s', (_what, before, after, may) => {
    expect(isOnlyCuts(before, after)).toBe(may)
  })

  test('is judged, however long and repetitive the text', () => {
    const long = 'ab'.repeat(10_000)
    expect(isOnlyCuts(long, `${'[…]ab'.repeat(4_999)}[…]`)).toBe(true)
    expect(isOnlyCuts(long, `[…]${'ab'.repeat(4_999)}c[…]`)).toBe(false)
    expect(isOnlyCuts('x\u0302'.repeat(10_000), `[…]${'x'.repeat(10)}[…]`)).toBe(false)
    const stacked = `x${`a${'\u0316'.repeat(29)}`.repeat(1_000)}y`
    expect(isOnlyCuts(stacked, `x[…]${'\u0316[…]'.repeat(2_000)}y`)).toBe(false)
    const letters = 'a'.repeat(20_000)
    expect(isOnlyCuts(letters, `a[…]${'a'.repeat(5_000)}b${'a'.repeat(5_000)}[…]a`)).toBe(false)
  })
})
