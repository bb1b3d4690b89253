import * as fc from 'fast-check'
import { Signal, SignalCode } from '../../src/screening/signal.ts'
import { screen } from '../../src/screening/signals.ts'
import { factsOf } from './facts.ts'

const ordinary: Record<string, string[]> = {
  English: [
    'I walked past the new library on Saturday, and it is open at last.',
    "Don't blame the drivers: the timetable (the one from 2019) was never realistic, was it?",
    'My rent went up 12% in a year. NASA and the WHO cannot fix that… 😀👍🏽 “Thanks,” I said.',
    'if (a<b && c>d) is maths, AT&T is a firm, and I <3 this town. E.g. at 3.14 or 10:30 a.m., i.e. soon...so what?',
  ],
  Burmese: [
    'ဒီနေ့ မိုးရွာလို့ လမ်းတွေ ရေကြီးနေတယ်။',
    'ကျွန်မတို့ရွာမှာ\u200Bလည်း ကျောင်းအသစ်\u200Bဖွင့်ပြီ၊ ဝမ်းသာပါတယ်။',
    'ဈေးနှုန်းတွေ တက်လာတာ သုံးလရှိပြီ ဖြစ်ပါတယ်။',
    'ဆရာဝန် ၅ ယောက်ပဲ ရှိတော့တယ်လို့ ကြားတယ် 😢',
  ],
  Cantonese: [
    '今日落好大雨，巴士等咗成個鐘都唔嚟。',
    '我哋嘅街坊都話新嗰間圖書館好靚㗎！',
    '佢哋成日講 WhatsApp 群組，我都唔識用 😂',
    '「唔該借借」——喺港鐵度聽到呢句就開心。',
  ],
  Mandarin: [
    '昨天的新闻我看了三遍，还是不太明白。',
    '　　市政府说明年会修好这座桥，大家等着看吧。',
    '中国、UNESCO、ASEAN、NATO、WHO 和 WTO 都派了代表。',
    '房租涨了12%，工资却没有变……怎么办？',
  ],
  Khmer: [
    'ថ្ងៃនេះ\u200Bភ្លៀង\u200Bខ្លាំង\u200Bណាស់ ផ្លូវ\u200Bលិច\u200Bទឹក។',
    'ខ្ញុំ\u200Bសូម\u200Bអរគុណ\u200Bដល់\u200Bអ្នក\u200Bសរសេរ\u200Bព័ត៌មាន Facebook\u200Bនេះ។',
    'តម្លៃ\u200Bអង្ករ\u200Bឡើង ២៥\u200B% ក្នុង\u200Bមួយ\u200Bឆ្នាំ 25\u200B%\u200B ។',
    'កូន\u200Bខ្ញុំ\u200Bរៀន\u200Bនៅ\u200Bសាលា\u200Bថ្មី ៕',
  ],
  Korean: [
    '어제 새 도서관에 다녀왔는데 정말 좋았어요 ㅋㅋㅋ',
    '버스가 한 시간에 한 대뿐이라서 출근하기 힘듭니다.',
    'KTX 요금이 또 올랐네요. 너무하지 않나요?',
    '기사 잘 읽었습니다 ㅠㅠ 다음 편도 기다릴게요 ^^',
  ],
  Lao: [
    'ມື້ນີ້ຝົນຕົກໜັກ ທາງບ້ານນ້ຳຖ້ວມ.',
    'ຂ້ອຍ\u200Bມັກ\u200Bອ່ານ\u200Bຂ່າວ\u200Bທຸກ\u200Bເຊົ້າ.',
    'ໂຮງຮຽນໃໝ່ເປີດແລ້ວ ດີໃຈຫຼາຍ 😊',
    'ລາຄາເຂົ້າຂຶ້ນ 20% ໃນປີດຽວ, ຈະເຮັດແນວໃດ?',
  ],
  Tibetan: [
    'དེ་རིང་ཆར་པ་ཆེན་པོ་བབས་སོང་།',
    'ང་ཚོའི་གྲོང་གསེབ་ལ་སློབ་གྲྭ་གསར་པ་ཞིག་བཙུགས་པ་རེད།',
    'ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ། གསར་འགྱུར་འདི་ཡག་པོ་འདུག',
    'དཔེ་མཛོད་ཁང་ནི་ཕྱི་ཚེས་༡༥་ལ་སྒོ་འབྱེད་ཀྱི་རེད།',
  ],
  Uyghur: [
    'بۈگۈن يامغۇر قاتتىق ياغدى، يوللار سۇ بولۇپ كەتتى.',
    'مەن بۇ خەۋەرنى ئۈچ قېتىم ئوقۇدۇم؛ يەنىلا چۈشەنمىدىم!',
    'يېڭى كۈتۈپخانا بەك چىرايلىق بوپتۇ 😊',
    'نەرخ-ناۋا بىر يىلدا 12% ئۆستى (2019)\u200F.',
  ],
  Vietnamese: [
    'Hôm nay trời mưa to quá, đường phố ngập hết rồi.',
    'Tôi đọc bài này ba lần mà vẫn chưa hiểu lắm…',
    'Giá thuê nhà tăng 12% một năm, ai chịu nổi?',
    'Cảm ơn tòa soạn! Mong có thêm bài về trường học ở quê tôi 👏🏻',
  ],
}

