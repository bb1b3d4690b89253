import * as fc from 'fast-check'
import { difference } from '../../src/comments/comparing.ts'
import { Difference } from '../../src/comments/difference.ts'

const byGrapheme = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** `kept [removed] {added}` */
function drawn(before: string, after: string) {
  const drawings = { kept: ['', ''], removed: ['[', ']'], added: ['{', '}'] } as const
  return difference(before, after)
    .map(({ kind, text }) => drawings[kind][0] + text + drawings[kind][1])
    .join('')
}

function side(pieces: Difference, other: 'removed' | 'added') {
  return pieces.filter(({ kind }) => kind !== other).map(({ text }) => text)
}

function boundaries(text: string) {
  return new Set([...Array.from(byGrapheme.segment(text), ({ index }) => index), text.length])
}

/** Where one of the pieces ends inside a grapheme of the whole. */
function cuts(pieces: string[]) {
  const lawful = boundaries(pieces.join(''))
  const ends = pieces.map((_, index) => pieces.slice(0, index + 1).join('').length)
  return ends.filter((end) => !lawful.has(end))
}

function numbered(prefix: string, count: number) {
  return Array.from({ length: count }, (_, index) => `${prefix}${index} `).join('')
}

test('a difference is of three kinds of pieces, none of them empty', () => {
  const pieces = difference('one two', 'one three')
  expect(pieces.map(({ kind }) => kind)).toEqual(['kept', 'removed', 'added'])
  expect(Difference.parse(pieces)).toEqual(pieces)
  expect(Difference.safeParse([{ kind: 'kept', text: '' }]).success).toBe(false)
})

describe('a difference shows whole words', () => {
  test.each([
    ['English', 'The quick brown fox', 'The slow brown fox jumps', 'The [quick]{slow} brown fox{ jumps}'],
    ['an apostrophe', "I don't know", "I can't know", "I [don't]{can't} know"],
    ['a number', 'It costs 3.14 now', 'It costs 3.15 now', 'It costs [3.14]{3.15} now'],
    ['lines', 'one\ntwo\n\nthree', 'one\nthree', 'one\n[two\n\n]three'],
    ['Khmer', 'ខ្ញុំចូលចិត្តអានព័ត៌មាន', 'ខ្ញុំចូលចិត្តសរសេរព័ត៌មាន', 'ខ្ញុំចូលចិត្ត[អាន]{សរសេរ}ព័ត៌មាន'],
    ['Burmese', 'မြန်မာစာကို ဖတ်တယ်။', 'မြန်မာစာကို ရေးတယ်။', 'မြန်မာစာကို [ဖတ်]{ရေး}တယ်။'],
    ['Chinese', '我们今天去看电影。', '我们明天去看电影。', '我们[今天]{明天}去看电影。'],
    ['Cantonese', '我哋今日去睇戲。', '我哋聽日去睇戲。', '我哋[今日]{聽日}去睇戲。'],
    ['Korean', '오늘 비가 많이 왔어요', '어제 비가 많이 왔어요', '[오늘]{어제} 비가 많이 왔어요'],
    ['Lao', 'ຂ້ອຍມັກອ່ານຂ່າວ', 'ຂ້ອຍມັກຂຽນຂ່າວ', 'ຂ້ອຍມັກ[ອ່ານ]{ຂຽນ}ຂ່າວ'],
    ['Tibetan', 'བོད་ཡིག་འབྲི།', 'བོད་ཡིག་ཀློག།', 'བོད་ཡིག་[འབྲི]{ཀློག}།'],
    ['Uyghur', 'بۈگۈن يامغۇر ياغدى', 'تۈنۈگۈن يامغۇر ياغدى', '[بۈگۈن]{تۈنۈگۈن} يامغۇر ياغدى'],
    ['Vietnamese', 'Hôm nay trời mưa', 'Hôm qua trời mưa', 'Hôm [nay]{qua} trời mưa'],
    ['an emoji family', 'so 👨‍👩‍👧 it is', 'so 👨‍👩‍👦 it is', 'so [👨‍👩‍👧]{👨‍👩‍👦} it is'],
    ['skin tones', '👍🏻 yes', '👍🏿 yes', '[👍🏻]{👍🏿} yes'],
    ['flags', '🇰🇭🇲🇲🇱🇦', '🇰🇭🇻🇳🇱🇦', '🇰🇭[🇲🇲]{🇻🇳}🇱🇦'],
    ['a keycap', 'floor 1️⃣', 'floor 2️⃣', 'floor [1️⃣]{2️⃣}'],
    ['combining marks', 'caf\u0065\u0301 x', 'cafe x', '[caf\u0065\u0301]{cafe} x'],
    ['a mark on a space', 'a \u0301b', 'a b', 'a[ \u0301]{ }b'],
    ['a Lao vowel that a word break would cut off', '- \u0EB3', '-  ', '-[ \u0EB3]{  }'],
  ])('with %s', (_script, before, after, drawing) => {
    expect(drawn(before, after)).toBe(drawing)
  })

  test('nothing between equal texts, everything from or to nothing', () => {
    expect(difference('same', 'same')).toEqual([{ kind: 'kept', text: 'same' }])
    expect(difference('', '')).toEqual([])
    expect(difference('gone', '')).toEqual([{ kind: 'removed', text: 'gone' }])
    expect(difference('', 'new')).toEqual([{ kind: 'added', text: 'new' }])
  })

  test.each(['👨‍👩‍👧', '🇰🇭', 'e\u0301', '각', 'ខ្ញុំ', '👍🏽'])(
    'a long run of %s is never cut inside one',
    (grapheme) => {
      const run = `-${grapheme.repeat(1500)}`
      const pieces = difference(`${run}-`, `-${run}=`)
      expect(cuts(side(pieces, 'added'))).toEqual([])
      expect(cuts(side(pieces, 'removed'))).toEqual([])
    },
  )

  test.each([999, 1000, 1001, 2100])('a character of %d units and more stays whole', (units) => {
    const chain = '👩\u200D'.repeat(units / 3 + 1)
    expect(difference(`${chain} one`, `${chain} two`)).toEqual([
      { kind: 'kept', text: `${chain} ` },
      { kind: 'removed', text: 'one' },
      { kind: 'added', text: 'two' },
    ])
    expect(difference(`one ${chain} one`, `two ${chain} one`)[2]).toEqual({
      kind: 'kept',
      text: ` ${chain} one`,
    })
  })

  test('a character as long as a window, of pairs of units, changes as a whole', () => {
    const before = '👩\u200D'.repeat(400)
    const after = '👩\u200D'.repeat(333) + '👨\u200D'.repeat(67)
    expect(difference(before, after)).toEqual([
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ])
  })

  test('far into a long text, one changed word is one change, whatever the windows were', () => {
    const sentences = [
      'Some words stand here, 3.14 of them. ',
      '我们今天去看电影，好不好？',
      'បន្ទាប់\u200Bមក\u200B',
      'ཡག་པོ་འདུག',
    ]
    for (const sentence of sentences) {
      const rest = sentence.repeat(200)
      const pieces = difference(`first ${rest} last`, `incomparably ${rest} end`)
      expect(pieces.map(({ kind }) => kind)).toEqual(['removed', 'added', 'kept', 'removed', 'added'])
      expect(pieces[2]?.text).toBe(` ${rest} `)
    }
  })
})

