/** What honest texts of a language are made of. */
export interface Language {
  words: string[]
  /** What may stand between two words: scripts without spaces may have a zero-width one there, or nothing. */
  betweenWords: string[]
  betweenClauses: string[]
  sentenceEnds: string[]
  quotes: [opening: string, closing: string][]
  digits: string
  /** Sentences whose spelling is special, for a reason that a normaliser might not know. */
  special: string[]
  names: string[]
}

const ZWSP = '\u200B'
const ZWNJ = '\u200C'
const ZWJ = '\u200D'
const RLM = '\u200F'

export const languages: Record<string, Language> = {
  English: {
    words: list(
      'the council café naïve don’t it’s road again 5% AT&T 1990s coöperate résumé well-known £20 ½ mother-in-law',
    ),
    betweenWords: [' ', ' ', ' ', '\u00A0', '-'],
    betweenClauses: [', ', '; ', ' — ', ' – ', ': ', ' / ', '\t'],
    sentenceEnds: ['.', '!', '?', '?!', '…', '...', ' :-)', ' <3'],
    quotes: pairs('“” ‘’ "" () []'),
    digits: '0123456789',
    special: [
      'if (a<b && c>d) then `$&` isn’t markup',
      'the Donau\u00ADdampf\u00ADschiff, the ﬁrst x² and H₂O',
      'her name is Zoe\u0308, his is Jose\u0301',
    ],
    names: ['Siobhán O’Neill-Smith', 'Zoë', 'J. R. Hartley', 'Mary Ann'],
  },
  Burmese: {
    words: list(
      'မြန်မာ နိုင်ငံ ကျွန်တော် ဒီလမ်း ရေကြီးတယ် ကျေးဇူး ဈေးနှုန်း ဘယ်တော့ သူငယ်ချင်း ဥက္ကဋ္ဌ ဩဂုတ် ဤ ၎င်း ကျောင်းသား ဝမ်းသာပါတယ်',
    ),
    betweenWords: ['', ' ', ZWSP],
    betweenClauses: ['၊ ', '၊', ' '],
    sentenceEnds: ['။', '။ ', '', '?', '!'],
    quotes: pairs('“” () «»'),
    digits: '၀၁၂၃၄၅၆၇၈၉',
    special: ['ျမန္မာစာကို ေဇာ္ဂ်ီနဲ႔ ေရးတယ္', 'ဉီးလေး\u1025\u102E\u1038ကို မေးပါ', 'က\uFE00ေ\uFE00 လို့ ခမ်းတီရှမ်းက ရေးတယ်'],
    names: ['ဒေါ်ခင်မာ', 'ဦးကျော်စွာ', 'စိုင်းလှ'],
  },
  Cantonese: {
    words: list(
      '我哋 佢話 嗰陣時 𨋢 𠵱家 瞓覺 𠺢嘛 唔該晒 點解 冇人理 㗎 𡁻 𨳒 搵食 巴士站 WhatsApp 頂唔順 鎅手 啲嘢',
    ),
    betweenWords: ['', '', '', ' '],
    betweenClauses: ['，', '、', '；', '：', '——'],
    sentenceEnds: ['。', '！', '？', '……', '～'],
    quotes: pairs('「」 『』 （） 《》'),
    digits: '０１２３４５６７８９',
    special: [
      '部𨋢（\uE0E1）壞咗，\u{F0123} 都打唔到',
      '葛\u{E0100}洪 同 葛\u{E0101}西 唔係一家人',
      '第一段。\n\u3000\u3000第二段。',
    ],
    names: ['陳大文', '陳大文 Peter', '歐陽\u3000修', '𠮷野'],
  },
  Mandarin: {
    words: list(
      '新闻 新聞 记者 市政府 房租 涨了12% 老百姓 图书馆 圖書館 ㄅㄆㄇ lǜ 爸爸 〇 廿 一二三 希望 NATO 加油',
    ),
    betweenWords: ['', '', '', ' '],
    betweenClauses: ['，', '、', '；', '：', '——', ','],
    sentenceEnds: ['。', '！', '？', '……', '.', '～～'],
    quotes: pairs('“” 「」 （） 《》 【】'),
    digits: '0123456789',
    special: [
      '第一，价格太高；第二，服务不好。\n\u3000\u3000希望能改进。',
      '辻\u{E0100}先生说：①对，②不对，㈠再看',
      'nü\u0308 hǎo，yi\u0304 èr sa\u0304n',
    ],
    names: ['王小明', '欧阳娜娜', '司馬\u3000光', '阿·凡提'],
  },
  Khmer: {
    words: list('ខ្ញុំ យល់ស្រប អត្ថបទ នេះ តម្លៃ អង្ករ ឡើងថ្លៃ ផ្សារ អរគុណ ក្មេងៗ ស្រុក ព្រះ កម្ពុជា ឱ្យ សន្តិភាព ទឹកលិច'),
    betweenWords: [ZWSP, ZWSP, '', ' '],
    betweenClauses: [' ', `${ZWSP} `, ', ', '៖ '],
    sentenceEnds: ['។', '៕', '!', '?', '៚', ' ។ល។'],
    quotes: pairs('«» “” ()'),
    digits: '០១២៣៤៥៦៧៨៩',
    special: [`ម៉្យាង ស${ZWNJ}៊ី និង ហ${ZWNJ}៊ាន`, 'ក្រៅពី ឥណ្ឌា ៛២០០០០ ៗ ៙', `ស${ZWJ}្រី ទៅ${ZWSP}ផ្សារ`],
    names: ['សុខ ចាន់ថា', 'ហ៊ុន សុភា', `ចាន់${ZWSP}ធី`],
  },
  Korean: {
    words: list(
      '기사 잘 읽었습니다 버스가 30분이나 늦었어요 우리 동네 ㅋㅋㅋ ㅠㅠ ㅇㅇ 大韓民國 값싼 뷁 쀍 한국어 네이버 근거가 있습니까',
    ),
    betweenWords: [' ', ' ', ' ', ''],
    betweenClauses: [', ', '·', ' - ', '; ', '\u3001'],
    sentenceEnds: ['.', '!', '?', '~', '~~', '...', ' ㅎㅎ', ' ^^'],
    quotes: pairs('“” ‘’ 「」 () 〈〉'),
    digits: '0123456789',
    special: [
      '나랏말\u110A\u119E미 듕귁에 달아',
      '\u1112\u1161\u11AB\u1100\u116E\u11A8은 한국',
      '방점: \u1100\u1161\u302E \u1102\u1161\u302F',
    ],
    names: ['김민수', '남궁 민', '李承晩', '이 Sarah'],
  },
  Lao: {
    words: list('ຂ້ອຍ ຢາກ ຮູ້ວ່າ ນ້ຳຖ້ວມ ໜັງສືພິມ ໝູ່ ຫຼາຍ ຂອບໃຈ ລາຄາ ນ້ຳມັນ ແພງຂຶ້ນ ທຸກໆ ເດືອນ ວຽງຈັນ ພຣະ ຯລຯ'),
    betweenWords: ['', '', ZWSP, ' '],
    betweenClauses: [' ', ', ', `${ZWSP} `],
    sentenceEnds: ['.', '!', '?', '', ' ຯ'],
    quotes: pairs('“” "" ()'),
    digits: '໐໑໒໓໔໕໖໗໘໙',
    special: ['ນ\u0EC9\u0EB3 ກັບ ນ\u0ECD\u0EC9\u0EB2 ຄື ນ້ຳ', 'ໜ ບໍ່ແມ່ນ ຫນ, ໝ ບໍ່ແມ່ນ ຫມ', 'ປີ ໒໐໒໖ ລາຄາ ₭20,000'],
    names: ['ສົມພອນ', 'ນາງ ຈັນທາ', `ບຸນ${ZWSP}ມີ`],
  },
  Tibetan: {
    words: list('བཀྲ་ཤིས་ བདེ་ལེགས་ གསར་འགྱུར་ བོད་ རྒྱལ་ཁབ་ སློབ་གྲྭ་ ང་ཚོའི་ ཆུ་ དཀོན་པོ་ ཨོཾ་ ཧཱུྃ་ མཎི་ པདྨེ་ བརྒྱད་ ཀྵ ཐུགས་རྗེ་'),
    betweenWords: ['', '', ' '],
    betweenClauses: ['། ', '།', '༑ ', ' '],
    sentenceEnds: ['།', '། །', '།།', '༎', '༏', '།༔'],
    quotes: pairs('༼༽ ༺༻ “” ()'),
    digits: '༠༡༢༣༤༥༦༧༨༩',
    special: [
      '༄༅། །ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ།',
      'ཧ\u0F90\u0FB5\u0FA8\u0FB3\u0FBA\u0FBC\u0FBB\u0F82 ནི་བརྩེགས་པ་ཆེན་པོ།',
      'ག\u0F0Cདང་ ཀ\u0F71\u0F72 དང་ ཀ\u0F73',
    ],
    names: ['བསྟན་འཛིན།', 'སྒྲོལ་མ', 'ཚེ་རིང་'],
  },
  Uyghur: {
    words: list(
      'بۇ خەۋەر بەك مۇھىم رەھمەت سىلەرگە بىزنىڭ كوچىدا سۇ توختاپ ئاپتور ھەقتە نېمە ئۇيغۇر كىتابـ مەسىلە قىممەت WHO',
    ),
    betweenWords: [' ', ' ', ' ', ZWNJ],
    betweenClauses: ['، ', '؛ ', ': ', ` ${RLM}- `],
    sentenceEnds: ['.', '!', '؟', `!${RLM}`, '…'],
    quotes: pairs('«» ‹› () “”'),
    digits: '0123456789',
    special: [
      'ئۇ \u2067شىنجاڭ\u2069 ۋە \u2068COVID-19\u2069 دېدى',
      '\u202Bبۇ \u202Awww.example.org\u202C ئادرېسى\u202C',
      `ل${ZWJ}${ZWNJ}${ZWJ}ا بىلەن لا ئوخشىمايدۇ`,
      `\u064A\u0654\u06D5 دېگەن ئە، ھ${ZWJ} دېگەن ھەرپ`,
    ],
    names: ['ئايگۈل', 'ئەركىن مەمەت', `گۈل${ZWNJ}نار`],
  },
  Vietnamese: {
    words: list(
      'đường này ngập mãi phóng viên rõ ràng dễ hiểu Việt Nam người nghèo giá xăng tăng nghĩa ngoằn ngoèo quyển khuỷu ở ạ',
    ),
    betweenWords: [' ', ' ', ' ', '-'],
    betweenClauses: [', ', '; ', ' – ', ': '],
    sentenceEnds: ['.', '!', '?', '...', '…', ' ạ.', ' =))'],
    quotes: pairs('“” "" ()'),
    digits: '0123456789',
    special: [
      '<Tin nóng> giá 500.000₫ (tăng 5%)',
      'ti\u00EA\u0301ng Vi\u00EA\u0323t, \u01B0\u0303 và \u01A1\u0309',
      '\uD845\uDEA3\uD867\uDE7B là chữ Nôm',
    ],
    names: ['Nguyễn Thị Hằng', 'Trần Văn A', 'Đỗ Ánh'],
  },
}

function list(words: string): string[] {
  return words.split(' ')
}

/** Opening and closing characters, two by two. */
function pairs(quotes: string): [string, string][] {
  return quotes.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)])
}
