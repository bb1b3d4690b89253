import { mock } from 'node:test'
import { detectLanguage } from '../../src/screening/language.ts'

async function tagOf(text: string, ...expected: string[]) {
  return (await detectLanguage(text, expected)).language
}

describe('Burmese is told from languages in its letters', () => {
  const thanks = 'ကျေးဇူးတင်ပါတယ်'.repeat(7)

  test('where fewer than 3 in 100 letters are theirs', async () => {
    expect(await tagOf(`${thanks.slice(0, 98)}\uAA60\uAA60`)).toBe('my')
    expect(await tagOf(`${thanks.slice(0, 97)}\uAA60\uAA60\uAA60`)).toBe('und')
  })

  test.each([
    ['a letter of Mon', '\u1028'],
    ['a vowel of Mon', '\u1033'],
    ['a letter of Karen', '\u1065'],
    ['a letter of Shan', '\u1075'],
    ['a letter of Khamti Shan', '\uAA60'],
    ['a letter of Tai Laing', '\uA9E7'],
    ['ဟ် that ends a syllable', 'ဟ်'],
    ['ှ် that ends one', 'ကှ်'],
    ['ုဲ, two vowels', 'ကုဲ'],
    ['ိာ, two others', 'ကိာ'],
    ['ိက်, an ending of Mon', 'ကိက်'],
  ])('by %s', async (_what, letters) => {
    expect(await tagOf('ကက ကက ကကက')).toBe('my')
    expect(await tagOf(`ကက ${letters} ကကက`)).toBe('und')
  })
})

describe('Japanese is told from Chinese', () => {
  test.each([
    ['by three Kana', '新聞をよむ', 'ja'],
    ['in Katakana too', '東京タワー', 'ja'],
    ['by more than 15 Kana for 100 characters of Han', `${'家'.repeat(18)}のをに`, 'ja'],
    ['but not by 15', `${'家'.repeat(20)}のをに`, 'zh'],
    ['by one, where no Chinese is expected', '家の', 'ja'],
  ])('%s: %s', async (_by, text, tag) => {
    expect(await tagOf(text)).toBe(tag)
  })

  test('by three Kana, and not by two, where Chinese is expected', async () => {
    expect(await tagOf('家のを', 'zh-Hant')).toBe('zh-Hant')
    expect(await tagOf('家のをに', 'zh-Hant')).toBe('ja')
    expect(await tagOf('家のを', 'YUE')).toBe('zh-Hant')
  })

  test.each([
    ['zh-HK', 'zh-Hant'],
    ['zh-MO', 'zh-Hant'],
    ['ZH-TW', 'zh-Hant'],
    ['zh-SG', 'zh-Hans'],
  ])('and Chinese that no character tells is that of %s', async (expected, tag) => {
    expect(await detectLanguage('大家好', [expected])).toEqual({ language: tag, confidence: 0.6 })
  })
})

test('what the characters of Chinese tell goes before what is expected', async () => {
  expect(await tagOf('昨天的新闻', 'zh-TW')).toBe('zh-Hans')
  expect(await tagOf('昨天的新聞', 'zh-CN')).toBe('zh-Hant')
  expect(await tagOf('我都覺得係', 'yue')).toBe('yue')
  expect(await tagOf('我都覺得係', 'en', 'YUE')).toBe('yue')
})

describe('Dzongkha is told from Tibetan by two of its words, less surely than by none', () => {
  test.each([
    ['one before a stroke', 'བདེན་པ་ཨིན།', 'bo', 0.7],
    ['two before strokes', 'བདེན་པ་ཨིན། བདེན་པ་ཨིན།', 'dz', 1],
    ['two before points', 'བདེན་ཨིན་པ་ཨིན་ན།', 'dz', 1],
    ['ཨིན in a longer word', 'བདེན་ཨིནད། བདེན་ཨིནད།', 'bo', 1],
    ['ལུ behind a word', 'ང་ལུ་ཁོང་ལུ་ན།', 'dz', 1],
    ['ལུ where a word begins', 'ལུ་ན། ལུ་ན།', 'bo', 1],
    ['lambs, ལུ་གུ', 'ང་ལུ་གུ་ཁོང་ལུ་གུ', 'bo', 1],
    ['འབད, to do', 'ང་འབད་ནི་འབད་ནི།', 'dz', 1],
    ['འབད་བརྩོན, diligence', 'ང་འབད་བརྩོན་འབད་བརྩོན།', 'bo', 1],
  ])('%s: %s', async (_what, text, language, confidence) => {
    expect(await detectLanguage(text)).toEqual({ language, confidence })
  })
})

