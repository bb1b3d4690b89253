import { detectLanguage, languageOf } from '../../src/screening/language.ts'
import { readByWords } from '../../src/screening/language-by-words.ts'

async function tagOf(text: string, expected?: readonly string[]) {
  return (await detectLanguage(text, expected)).language
}

describe('is of no language, however much of it stands before a few words:', () => {
  test.each([
    ['addresses of pages', 'http://example.org/about/us?a=1 '],
    ['addresses of pages, ciphered', 'https://example.org/about/us?a=1 '],
    ['addresses of pages without a scheme', 'www.example.org/about/us '],
    ['addresses of mail', 'jane.doe-roe+news@mail.example.org '],
    ['mentions', '@jane_doe '],
    ['tags', '#elections_2024 #covid19vaccine '],
    ['laughter', 'haha hihi hehe jaja jeje ahah eheh '],
    ['laughter with a breath before', 'ahaha ahehe ahihihi '],
    ['laughter that breaks off', 'hahah jajaj hehehehej '],
    ['laughter out loud', 'lol looool '],
    ['Brazilian laughter', 'kkk kkkkkkk '],
    ['acronyms', 'ASEAN WHO EU '],
  ])('%s', async (_what, piece) => {
    expect(await tagOf(`${piece.repeat(30)}អរគុណច្រើន`)).toBe('km')
  })

  test('tags in a script with marks', async () => {
    expect(await tagOf(`${'#តម្លៃសាំងឡើងទៀតហើយ '.repeat(9)}Nobody asked the people who live there.`)).toBe('en')
  })
})

describe('but what only resembles it is read:', () => {
  test.each([
    ['a word behind a tag', '#a Nobody asked the people who live there.', 'en'],
    ['a word that begins as laughter', 'ລາຄາ happy lollipop kkkettle heaven hello', 'und'],
    ['one syllable', `${'ha '.repeat(30)}ຂອບໃຈຫຼາຍໆ`, 'und'],
    ['two letters', `${'kk '.repeat(30)}ຂອບໃຈຫຼາຍໆ`, 'und'],
    ['capitals that are one, or more than six', `${'X COUNCILS '.repeat(9)}ຂອບໃຈຫຼາຍໆ`, 'und'],
  ])('%s', async (_what, text, tag) => {
    expect(await tagOf(text)).toBe(tag)
  })
})

test.each(['ຂອບໃຈຫຼາຍໆ', 'ขอบคุณมากครับ', 'اتصل بي', 'Кто платит'])(
  'what is mostly in Latin letters is in no language of the others that it has: %s',
  async (few) => {
    expect(await tagOf(`${'hmm wow pls brrr '.repeat(3)}${few}`)).toBe('und')
  },
)

describe('a script tells the language', () => {
  test.each([
    ['from three letters on', 'ครบ', 'th'],
    ['but not of two', 'คบ', 'und'],
    ['or of two, where each is most of a word', '大家', 'zh'],
    ['or of two syllables', '네네', 'ko'],
    ['but not of one', '네', 'und'],
    ['of more than 65 in a hundred letters', `${'ค'.repeat(14)} ${'a'.repeat(7)}`, 'th'],
    ['but not of 65', `${'ค'.repeat(13)} ${'a'.repeat(7)}`, 'und'],
    ['a syllable counting for three letters', `${'네'.repeat(4)} ${'a'.repeat(6)}`, 'ko'],
    ['a character of Han too', `${'家'.repeat(4)} ${'a'.repeat(6)}`, 'zh'],
    ['in its first 4,000 units', `${'ค'.repeat(4000)}${' some words'.repeat(4000)}`, 'th'],
  ])('%s', async (_when, text, tag) => {
    expect(await tagOf(text)).toBe(tag)
  })
})

describe('of a language that its words tell', () => {
  test('the surer, the further the next is behind; never surer than 1, never less than six tenths', async () => {
    const far = 'Das ist doch Unsinn, was da steht.'
    const near = 'La casa es muy grande y bonita'
    const nearer = 'To je dobra vijest za grad'
    expect(await detectLanguage(far)).toEqual({ language: 'de', confidence: 1 })
    expect((await detectLanguage(near)).confidence).toBeCloseTo(0.79, 1)
    expect((await detectLanguage(nearer)).confidence).toBeCloseTo(0.69, 1)
  })

  test('none is sure by being expected alone, and none is less sure for being expected', async () => {
    const plain = 'Das ist doch Unsinn, was da steht.'
    expect(await detectLanguage(plain, ['de'])).toEqual(await detectLanguage(plain))
    expect(await detectLanguage('Kein Wort', ['de'])).toMatchObject({ language: 'de', confidence: 0.5 })
  })

  test('one that does not fit is none, however good a guess', async () => {
    const text = 'Das ist doch Unsinn, was da steht.'
    expect(await readByWords(text, [], { fits: (language) => language !== 'de' })).not.toMatchObject({
      language: 'de',
    })
    expect(await readByWords(text, [], { fits: () => false })).toBeUndefined()
  })

  test('fewer words than asked for tell none', async () => {
    const text = 'Vielen Dank für den Artikel! – 3 x y'
    expect(await readByWords(text, [], { fewest: 5 })).toMatchObject({ language: 'de' })
    expect(await readByWords(text, [], { fewest: 6 })).toBeUndefined()
  })

  test('a lead smaller than asked for tells none', async () => {
    const text = 'Кто будет за это платить?'
    expect(await readByWords(text, [], { behind: 0.03 })).toMatchObject({ language: 'ru' })
    expect(await readByWords(text, [], { behind: 0.04 })).toBeUndefined()
  })
})

test('the language of a text is the one that was expected, where it cannot be told', async () => {
  expect(await languageOf('저녁 배는 왜 또 늦었습니까? 아무도 대답하지 않았습니다.', 'en')).toBe('ko')
  expect(await languageOf('12:30!', 'lo')).toBe('lo')
})