const honest: [what: string, text: string][] = [
  ['a Persian word with ZWNJ', 'می\u200Cخواهم'],
  ['a Hindi conjunct held open with ZWJ', 'क्\u200Dष'],
  ['Mongolian with a variation selector of its own', 'ᠭ\u180Bᠠ'],
  ['an Arabic sentence with a mark beside a bracket', 'قال (NATO)\u200F شيئا'],
  ['Hebrew with four marks on a letter', 'שּׁ\u05C1\u05B8\u0591'],
  ['a family, a flag, a keycap and a text-style heart', '👨‍👩‍👧‍👦 🏳️‍🌈 🏴󠁧󠁢󠁷󠁬󠁳󠁿 1️⃣ ❤︎ ❤️‍🔥 👩🏽‍🤝‍👨🏻 ©️'],
  ['the rare form of a character in a name', '葛\u{E0100}城さん'],
  ['an old Hangul syllable with a filler', '\u115F\u1161'],
  ['braille with its blank', '⠓⠑\u2800⠓⠑'],
  ['units and terms with a Greek letter', '25 μm, 4.7 kΩ, TNFα, Δt'],
  ['a Greek sentence and a Russian one', 'Καλημέρα σας. Доброе утро.'],
  ['names in two scripts at once', '陳Peter 김Anna タロウ太郎 Tシャツ'],
  ['an IT company in Russian, held by a hyphen', 'IT-компания'],
  ['short capitals', 'OK, USA!'],
  ['a name for a type, a headline', 'List<String> <Tin nóng> <Oct 20th>'],
  ['query strings that look like entities, a firm that does too', '?a=1&copy=2&lt=3 R&D; Q&As;'],
  ['brackets without an address', '[1] [sic](see below) [i] [b]'],
  ['titles of films and books', '<I Am Sam> <A Little Life> <Big Fish>, a<b and c>d'],
  ['abbreviations one after another', 'UBND TP.HCM, HĐND, CSGT, BHXH, BHYT đều im.'],
  ['full stops without a space', 'I agree.My friend too.Shop there.so what'],
  ['an ending alone, and dots that trail off', 'the .com boom, and then...shop, 好...shop'],
  ['decomposed Vietnamese', 'tiếng Việt'.normalize('NFD')],
]

