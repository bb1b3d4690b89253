import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, type TestPerson } from '../../support/people.ts'

/** A text that one comment has, words that are found in it, and words that are not. */
interface Sample {
  text: string
  name?: string
  has: string[]
  hasNot: string[]
}

const samples: Record<string, Sample> = {
  Khmer: {
    text: 'ថ្ងៃនេះភ្លៀងខ្លាំងណាស់ផ្លូវលិចទឹក។',
    has: ['ភ្លៀង', 'លិចទឹក', 'ផ្លូវ', 'ផ្លូវ\u200Bលិច\u200Bទឹក', 'នេះ', 'ទ'],
    hasNot: ['ភ្លឺ', 'ឡាន'],
  },
  'Khmer with spaces of no width': {
    text: 'កម្មករ\u200Bរោងចក្រ\u200Bចេញពី\u200Bធ្វើការ',
    has: ['រោងចក្រ', 'រោងចក្រចេញពី', 'កម្មករ\u200Bរោង'],
    hasNot: ['រោង ចក្រ'],
  },
  Burmese: {
    text: 'ဒီနေ့မိုးရွာလို့လမ်းတွေရေကြီးနေတယ်။ ၅ ယောက်',
    has: ['မိုးရွာ', 'လမ်း', 'ရေကြီး', 'ရေ\u200Bကြီး', 'ရွာ', 'ရေ', '5', '၅'],
    hasNot: ['မီးပြတ်', '6'],
  },
  'Burmese in another order of marks': {
    text: 'အခွင့်အရေး',
    has: ['အခွင့်', 'ခွင\u1037\u103A', 'ခွင\u103A\u1037', 'အရေး'],
    hasNot: ['ခွဲ'],
  },
  Lao: {
    text: 'ມື້ນີ້ຝົນຕົກແຮງນ້ຳຖ້ວມຖະໜົນ',
    has: ['ຝົນຕົກ', 'ນ້ຳ', 'ນ້ຳຖ້ວມ', 'ຖະໜົນ', 'ຖະຫນົນ', 'ຝົນ\u200Bຕົກ', 'ຝ'],
    hasNot: ['ແດດ', 'ນ້ຳແຂງ'],
  },
  Tibetan: {
    text: 'བཀྲ་ཤིས་བདེ་ལེགས་ཞུ་རྒྱུ་ཡིན།',
    has: ['བདེ་ལེགས', 'བདེ', 'ཤིས་བདེ', 'རྒྱུ', 'ཞུ'],
    hasNot: ['བདེ ལེགས', 'ལེགས་བདེ'],
  },
  Mandarin: {
    text: '昨天的新闻我看了三遍，还是不太明白。',
    name: '小城读者',
    has: ['新闻', '新', '看了三遍', '遍，还', '，', '读者', '城'],
    hasNot: ['闻新', '旧闻', '新聞', '白。小'],
  },
  Cantonese: {
    text: '今日落好大雨，巴士等咗成個鐘都唔嚟，搭𨋢上去。',
    has: ['巴士', '等咗', '唔嚟', '唔', '𨋢', '搭𨋢', '雨，巴'],
    hasNot: ['𨋍', '地鐵'],
  },
  Korean: {
    text: '한글로써도됩니다도서관에갔다',
    has: ['도서관', '서관', '갔다', '글', '도서관'.normalize('NFD'), '갔'.normalize('NFD')],
    hasNot: ['도서간', '도 서관'],
  },
  'Korean that was written decomposed': {
    text: '학교앞에눈이많이왔어요'.normalize('NFD'),
    has: ['학교', '눈이', '앞', '많이'.normalize('NFD')],
    hasNot: ['하교'],
  },
  Vietnamese: {
    text: 'Tôi không đồng ý, đường lầy lội quá.',
    has: [
      'đồng ý',
      'dong y',
      'DONG Y',
      'ĐỒNG',
      'duong lay loi',
      'lầy',
      'đồng ý'.normalize('NFD'),
      'ý',
      'đ',
      'qua',
    ],
    hasNot: ['đóng', 'đong', 'dồng', 'không dong'],
  },
  'Vietnamese without marks': {
    text: 'Toi thich thanh pho nay',
    has: ['thich', 'thanh pho'],
    hasNot: ['thích', 'phố'],
  },
  'Vietnamese that was written decomposed': {
    text: 'Cảm ơn tòa soạn đã đăng bài'.normalize('NFD'),
    has: ['cảm ơn', 'cam on', 'tòa soạn', 'toa soan', 'ảm ơ'.normalize('NFD')],
    hasNot: ['cám ơn'],
  },
  Uyghur: {
    text: 'بۈگۈن ئۇيغۇر تىلىدا سۆزلىدۇق',
    has: ['ئۇيغۇر', 'ئۇيغۇر'.normalize('NFD'), 'يغۇر', 'سۆز'],
    hasNot: ['ئۇيغۇرلار'],
  },
  English: {
    text: 'The Evening Bus was 12% late; I don’t care,\nsaid a_user & C:\\temp | (x:*) !y ~z <b> "so" it\'s {1} [2] $3 ?',
    name: 'Zoë O’Hara',
    has: [
      'EVENING bus',
      'vening',
      'care, said',
      "don't",
      'don’t',
      '12%',
      '%',
      'a_user',
      '_',
      '\\',
      'c:\\temp |',
      '& c:',
      '(x:*) !y',
      ':*',
      '!',
      '|',
      '&',
      '<b>',
      '"so" it\'s',
      "'s",
      '{1} [2] $3 ?',
      'zoe o',
      'ZOË',
      'Zoe\u0308',
      'e\u200Bv\u200Cen\u200Di\u2060ng',
      'ＢＵＳ',
      'z',
      'b',
    ],
    hasNot: [
      '12% %',
      'a%user',
      'evening%late',
      'c:_temp',
      '\\\\',
      '"no"',
      '$4',
      "bus' or '1'='1",
      '? zoë',
      ':* &',
      'a-user',
    ],
  },
  'an emoji of several': {
    text: 'so angry 😡 about 👨‍👩‍👧 and ❤️ and 👍🏽',
    has: ['😡', 'angry 😡', '👨‍👩‍👧', '❤', '❤️', '👍', '👍🏿'],
    hasNot: ['😠', '👨‍👩‍👦'],
  },
}

