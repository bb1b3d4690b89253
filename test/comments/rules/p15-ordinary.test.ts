import { normalizeText } from '../../../src/comments/text.ts'
import { detectLanguage } from '../../../src/screening/language.ts'
import { screen } from '../../../src/screening/signals.ts'
import { factsOf } from '../../screening/facts.ts'
import { asStored, kept, submitted, textLimits } from './rows.ts'

/** What readers write, in the ten languages, with the characters that filters made for English stumble over. */
const ordinary = [
  {
    ...kept(
      'English, with curly marks and a date',
      'The council said it’d fix this “road” in 2019 — and here we are.',
    ),
    language: 'en',
  },
  {
    ...kept('English, with figures', 'I agree with most of it, but the figures (5% vs. 12%) don’t add up.'),
    language: 'en',
  },
  { ...kept('Burmese, without spaces', 'ဒီလမ်းကမိုးရွာတိုင်းရေကြီးတယ်၊ဘယ်တော့ပြင်မှာလဲ။'), language: 'my' },
  { ...kept('Burmese, with ZWSP and digits', 'ကျွန်တော်တို့\u200Bရွာမှာလည်း ၂၀၂၀ ကထက် နှစ်ဆ တက်နေပြီ။'), language: 'my' },
  {
    ...kept('Cantonese, with characters of plane 2', '部𨋢又壞咗，等咗半個鐘都未有人整㗎！'),
    language: 'yue',
  },
  {
    ...kept('Cantonese, with an English word', '佢話 email 聽日先覆，點知等咗成個禮拜都冇聲氣……'),
    language: 'yue',
  },
  {
    ...kept('Mandarin in simplified characters', '请问下一次会议是什么时候？我想去旁听。'),
    language: 'zh-Hans',
  },
  {
    ...kept('Mandarin, with ideographic indents', '第一，价格太高；第二，服务不好。\n　　希望能改进。'),
    language: 'zh-Hans',
  },
  { ...kept('Mandarin in traditional characters', '這條新聞寫得很詳細，謝謝記者。'), language: 'zh-Hant' },
  {
    ...kept('Khmer, with ZWSP between words', 'ខ្ញុំ\u200Bយល់ស្រប\u200Bជាមួយ\u200Bអត្ថបទ\u200Bនេះ។'),
    language: 'km',
  },
  { ...kept('Khmer, without', 'តម្លៃអង្ករឡើងថ្លៃណាស់នៅផ្សារជិតផ្ទះខ្ញុំ!'), language: 'km' },
  { ...kept('Korean, with tears', '버스가 또 30분이나 늦었어요 ㅠㅠ'), language: 'ko' },
  { ...kept('Korean, with laughter', 'ㅋㅋㅋ 우리 동네도 똑같아요.'), language: 'ko' },
  { ...kept('Lao, with am and ho no', 'ໜັງສືພິມສະບັບນີ້ດີຫຼາຍ ນ້ຳມັນແພງຂຶ້ນທຸກໆ\u200Bເດືອນ.'), language: 'lo' },
  { ...kept('Tibetan, with its marks', 'གསར་འགྱུར་འདི་བཀླགས་ནས་དགའ་པོ་བྱུང་།'), language: 'bo' },
  { ...kept('Tibetan, with Sanskrit’s stacks', 'ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ། བཀྲ་ཤིས་བདེ་ལེགས།'), language: 'bo' },
  { ...kept('Uyghur, from right to left', 'بۇ خەۋەر بەك مۇھىم، رەھمەت سىلەرگە!'), language: 'ug' },
  {
    ...kept('Uyghur, with a Latin word', 'ئاپتور بۇ ھەقتە نېمە دەيدۇ؟ «COVID-19» توغرىسىدا گەپ يوق.'),
    language: 'ug',
  },
  {
    ...kept('Vietnamese, with two marks on a letter', 'Đường này ngập mãi, bao giờ mới sửa xong?'),
    language: 'vi',
  },
  {
    ...kept('Vietnamese, with figures', 'Giá xăng tăng thêm 500 đồng; ai cũng khổ, nhất là người nghèo.'),
    language: 'vi',
  },
  { ...kept('emoji of every make', 'Well done 👍🏽 👩‍👩‍👧‍👦 ❤️‍🔥 🇰🇭 1️⃣'), language: 'en' },
]

describe('P15 ordinary text is untouched, byte for byte, and without signals:', () => {
  test.each(ordinary)('$why', async ({ language, ...row }) => {
    expect(submitted(row.input)).toEqual(asStored(row.expected))
    const detected = await detectLanguage(row.input, [language])
    expect(screen(factsOf({ text: row.input, detected, expectedLanguage: language }))).toEqual([])
  })

  test.each(ordinary)('$why, as a device sends it that decomposes', ({ input }) => {
    expect(normalizeText(input.normalize('NFD'), textLimits)).toEqual({ text: input, removed: {} })
  })
})