/** [why, text, code, the marked places] */
const remarkable: [why: string, text: string, code: SignalCode, marked: string[]][] = [
  ['an address with its scheme', 'see https://example.com/a?b=1 now', 'links', ['https://example.com/a?b=1']],
  ['an address in capitals', 'HTTP://EXAMPLE.COM', 'links', ['HTTP://EXAMPLE.COM']],
  ['an address with www only', 'go to www.example.museum today', 'links', ['www.example.museum']],
  ['a bare domain', 'buy at cheap-pills.shop.', 'links', ['cheap-pills.shop']],
  ['a bare domain in capitals', 'CASINO.COM pays', 'links', ['CASINO.COM']],
  ['a shortener with a word for an ending', 'join t.me/abc', 'links', ['t.me']],
  ['a domain under a country', 'read bbc.co.uk and news.com.la', 'links', ['bbc.co.uk', 'news.com.la']],
  ['a domain between Chinese letters', '快去example.com看看', 'links', ['example.com']],
  ['a domain whose label is no ASCII', '例え.com', 'links', ['.com']],
  ['an address in another script', 'https://例え.jp/x', 'links', ['https://例え.jp/x']],
  ['an address on the local machine', 'http://localhost:3000', 'links', ['http://localhost:3000']],
  ['an address directly after a word', 'clickhttps://a.example/x.com', 'links', ['https://a.example/x.com']],
  ['www behind a Chinese letter', '看www.example.museum', 'links', ['www.example.museum']],
  ['an address behind a hyphen', 'see-https://a.example', 'links', ['https://a.example']],
  ['www inside a word', 'xwww.example.com', 'links', ['xwww.example.com']],
  ['a typed tag', 'a <b>bold</b> word', 'markup', ['<b>', '</b>']],
  ['a script', '<script>alert(1)</script>', 'markup', ['<script>', '</script>']],
  ['a tag that never closes', '<img src=x onerror=alert(1)', 'markup', ['<img src=']],
  ['a tag with what it says', 'a <a href="/x" title=y>z', 'markup', ['<a href="/x" title=y>']],
  [
    'a tag with what needs no value',
    '<script async> <video controls muted/>',
    'markup',
    ['<script async>', '<video controls muted/>'],
  ],
  ['typed entities', 'AT&amp;T &#60; &#x3C;', 'markup', ['&amp;', '&#60;', '&#x3C;']],
  ['BBCode', '[url=a]x[/url] [b]y[/b]', 'markup', ['[url=a]', '[/url]', '[/b]']],
  ['a Markdown link', '[win](https://a.example)', 'markup', ['[win](https://a.example)']],
  [
    'capitals all through',
    'STOP THIS NONSENSE RIGHT NOW',
    'shouting',
    'STOP THIS NONSENSE RIGHT NOW'.split(' '),
  ],
  ['one long shout', 'GOOOOOOOOOOOOOOOOOOOOAL', 'shouting', ['GOOOOOOOOOOOOOOOOOOOOAL']],
  ['a shout in pieces', 'WRONG!! SHAME. RESIGN… TODAY!', 'shouting', 'WRONG SHAME RESIGN TODAY'.split(' ')],
  [
    'Vietnamese capitals',
    'ĐỪNG LÀM NHƯ THẾ NỮA, TÔI CHÁN LẮM',
    'shouting',
    'ĐỪNG LÀM NHƯ THẾ NỮA TÔI CHÁN LẮM'.split(' '),
  ],
  ['ZWSP between Latin letters', 'cas\u200Bino', 'invisible_characters', ['\u200B']],
  ['ZWNJ and ZWJ between Latin letters', 'a\u200Cb c\u200Dd', 'invisible_characters', ['\u200C', '\u200D']],
  ['ZWSP between Latin letters of a Khmer text', 'ខ្មែរ cas\u200Bino', 'invisible_characters', ['\u200B']],
  ['ZWSP between Chinese letters', '香\u200B港', 'invisible_characters', ['\u200B']],
  ['a direction mark between Latin letters', 'cas\u200Eino', 'invisible_characters', ['\u200E']],
  ['a word joiner, wherever', 'ខ\u2060ខ', 'invisible_characters', ['\u2060']],
  ['a soft hyphen', 'ca\u00ADsino', 'invisible_characters', ['\u00AD']],
  ['Hangul fillers', '가\u3164나 다\uFFA0라', 'invisible_characters', ['\u3164', '\uFFA0']],
  ['a filler for old Hangul in a modern word', 'a\u1160b', 'invisible_characters', ['\u1160']],
  ['a braille blank among letters', 'a\u2800b', 'invisible_characters', ['\u2800']],
  ['a variation selector on a Latin letter', 'cas\uFE0Fino', 'invisible_characters', ['\uFE0F']],
  ['bytes smuggled behind an emoji', '😀\uFE01\uFE02\uFE03', 'invisible_characters', ['\uFE01\uFE02\uFE03']],
  ['a long run even in Khmer', `ខ${'\u200B'.repeat(9)}ខ`, 'invisible_characters', ['\u200B'.repeat(9)]],
  ['isolates', 'a \u2067b\u2069 c', 'bidi_controls', ['\u2067', '\u2069']],
  ['an override', 'a \u202Egpj.exe', 'bidi_controls', ['\u202E']],
  ['private use', 'x\uE000 \u{F0000}', 'private_use', ['\uE000', '\u{F0000}']],
  ['a replacement character', 'caf\uFFFD', 'replacement_character', ['\uFFFD']],
  ['zalgo', `h${'\u0301'.repeat(9)}i`, 'stacked_marks', [`h${'\u0301'.repeat(9)}`]],
  ['marks without a letter', '\u0301'.repeat(12), 'stacked_marks', ['\u0301'.repeat(12)]],
  ['Latin with Cyrillic', 'p\u0430ypal is fine', 'mixed_script', ['p\u0430ypal']],
  ['Latin with a Greek omicron', 'g\u03BFogle', 'mixed_script', ['g\u03BFogle']],
  ['a Greek letter amid Latin ones', 'p\u03B1ypal', 'mixed_script', ['p\u03B1ypal']],
  ['a Greek capital at the edge', '\u0391dmin', 'mixed_script', ['\u0391dmin']],
]

