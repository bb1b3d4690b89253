import { wording } from '../../src/comments/wording.ts'
import { Problem } from '../../src/http/problems.ts'

const limits = { textGraphemes: 10, textBytes: 40, nameGraphemes: 4 }

describe('words as they are stored', () => {
  test.each([
    [
      'with a name',
      { text: ' Hello ', name: ' Ana ' },
      { text: 'Hello', name: 'Ana', graphemes: 5, bytes: 5 },
    ],
    ['without one', { text: 'Hello' }, { text: 'Hello', name: null, graphemes: 5, bytes: 5 }],
    ['with none', { text: 'Hello', name: null }, { text: 'Hello', name: null, graphemes: 5, bytes: 5 }],
    [
      'with nothing to see as a name',
      { text: 'a', name: ' ' },
      { text: 'a', name: null, graphemes: 1, bytes: 1 },
    ],
    [
      'measured as readers and as bytes',
      { text: '👍🏽é' },
      { text: '👍🏽é', name: null, graphemes: 2, bytes: 10 },
    ],
    [
      'with a name of 32 bytes a character',
      { text: 'a', name: '👩\u200D👩\u200D👧\u200D👦'.repeat(4) },
      { bytes: 1 },
    ],
  ])('%s', (_what, written, stored) => {
    expect(wording(written, limits)).toMatchObject({ ...stored, removed: {} })
  })

  test('and what was removed from either, together', () => {
    expect(wording({ text: 'a\0b\uFEFF', name: '\0\u0007' }, limits).removed).toEqual({
      controls: 3,
      special: 1,
    })
  })
})

describe('a refusal names the field and the reason:', () => {
  test.each([
    ['an empty text', { text: ' ' }, 'text_empty', '#/text', /nothing to read/],
    [
      'a text of too many characters',
      { text: 'a'.repeat(11) },
      'text_too_long',
      '#/text',
      /^A comment may have/,
    ],
    [
      'a text of too many bytes',
      { text: '𨋢'.repeat(11) },
      'text_too_large',
      '#/text',
      /take at most 40 bytes/,
    ],
    [
      'a name of too many characters',
      { text: 'a', name: 'Robin' },
      'name_too_long',
      '#/name',
      /^A name may have/,
    ],
    [
      'a name of too many bytes',
      { text: 'a', name: `a${'\u0489'.repeat(29)}`.repeat(4) },
      'name_too_long',
      '#/name',
      /take at most 128 bytes/,
    ],
    [
      'the text, where both are wrong',
      { text: '', name: 'Robin' },
      'text_empty',
      '#/text',
      /nothing to read/,
    ],
  ])('%s', (_what, written, code, pointer, detail) => {
    const problem = refusalOf(written)
    expect(problem).toMatchObject({ code, message: expect.stringMatching(detail) })
    expect(problem?.extras).toEqual({ errors: [{ pointer, code, detail: problem?.message }] })
  })
})

function refusalOf(written: Parameters<typeof wording>[0]): Problem | undefined {
  try {
    wording(written, limits)
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown
    throw thrown
  }
  return undefined
}