describe('Uyghur is told', () => {
  test.each([
    ['by its own vowels', 'كېلىدۇ بۈگۈن', 'ug', 1],
    ['by a vowel that begins a word', 'ئات ئالما ئاپا', 'ug', 1],
    ['less surely by letters that it shares', 'مەكتەپ مەن', 'ug', 0.7],
    ['by ى inside of a word', 'كىتاب بىر', 'ug', 0.7],
    ['though 3 letters in 100 are foreign', `ق${'بۈگۈن'.repeat(20)}`, 'ug', 1],
  ])('%s: %s', async (_by, text, language, confidence) => {
    expect(await detectLanguage(text)).toEqual({ language, confidence })
  })

  test('but not where 4 letters in 100 are foreign', async () => {
    expect(await tagOf(`ظظظظ${'بۈگۈن'.repeat(19)}ب`)).not.toBe('ug')
  })

  test('with doubt where it is expected, unless one letter is foreign', async () => {
    expect(await detectLanguage('قار ياغدى', ['ug'])).toEqual({ language: 'ug', confidence: 0.5 })
    expect(await tagOf('قار ياغدى ظ', 'ug')).not.toBe('ug')
  })
})

describe('a language is read by its words, unless it lacks a letter', () => {
  test.each([
    ['ar', 'شكرا جزيلا على هذا المقال الرائع', 'گ'],
    ['fa', 'خیلی ممنون از گزارش خوب شما', 'ٹ'],
    ['ur', 'میں اس مضمون سے متفق نہیں ہوں', 'ې'],
    ['ckb', 'سوپاس بۆ بابەتەکە زۆر باش بوو', 'ٹ'],
    ['ru', 'Я совершенно не согласен с автором', 'ї'],
    ['uk', 'Я зовсім не згоден з автором цієї статті', 'ы'],
    ['bg', 'Не съм съгласен с автора на тази статия', 'э'],
    ['sr', 'Не слажем се са аутором овог чланка', 'щ'],
    ['be', 'Я не згодны з аўтарам гэтага артыкула', 'щ'],
  ])('%s: %s', async (language, text, letter) => {
    expect(await tagOf(text)).toBe(language)
    expect(await tagOf(`${text} ${letter}`)).not.toBe(language)
    expect(await tagOf(`${text} ${letter.toUpperCase()}`)).not.toBe(language)
  })

  test.each(['ә', 'қ', 'ү', 'ҳ', 'ѓ', 'ѕ', 'Ө'])('nobody here can read a text with %s', async (letter) => {
    expect(await tagOf(`Я совершенно не согласен с автором ${letter}`)).toBe('und')
  })
})

describe('Hindi, Marathi and Nepali are told by their little words', () => {
  test.each([
    ['one of Hindi', 'धन्यवाद है', 'hi', 0.7],
    ['two of Hindi', 'धन्यवाद है और', 'hi', 1],
    ['one of Marathi', 'धन्यवाद आहे', 'mr', 0.7],
    ['two of Nepali', 'धन्यवाद छ मा', 'ne', 1],
    ['two of one and one of another', 'है और आहे', 'hi', 1],
    ['one of both', 'हो हो', 'und', 0],
    ['one inside of a word', 'हैरान कमाल', 'und', 0],
  ])('%s: %s', async (_what, text, language, confidence) => {
    expect(await detectLanguage(text)).toEqual({ language, confidence })
  })
})

describe('Vietnamese is told', () => {
  test.each([
    ['by more than half of its words with marks of its own', 'Ủng hộ Facebook', 'vi'],
    ['by a third of them, where most have its form', 'giá vàng lại tăng', 'vi'],
    ['but not by a dish', 'I ate phở with my friends in the old town yesterday', 'en'],
  ])('%s: %s', async (_by, text, tag) => {
    expect(await tagOf(text)).toBe(tag)
  })

  test('with doubt, without marks, where it is expected in any case', async () => {
    expect(await detectLanguage('ban co khoe khong', ['VI-VN'])).toEqual({ language: 'vi', confidence: 0.5 })
  })
})

test('names are no words of another language, in brackets, in quotes and behind a comma', async () => {
  const text = 'We saw Marseille, (Bordeaux “Toulouse” ‘Montpellier’ and Strasbourg-Neudorf.'
  expect(await tagOf(text, 'en')).toMatch(/^(en|und)$/)
})

test('which languages are written in Latin is looked up once for each', async () => {
  const said = 'The evening boat was late again, and nobody on the quay was surprised.'
  const lookedUp = mock.method(Intl.Locale.prototype, 'maximize')
  const first = await detectLanguage(said, ['en'])
  const before = lookedUp.mock.callCount()
  const again = await detectLanguage(said, ['en'])
  expect(lookedUp.mock.callCount()).toBe(before)
  await detectLanguage(said, ['en-IE'])
  expect(lookedUp.mock.callCount()).toBe(before + 1)
  lookedUp.mock.restore()
  expect(again).toEqual(first)
  expect(first.language).toBe('en')
})