function look(text: string, name = '', removed: Record<string, number> = {}) {
  return screen(factsOf({ text, name, removed }))
}

describe('ordinary comments', () => {
  test.each(Object.entries(ordinary))('in %s give no signal, nor do names', (_language, sentences) => {
    expect(sentences).toHaveLength(4)
    for (const sentence of sentences) {
      expect({ sentence, signals: look(sentence) }).toEqual({ sentence, signals: [] })
      expect(look('?', sentence.slice(0, 12))).toEqual([])
    }
    expect(look(sentences.join('\n\n'))).toEqual([])
  })

  test.each(honest)('%s: no signal', (_what, text) => {
    expect(look(text)).toEqual([])
  })
})

describe('what is remarkable is marked', () => {
  test.each(remarkable)('%s', (_why, text, code, marked) => {
    const signals = look(text)
    expect(signals.map((signal) => signal.code)).toContain(code)
    const ranges = signals.find((signal) => signal.code === code)?.ranges ?? []
    expect(ranges.map(({ start, end }) => text.slice(start, end))).toEqual(marked)
  })

  test('nine marks are many in Latin and lawful in Tibetan', () => {
    expect(look(`ཀ${'\u0F71'.repeat(9)}`)).toEqual([])
  })

  test('an e-mail address is no link', () => {
    const codes = look('write to jane.doe@news.example.com or net.com@example.org').map(({ code }) => code)
    expect(codes).toEqual(['contact_details'])
  })
})

