import { normalizeName, normalizeText } from '../../src/comments/text.ts'
import { defaultLimits } from '../../src/sites/site.ts'

const limits = { graphemes: defaultLimits.textGraphemes, bytes: defaultLimits.textBytes }

const sentences = {
  English: [
    'The council said it’d fix this road in 2019 — and here we are again.',
    'I agree with most of it, but the figures (5% vs. 12%) don’t add up.',
    '"Naïve" is too kind: did anyone read the café’s own report?',
    'Thanks! Could you link to the full interview, please?',
  ],
  Burmese: [
    'ဒီလမ်းက မိုးရွာတိုင်း ရေကြီးတယ်၊ ဘယ်တော့ပြင်မှာလဲ။',
    'ဆောင်းပါးရှင်ကို ကျေးဇူးတင်ပါတယ်။',
    'ကျွန်တော်တို့\u200Bရွာမှာလည်း ဒီလိုပဲ ဖြစ်ခဲ့တယ်။',
    'ဈေးနှုန်းတွေက ၂၀၂၀ ကထက် နှစ်ဆ တက်နေပြီ။',
  ],
  'Traditional Cantonese': [
    '部𨋢又壞咗，等咗半個鐘都未有人整。',
    '你哋講嘅嘢我都明，不過條數計錯咗㗎！',
    '唔該晒記者，呢篇文寫得好清楚。',
    '佢話「聽日先覆」，點知等咗成個禮拜都冇聲氣……',
  ],
  Mandarin: [
    '這條新聞寫得很詳細，謝謝記者。',
    '请问下一次会议是什么时候？我想去旁听。',
    '第一，价格太高；第二，服务不好。\n　　希望能改进。',
    '我家旁边的河，三十年前还能游泳呢！',
  ],
  Khmer: [
    'ខ្ញុំ\u200Bយល់ស្រប\u200Bជាមួយ\u200Bអត្ថបទ\u200Bនេះ។',
    'តម្លៃអង្ករឡើងថ្លៃណាស់ នៅផ្សារជិតផ្ទះខ្ញុំ!',
    'អរគុណចំពោះព័ត៌មាន ប៉ុន្តែរូបភាពនេះចាស់ហើយ។',
  ],
  Korean: [
    '기사 잘 읽었습니다. 다음 편은 언제 나오나요?',
    '버스가 또 30분이나 늦었어요 ㅠㅠ',
    '그 말은 좀 지나친 것 같은데요, 근거가 있습니까?',
    'ㅋㅋㅋ 우리 동네도 똑같아요.',
  ],
  Lao: ['ຂ້ອຍຢາກຮູ້ວ່າ ນ້ຳຈະຖ້ວມອີກບໍ່?', 'ໜັງສືພິມສະບັບນີ້ດີຫຼາຍ ຂອບໃຈ.', 'ລາຄານ້ຳມັນແພງຂຶ້ນທຸກໆ\u200Bເດືອນ.'],
  Tibetan: ['གསར་འགྱུར་འདི་བཀླགས་ནས་དགའ་པོ་བྱུང་།', 'ང་ཚོའི་ཡུལ་དུ་ཆུ་དཀོན་པོ་ཡིན།', 'བཀྲ་ཤིས་བདེ་ལེགས། ཐུགས་རྗེ་ཆེ།'],
  Uyghur: [
    'بۇ خەۋەر بەك مۇھىم، رەھمەت سىلەرگە!',
    'بىزنىڭ كوچىدا سۇ يەنە توختاپ قالدى.',
    'ئاپتور بۇ ھەقتە نېمە دەيدۇ؟ «COVID-19» توغرىسىدا گەپ يوق.',
  ],
  Vietnamese: [
    'Đường này ngập mãi, bao giờ mới sửa xong?',
    'Cảm ơn phóng viên, bài viết rất rõ ràng và dễ hiểu.',
    'Giá xăng tăng thêm 500 đồng; ai cũng khổ, nhất là người nghèo.',
    '“Những điều đã hứa” năm ngoái, giờ ở đâu rồi ạ?',
  ],
}

const rows = Object.entries(sentences).flatMap(([language, texts]) =>
  texts.map((text) => [language, text] as const),
)

describe('P15 ordinary text is untouched', () => {
  test.each(rows)('in %s: %s', (_language, typed) => {
    expect(normalizeText(typed, limits)).toEqual({ text: typed.normalize('NFC'), removed: {} })
    expect(normalizeText(typed.normalize('NFD'), limits).text).toBe(typed.normalize('NFC'))
  })
})

describe('P15 an ordinary name is untouched', () => {
  test.each([
    ['English', 'Siobhán O’Neill-Smith'],
    ['Burmese', 'ဒေါ်ခင်မာ'],
    ['Traditional Cantonese', '陳大文'],
    ['Mandarin', '王小明'],
    ['Khmer', 'សុខ ចាន់ថា'],
    ['Korean', '김민수'],
    ['Lao', 'ສົມພອນ'],
    ['Tibetan', 'བསྟན་འཛིན།'],
    ['Uyghur', 'ئايگۈل'],
    ['Vietnamese', 'Nguyễn Thị Hằng'],
  ])('in %s: %s', (_language, typed) => {
    expect(normalizeName(typed, limits)).toEqual({ text: typed.normalize('NFC'), removed: {} })
  })
})