let house: House
let moderator: TestPerson
const whose = new Map<string, string>()

beforeAll(async () => {
  house = await openHouse()
  const site = await aSite(house)
  moderator = await aPerson(house, site)
  for (const [language, { text, name }] of Object.entries(samples)) {
    whose.set((await aComment(house, site, { text, ...(name !== undefined && { name }) })).id, language)
  }
})
afterAll(() => house.close())

describe('words in the queue', () => {
  test.each(Object.keys(samples))('are found within a text: %s', async (language) => {
    for (const words of samples[language]?.has ?? []) {
      expect({ words, foundIn: await foundIn(words) }).toEqual({
        words,
        foundIn: expect.arrayContaining([language]),
      })
    }
  })

  test.each(Object.keys(samples))('are not found where they are not: %s', async (language) => {
    for (const words of samples[language]?.hasNot ?? []) {
      expect({ words, foundIn: await foundIn(words) }).toEqual({
        words,
        foundIn: expect.not.arrayContaining([language]),
      })
    }
  })

  test('are found in one text and in no other', async () => {
    expect(await foundIn('新闻')).toEqual(['Mandarin'])
    expect(await foundIn('𨋢')).toEqual(['Cantonese'])
    expect(await foundIn('ភ្លៀង')).toEqual(['Khmer'])
    expect(await foundIn('dong y')).toEqual(['Vietnamese'])
    expect(await foundIn('%')).toEqual(['English'])
    expect(await foundIn('\\')).toEqual(['English'])
  })

  test('may be as many as a query holds', async () => {
    const text = samples['Mandarin']?.text ?? ''
    expect(await foundIn(text)).toEqual(['Mandarin'])
    expect(await foundIn(`${text}${'很'.repeat(200 - text.length)}`)).toEqual([])
    expect(await foundIn("'".repeat(200))).toEqual([])
    expect((await search('很'.repeat(201))).status).toBe(400)
  })

  test.each(['\u200B', ' ', '\u3000\u2060', '\uFE0F', '\u3164'])(
    'that are nothing to see are refused: %j',
    async (words) => {
      const { status, body } = await search(words)
      expect(status).toBe(400)
      expect(body).toMatchObject({ code: 'invalid_request', errors: [{ parameter: 'q' }] })
    },
  )
})

function search(q: string) {
  return ask(house, 'GET', `/v1/moderation/queue?${new URLSearchParams({ q })}`, { key: moderator.key })
}

async function foundIn(words: string): Promise<(string | undefined)[]> {
  const { status, body } = await search(words)
  expect({ words, status }).toEqual({ words, status: 200 })
  return body.comments.map(({ id }: { id: string }) => whose.get(id))
}