describe('where a text is long', () => {
  test.each([
    ['Chinese', '一，', '二三四，', '我们今天去看电影，好不好？'],
    ['Khmer', 'មួយ\u200B', 'ពីរបី\u200B', 'បន្ទាប់\u200Bមក\u200B'],
    ['Tibetan', 'ཀ་', 'ཁག་', 'ཡག་པོ་འདུག་'],
  ])('and has no space, as in %s, one changed word is one change', (_, one, other, sentence) => {
    const rest = sentence.repeat(400)
    const pieces = difference(`${one}${rest}`, `${other}${rest}`)
    expect(pieces.map(({ kind }) => kind)).toEqual(['removed', 'added', 'kept'])
    expect(pieces[2]?.text).toContain(rest)
  })

  test('a word stays whole up to the thousandth letter, and what is longer is parted', () => {
    const word = 'a'.repeat(999)
    expect(drawn(`${word}b`, `${word}c`)).toBe(`[${word}b]{${word}c}`)
    expect(drawn(`${word}bd`, `${word}be`)).toBe(`${word}[bd]{be}`)
  })

  test('a word far behind an emoji is parted like any other', () => {
    const rest = `👨‍👩‍👧‍👦 ${'word '.repeat(300)}`
    expect(drawn(`${rest}foo-bar`, `${rest}foo-baz`)).toBe(`${rest}foo-[bar]{baz}`)
  })

  test('a letter with more than a thousand marks stays whole', () => {
    const letter = `a${'\u0301'.repeat(1200)}`
    expect(drawn(`${letter} one`, `${letter} two`)).toBe(`${letter} [one]{two}`)
    expect(drawn(`${letter}\u0301 one`, `${letter} one`)).toBe(`[${letter}\u0301]{${letter}} one`)
  })

  test.each([
    ['250 words are replaced, each by itself', 250, 1 + 250 * 3],
    ['251 are, all at once', 251, 4],
  ])('%s', (_, count, pieces) => {
    const [before, after] = ['a', 'b'].map((letter) => `${letter} and `.repeat(count))
    expect(difference(`So ${before}so.`, `So ${after}so.`)).toHaveLength(pieces)
  })
})

