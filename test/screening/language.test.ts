import * as fc from 'fast-check'
import { readChinese } from '../../src/screening/chinese.ts'
import { detectLanguage } from '../../src/screening/language.ts'

async function tagOf(text: string, expected?: readonly string[]) {
  return (await detectLanguage(text, expected)).language
}

describe('the language of a text', () => {
  test.each([
    ['km', 'អរគុណច្រើន'],
    ['lo', 'ຂອບໃຈຫຼາຍໆ'],
    ['th', 'ขอบคุณมากครับ'],
    ['bo', 'ཐུགས་རྗེ་ཆེ།'],
    ['bo', 'ངའི་བུ་ལུ་སྤྲད།'],
    ['dz', 'འདི་བདེན་པ་ཨིན་མས། ང་བཅས་ལུ་ཕན་ཐོགས་ཡོདཔ་ཨིན།'],
    ['dz', 'ང་གིས་ལཱ་འབད་དོ། ཁྱོད་ལུ་ཞུ་ནི་'],
    ['bo', 'སློབ་སྦྱོང་ལ་འབད་བརྩོན་བྱེད་དགོས། འབད་བརྩོན་མེད་ན་ཡར་རྒྱས་མི་ཡོང་།'],
    ['bo', 'ལུག་དང་ལུ་གུ་མང་པོ་ཤི་སོང་། ནགས་ཀྱི་ལུ་གུ་ཡང་མི་འདུག'],
    ['my', 'ကျေးဇူးတင်ပါတယ်'],
    ['my', 'ေက်းဇူးတင္ပါတယ္ ခင္ဗ်ာ။ လမ္းေတြ ႐ႈပ္တယ္'],
    ['ko', '감사합니다'],
    ['ja', 'ありがとう'],
    ['ja', '昨日の記事を読みました。'],
    ['zh-Hant', '昨天的新聞，鮮の每日，還是不太明白'],
    ['zh-Hans', '昨天的新闻我看了三遍'],
    ['zh', '大家好'],
    ['yue', '佢哋喺度做咩呀'],
    ['yue', '佢咁好咩'],
    [
      'zh-Hant',
      '這本書說，粵語有「嘅」字，是一個助詞，用法和國語的「的」字很像，歷史學家認為它的來源仍不清楚。',
    ],
    ['zh-Hant', '關係到每個人的權益，聯係不清'],
    ['ug', 'ياخشىمۇسىز، بۈگۈن ھاۋا ئوچۇق'],
    ['ug', 'رەھمەت'],
    ['ar', 'شكرا جزيلا على هذا المقال الرائع'],
    ['fa', 'خیلی ممنون از گزارش خوب شما'],
    ['ckb', 'سوپاس بۆ بابەتەکە، زۆر باش بوو'],
    ['vi', 'Đúng rồi'],
    ['vi', 'Đúng rồi'.normalize('NFD')],
    ['vi', 'toi khong dong y voi bai nay'],
    ['en', 'The bus never comes on time.'],
    ['vi', 'Messi sút penalty hỏng, Ronaldo thì không.'],
    ['vi', 'Ở Starbucks đắt lắm.'],
    ['fr', "Je ne suis pas d'accord avec l'auteur."],
    ['hu', 'Köszönöm szépen'],
    ['ru', 'Кто будет за это платить?'],
    ['uk', 'Що це таке, хто за це все буде платити?'],
    ['hi', 'मैं लेखक से सहमत नहीं हूँ।'],
    ['mr', 'मी लेखकाशी सहमत नाही आणि हे बरोबर आहे'],
    ['ne', 'यो समाचार राम्रो छ'],
    ['el', 'Ευχαριστώ πολύ'],
    ['he', 'תודה רבה'],
    ['ka', 'დიდი მადლობა'],
    ['hy', 'Շատ շնորհակալ եմ'],
    ['bn', 'আপনাকে ধন্যবাদ'],
    ['gu', 'ખૂબ આભાર'],
    ['pa', 'ਬਹੁਤ ਧੰਨਵਾਦ'],
    ['or', 'ବହୁତ ଧନ୍ୟବାଦ'],
    ['ta', 'மிக்க நன்றி'],
    ['te', 'చాలా ధన్యవాదాలు'],
    ['kn', 'ತುಂಬಾ ಧನ್ಯವಾದಗಳು'],
    ['ml', 'വളരെ നന്ദി'],
    ['si', 'බොහොම ස්තුතියි'],
    ['am', 'በጣም አመሰግናለሁ'],
  ])('is %s: %s', async (tag, text) => {
    expect(await tagOf(text)).toBe(tag)
  })

  test.each([
    ['nothing', ''],
    ['no letters', '12:30, 50% 😀'],
    ['one word', 'okay'],
    ['one character', '好'],
    ['laughter', 'hahaha ahahah lol kkkk jajaja'],
    ['addresses and tags', 'https://example.com/a/b ann@example.com @ann #news www.example.org'],
    ['halves of two', 'Hello there my friends 大家好朋友'],
    ['Shan', 'မႂ်ႇသုင်ၶႃႈ ယူႇလီၵိၼ်ဝၢၼ်'],
    ['Mon', 'ပ္ဍဲကဵုဍုၚ် ဟွံမွဲ'],
    ['Karen', 'ကညီကျိာ်'],
    ['Kazakh', 'Мен бұл мақалаға келіспеймін, өкінішті.'],
    ['Pashto', 'زه له لیکوال سره موافق نه یم، ډېره مننه'],
    ['Devanagari without little words', 'धन्यवाद'],
    ['Devanagari with as many of one as of another', 'है आहे'],
    ['letters that no language of theirs has together', 'ыў ыїў'],
    ['one more language that nobody here knows', 'Mèsi anpil'],
  ])('is left open for %s: %s', async (_what, text) => {
    expect(await detectLanguage(text)).toEqual({ language: 'und', confidence: 0 })
  })

  test('is not that of the acronyms in it, unless all are capitals', async () => {
    expect(await tagOf('中国、UNESCO、ASEAN、NATO 都派了代表。')).toBe('zh-Hans')
    expect(await tagOf('THIS IS THE BEST THING THAT I HAVE EVER READ')).toBe('en')
  })
})

