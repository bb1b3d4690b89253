import { screen } from '../../../src/screening/signals.ts'
import { toUnicode } from '../../../src/screening/zawgyi.ts'
import { factsOf } from '../../screening/facts.ts'
import { asStored, kept, type Row, submitted } from './rows.ts'

const zawgyi: Row[] = [
  { why: 'a greeting', input: 'ေက်းဇူးတင္ပါတယ္', expected: 'ကျေးဇူးတင်ပါတယ်' },
  { why: 'a language’s name', input: 'ျမန္မာစာ', expected: 'မြန်မာစာ' },
  { why: 'a country’s name', input: 'ျမန္မာႏိုင္ငံ', expected: 'မြန်မာနိုင်ငံ' },
  {
    why: 'the weather',
    input: 'ဒီေန႔ မိုး႐ြာလို႔ လမ္းေတြ ေရႀကီးေနတယ္။',
    expected: 'ဒီနေ့ မိုးရွာလို့ လမ်းတွေ ရေကြီးနေတယ်။',
  },
  { why: 'a sentence among English words', input: 'Hello ေက်းဇူးတင္ပါတယ္ OK', expected: 'Hello ကျေးဇူးတင်ပါတယ် OK' },
]

describe('P14 Zawgyi is stored as typed, told of, and shown in Unicode to moderators only:', () => {
  test.each(zawgyi)('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(input))
    expect(screen(factsOf({ text: input, expectedLanguage: 'my' }))).toEqual([
      {
        code: 'zawgyi',
        severity: 'notice',
        message: 'The Burmese is written in Zawgyi, which many devices show wrongly.',
        ranges: [],
      },
    ])
    expect(toUnicode(input)).toBe(expected)
  })
})

test('P14 where Burmese only may be Zawgyi, that is what a moderator is told', () => {
  expect(screen(factsOf({ text: 'မြန်မာ လို႔' }))).toMatchObject([
    { code: 'zawgyi', message: 'The Burmese may be written in Zawgyi, which many devices show wrongly.' },
  ])
})

const unicode = [
  kept('Burmese in Unicode', 'ဒီနေ့ မိုးရွာလို့ လမ်းတွေ ရေကြီးနေတယ်။'),
  kept('a short Burmese word', 'မြန်မာ'),
  kept('what both spell alike', 'စား'),
  kept('Shan', 'မႂ်ႇသုင်ၶႃႈ လိၵ်ႈတႆး'),
  kept('Mon', 'ဍုၚ်မန် ကောန်ဂကူမန်'),
  kept('Karen', 'တၢ်ထံၣ်တၢ်ပၥ်သး'),
  kept('Burmese digits', '၁၂၃'),
  kept('another script', 'ខ្ញុំយល់ស្រប'),
]

describe('P14 nothing is said of', () => {
  test.each(unicode)('$why', (row) => {
    expect(submitted(row.input)).toEqual(asStored(row.expected))
    expect(screen(factsOf({ text: row.input }))).toEqual([])
  })
})