describe('for any two texts', () => {
  const words = [
    'one ',
    'two',
    '\n',
    '\r\n',
    ' ',
    '.',
    '我们今天',
    'ខ្ញុំ\u200Bអាន',
    'မြန်မာစာ',
    '가나',
    'བོད་ཡིག',
    'ກຳ',
  ]
  const odd = [
    '\u0301',
    '\u200D',
    '👩‍❤️‍👩',
    '🇰🇭',
    '🇲',
    '\uFE0F',
    '\u0E33',
    '\u0600',
    '\uD83D',
    '\uDE00',
    '\u1160',
    '्',
    'क',
  ]
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc.array(fc.constantFrom(...words, ...odd), { maxLength: 60 }).map((parts) => parts.join('')),
    fc
      .array(fc.constantFrom(...words, ...odd), { minLength: 500, maxLength: 600 })
      .map((parts) => parts.join('')),
  )

  test('kept and removed are the text before, kept and added the text after, and no grapheme is cut', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const pieces = difference(before, after)
        expect(Difference.parse(pieces)).toEqual(pieces)
        expect(side(pieces, 'added').join('')).toBe(before)
        expect(side(pieces, 'removed').join('')).toBe(after)
        expect(cuts(side(pieces, 'added'))).toEqual([])
        expect(cuts(side(pieces, 'removed'))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('an edit in the middle of a text leaves both sides of it kept', () => {
    const plain = fc.array(fc.constantFrom('one ', 'two ', '三。', 'ខ្ញុំ\u200B'), {
      minLength: 1,
      maxLength: 400,
    })
    fc.assert(
      fc.property(plain, plain, (left, right) => {
        const before = `${left.join('')} cut ${right.join('')}`
        const after = `${left.join('')} changed ${right.join('')}`
        expect(difference(before, after)).toEqual([
          { kind: 'kept', text: `${left.join('')} ` },
          { kind: 'removed', text: 'cut' },
          { kind: 'added', text: 'changed' },
          { kind: 'kept', text: ` ${right.join('')}` },
        ])
      }),
      { numRuns: 100 },
    )
  })

  test('removed stands before added, and equal kinds are one piece', () => {
    const order = { kept: 0, removed: 1, added: 2 }
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const kinds = difference(before, after).map(({ kind }) => kind)
        kinds.slice(1).forEach((kind, index) => {
          const previous = kinds[index] ?? 'kept'
          expect(kind === 'kept' ? previous !== 'kept' : order[kind] > order[previous]).toBe(true)
        })
      }),
      { numRuns: 200 },
    )
  })
})

describe('the worst case stays cheap', () => {
  test('texts that share nothing but their ends are replaced between them', () => {
    const pieces = difference(`Dear all, ${numbered('a', 5000)}bye.`, `Dear all, ${numbered('b', 5000)}bye.`)
    expect(pieces.map(({ kind }) => kind)).toEqual(['kept', 'removed', 'added', 'kept'])
    expect(pieces[0]?.text).toBe('Dear all, ')
    expect(pieces[3]?.text).toBe(' bye.')
  })

  test.each([
    ['words', numbered('a', 8000), numbered('b', 8000)],
    ['Chinese without a stop', '我哋今日去睇戲'.repeat(5000), '香港人好鍾意'.repeat(5000)],
    ['Khmer without a space', 'ខ្ញុំចូលចិត្តអាន'.repeat(1500), 'ព័ត៌មានថ្មី'.repeat(1500)],
    ['one endless emoji', '👨\u200D'.repeat(10_000), '👩\u200D'.repeat(10_000)],
    ['endless marks', `a${'\u0301'.repeat(30_000)}`, `b${'\u0301'.repeat(30_000)}`],
    ['flags', '🇰🇭'.repeat(8000), '🇲🇲'.repeat(8000)],
  ])('%s', (_what, before, after) => {
    const pieces = difference(before, after)
    expect(side(pieces, 'added').join('')).toBe(before)
    expect(side(pieces, 'removed').join('')).toBe(after)
  })
})