describe('the message', () => {
  test.each([
    ['a.com', '', 'The text contains 1 link.'],
    ['a.com b.com', '', 'The text contains 2 links.'],
    ['hello', 'a.com', 'The name contains 1 link.'],
    ['a.com b.com', 'c.com', 'The text contains 2 links, the name 1.'],
  ])('of %j signed %j is %j', (text, name, message) => {
    expect(look(text, name)).toMatchObject([{ code: 'links', severity: 'notice', message }])
  })

  test.each([
    ['jane@example.com', '', 'notice'],
    ['jane at example dot com', '', 'info'],
    ['jane at example dot com', 'jane@example.com', 'notice'],
  ])('of %j signed %j is told as %s', (text, name, severity) => {
    expect(look(text, name)).toMatchObject([{ code: 'contact_details', severity }])
  })

  test('counts the capitals that shout', () => {
    expect(look('STOP THIS NONSENSE RIGHT NOW ok')).toMatchObject([
      { severity: 'info', message: '24 of 26 letters are capitals.' },
    ])
  })

  test('tells of direction controls that are there and that were removed', () => {
    expect(look('a\u2067b\u2069', '\u2068x\u2069', { bidi_controls: 1, bidi_overrides: 2 })).toMatchObject([
      {
        code: 'bidi_controls',
        severity: 'warning',
        message:
          'Characters that turn the direction of writing were found: 2 in the text, 2 in the name, 3 removed on arrival.',
      },
    ])
  })

  test('of removed direction controls alone marks no place, and they weigh less than overrides', () => {
    expect(look('hello', '', { bidi_controls: 1, controls: 7 })).toEqual([
      {
        code: 'bidi_controls',
        severity: 'notice',
        message: 'Characters that turn the direction of writing were found: 1 removed on arrival.',
        ranges: [],
      },
    ])
    expect(look('\u202Ehello')).toMatchObject([{ severity: 'warning' }])
  })
})

describe('for any input', () => {
  const characters = [
    'a',
    'B',
    'ж',
    'α',
    '港',
    'ខ',
    'ཀ',
    ' ',
    '\n',
    '😀',
    '👨‍👩‍👧',
    '\uD83D',
    '\uDE00',
    '\uE000',
    '\uFFFD',
  ]
  const invisible = [
    '\u200B',
    '\u200D',
    '\uFE0F',
    '\u00AD',
    '\u0301',
    '\u202E',
    '\u2069',
    '\u3164',
    '\u{E0100}',
  ]
  const syntax = [
    '.',
    '/',
    '@',
    '.com',
    'www.',
    'https://',
    '<b>',
    '<a ',
    '&lt;',
    '[x](http:',
    ')',
    '[url=',
    ']',
  ]
  const scraps = fc.constantFrom(...characters, ...invisible, ...syntax)
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(scraps, { maxLength: 300 }).map((parts) => parts.join('')),
  )

  test('signals are well-formed, unique, and their places lie in the text, in order, whole characters', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, name) => {
        const signals = look(text, name)
        expect(new Set(signals.map((signal) => signal.code)).size).toBe(signals.length)
        for (const signal of signals) {
          expect(Signal.parse(signal)).toEqual(signal)
          let last = 0
          for (const { start, end } of signal.ranges) {
            expect(start).toBeGreaterThanOrEqual(last)
            expect(end).toBeGreaterThan(start)
            last = end
          }
          expect(last).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('no more than 50 places are listed, and all are counted', () => {
    const [signal] = look('a.com '.repeat(80))
    expect(signal?.ranges).toHaveLength(50)
    expect(signal?.message).toBe('The text contains 80 links.')
  })

  const letters = [
    'a',
    'A',
    'X\u0301',
    "A'",
    'A! ',
    'ж',
    'αa',
    'aα',
    ' ',
    '\n',
    '\u0301',
    'e\u0301',
    '\u0F71',
  ]
  const zeroWidth = ['\u200B', 'a\u200B', 'ខ\u200B', '\uFE0F']
  const addresses = ['.', 'a.', '-', 'http://', 'www.', '@', '@a.com', 'a.com.']
  const openings = [
    '<',
    '<a ',
    '<a b',
    '<a async ',
    '<a/',
    '<a a=',
    '<img  ',
    '<b/',
    '&',
    '&#1',
    '[',
    '[a',
    '[a](',
    '[a](http:',
    '[url=',
  ]
  test.each([...letters, ...zeroWidth, ...addresses, ...openings])(
    'no text is too long or too strange: %j',
    (scrap) => {
      const text = scrap.repeat(Math.ceil(300_000 / scrap.length))
      expect(() => look(text)).not.toThrow()
    },
  )
})