describe('an expected language', () => {
  test('wins where the evidence is about even', async () => {
    expect(await tagOf('Никто ничего не знает')).toBe('und')
    expect(await tagOf('Никто ничего не знает', ['ru'])).toBe('ru')
    expect(await tagOf('Не се согласувам со авторот.', ['bg'])).toBe('bg')
  })

  test('is enough for a single word', async () => {
    expect(await tagOf('Thanks!')).toBe('und')
    expect(await detectLanguage('Thanks!', ['en-GB', 'vi'])).toEqual({ language: 'en', confidence: 0.5 })
  })

  test.each([
    ['en', 'C’est la vie.'],
    ['en', 'Au revoir, library.'],
    ['vi', 'Video hay'],
  ])('in Latin letters (%s) is not denied by three words: %s', async (expected, text) => {
    expect(await tagOf(text, [expected])).toMatch(new RegExp(`^(${expected}|und)$`))
    expect(await tagOf(text, ['ko'])).toBe(await tagOf(text))
  })

  test('is not denied by names from elsewhere', async () => {
    expect(await tagOf('My neighbour Nguyễn Thị Hằng has run that shop since 1982.', ['en'])).toBe('en')
    expect(await tagOf('Paris Saint-Germain v Olympique de Marseille: what a bore.', ['en'])).toBe('en')
    expect(await tagOf('Je suis allé à Marseille avec ma sœur', ['en'])).toBe('fr')
    expect(await tagOf('On a vu Paris, Lyon, Nantes, Lille, Metz, Brest et Nice.', ['en'])).toBe('und')
    expect(await tagOf('Anh ấy nói Manchester United đá hay hơn Chelsea.', ['en'])).toBe('vi')
  })

  test('is denied by four words', async () => {
    expect(await tagOf('Merci beaucoup mes amis', ['en'])).toBe('fr')
    expect(await tagOf('Merci beaucoup', ['en'])).toBe('und')
    expect(await tagOf('Merci beaucoup', ['km'])).toBe('fr')
  })

  test.each([
    'Cam on bac si va y ta da cuu me toi.',
    'Con toi hoc lop 1 ma lop co 52 chau.',
    'Duong nay ngap hoai, bao gio moi sua xong day?',
  ])('that is Vietnamese may be written without marks: %s', async (text) => {
    expect(await tagOf(text, ['vi'])).toBe('vi')
  })

  test('that is Vietnamese has more than seven words in ten of that form, and another may have them too', async () => {
    expect(await tagOf('hom qua internet facebook youtube ma ba me toi khong', ['vi'])).toBe('und')
    expect(await tagOf('Can you do it now? I am on it.', ['en'])).toBe('en')
  })

  test('that is Uyghur may have no letter of its own', async () => {
    expect(await tagOf('قار ياغدى.')).toBe('ar')
    expect(await tagOf('قار ياغدى.', ['ug'])).toBe('ug')
    expect(await tagOf('قار ياغدى.', ['en'])).toBe('ar')
    expect(await tagOf('شكرا جزيلا على هذا المقال الرائع', ['ug'])).toBe('ar')
  })

  test('does not win against evidence', async () => {
    expect(await tagOf('Das ist doch Unsinn, was da steht.', ['en', 'vi', 'zh-Hant'])).toBe('de')
  })

  test.each([
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-Hans', 'zh-Hans'],
    ['zh-TW', 'zh-Hant'],
    ['zh-Hant-HK', 'zh-Hant'],
    ['yue', 'zh-Hant'],
    ['en', 'zh'],
  ])('%s makes Chinese without telling characters %s', async (expected, tag) => {
    expect(await tagOf('大家好', ['vi', expected])).toBe(tag)
  })

  test.each([
    ['en-x-zh', '大家好', 'zh'],
    ['en-x-yue', '我都覺得係', 'zh-Hant'],
    ['zh-x-yue', '大家好', 'zh-Hans'],
    ['zh-Hans-x-zh-tw', '大家好', 'zh-Hans'],
  ])('%s is not what a private part of it says', async (expected, text, tag) => {
    expect(await tagOf(text, [expected])).toBe(tag)
  })

  test('that is Chinese may have a の or two', async () => {
    expect(await tagOf('日本の動漫')).toBe('ja')
    expect(await tagOf('日本の動漫', ['zh-Hans'])).toMatch(/^zh/)
    expect(await tagOf('超市の士多啤梨', ['yue'])).toMatch(/^zh/)
    expect(await tagOf('昨日の記事を読みました。', ['zh-Hant'])).toBe('ja')
  })

  test('that is Cantonese is told by one weak character', () => {
    expect(readChinese('我都覺得係', false).language).toBe('zh-Hant')
    expect(readChinese('我都覺得係', true).language).toBe('yue')
  })
})

describe('the confidence', () => {
  test('is the share of the language, less what is uncertain about it', async () => {
    const { confidence: sure } = await detectLanguage('감사합니다')
    const { confidence: mixed } = await detectLanguage('감사합니다 friends and others')
    const { confidence: doubtful } = await detectLanguage('大家好')
    expect(sure).toBe(1)
    expect(mixed).toBeLessThan(1)
    expect(doubtful).toBe(0.5)
  })

  test('is between 0 and 1 for any text, and 0 only for no language', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
        const { language, confidence } = await detectLanguage(text, ['en', 'zh-Hant'])
        expect(confidence).toBeGreaterThanOrEqual(0)
        expect(confidence).toBeLessThanOrEqual(1)
        expect(language === 'und').toBe(confidence === 0)
      }),
      { numRuns: 500 },
    )
  })
})

test.each(['a', 'a ', 'a.', 'ha', 'aa@', 'http://', '#a', '港', 'ê', 'က', 'ې', 'Ж ', '한', '\u0301', ' '])(
  'no text is too long or too strange: %j',
  async (scrap) => {
    expect(await detectLanguage(scrap.repeat(500_000))).toHaveProperty('language')
  },
)
