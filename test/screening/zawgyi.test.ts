import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { toUnicode, zawgyiCertain, zawgyiProbability, zawgyiSuspected } from '../../src/screening/zawgyi.ts'
import { convertToUnicode } from '../../src/screening/zawgyi-conversion.ts'
import { likelihoodOfZawgyi } from '../../src/screening/zawgyi-model.ts'

const require = createRequire(import.meta.url)

function resource(file: string) {
  return readFileSync(require.resolve(`myanmar-tools/resources/${file}`), 'utf8')
}

describe('the model', () => {
  const known = resource('compatibility.tsv').trim().split('\n')
  test.each(known.map((line) => line.split('\t')))(
    "tells myanmar-tools' own %s for %s",
    (told, text = '') => {
      expect(likelihoodOfZawgyi(text)).toBeCloseTo(Math.max(0, Number(told)), 6)
    },
  )
})

test.each([
  ['the last letter of the block', '\u103F'],
  ['the last sign of it', '\u109F'],
  ['the last letter of Khamti', '\uAA7F'],
  ['the last of Shan', '\uA9FF'],
  ['the last space', '\u200B'],
])('the model knows %s, alone and beside others', (_which, unit) => {
  expect(likelihoodOfZawgyi(unit)).toBeGreaterThan(0)
  expect(likelihoodOfZawgyi(`\u1000${unit}`)).not.toBe(likelihoodOfZawgyi('\u1000'))
})

describe('the conversion', () => {
  test("gives what myanmar-tools' own does", () => {
    expect(convertToUnicode(resource('mmgov_zawgyi_src.txt'))).toBe(resource('mmgov_unicode_out.txt'))
  })

  test('is in NFC', () => {
    expect(toUnicode('ေက်းဇူးတင္ပါတယ္')).toBe('ကျေးဇူးတင်ပါတယ်')
    expect(toUnicode('e\u0301 ကို႔')).toBe('\u00E9 ကို့')
  })

  test('leaves alone what is not Burmese', () => {
    const text = 'Latin \u200B, 漢字, 12 34\n\ud83d\ude00'
    expect(convertToUnicode(text)).toBe(text)
    expect(convertToUnicode('')).toBe('')
  })

  test('reads the digits that stood for letters by their place', () => {
    expect(convertToUnicode('၀န္')).toBe('ဝန်')
    expect(convertToUnicode('၄င္း')).toBe('၎င်း')
    expect(convertToUnicode('၁၀')).toBe('၁၀')
  })

  test('keeps one zero-width space of those around it', () => {
    expect(convertToUnicode('က \u200B က')).toBe('က\u200Bက')
  })

  test('parts long words where a syllable begins', () => {
    const word = 'ေက်းဇူးတင္ပါတယ္'.repeat(60)
    expect(convertToUnicode(word)).toBe('ကျေးဇူးတင်ပါတယ်'.repeat(60))
  })
})

describe('a text', () => {
  test('in Zawgyi is told from the same in Unicode', () => {
    expect(zawgyiProbability('ဒီေန႔ မိုး႐ြာလို႔ လမ္းေတြ ေရႀကီးေနတယ္။')).toBeGreaterThan(zawgyiCertain)
    expect(zawgyiProbability('ဒီနေ့ မိုးရွာလို့ လမ်းတွေ ရေကြီးနေတယ်။')).toBeLessThan(zawgyiSuspected)
  })

  test('in Unicode keeps the little probability that it has', () => {
    const text = 'ဒီနေ့ မိုးရွာလို့ လမ်းတွေ ရေကြီးနေတယ်။'
    expect(likelihoodOfZawgyi(text)).toBeGreaterThan(0)
    expect(zawgyiProbability(text)).toBe(likelihoodOfZawgyi(text))
  })

  test('that is surely Zawgyi need not have what no Unicode has', () => {
    expect(zawgyiProbability('နျပည')).toBeGreaterThan(zawgyiCertain)
  })

  test.each(['\u1031', '\u1031\u1031', 'ၧႃၧ'])(
    'that a conversion leaves as it is, or makes worse, is not suspect: %s',
    (text) => {
      expect(likelihoodOfZawgyi(text)).toBeGreaterThan(0.8)
      expect(zawgyiProbability(text)).toBe(0)
    },
  )

  test('that a conversion makes no better is not suspect', () => {
    expect(likelihoodOfZawgyi('ok လုပ်ပါ')).toBeGreaterThan(zawgyiSuspected)
    expect(zawgyiProbability('ok လုပ်ပါ')).toBe(0)
  })

  test('that both spell alike is not suspect', () => {
    expect(likelihoodOfZawgyi('စား')).toBeGreaterThan(0.5)
    expect(zawgyiProbability('စား')).toBe(0)
  })

  test.each(['စာအုပ်', 'နွား', 'လမ်းမီး', 'ရွာ', 'သမ္မတ', 'ဒီကိစ္စကို', 'ငွေစက္ကူ', 'ရေခဲသေတ္တာထဲက'])(
    'of a word that Zawgyi would write otherwise is not suspect: %s',
    (text) => {
      expect(likelihoodOfZawgyi(text)).toBeGreaterThan(zawgyiSuspected)
      expect(zawgyiProbability(text)).toBe(0)
    },
  )

  test.each([
    ['a vowel without its letter', 'ေရ'],
    ['a vowel behind another', 'ဒီေန'],
    ['a letter of its own', 'မဂၤလာပါ'],
    ['a stack where no Burmese word has one', 'ပူလိုက္တာ'],
    ['a stack of nothing', 'စာအုပ္'],
    ['a sign below without its letter', 'ျပည္သူ'],
    ['a mother', 'အေမ'],
  ])('with %s is suspect: %s', (_what, text) => {
    expect(zawgyiProbability(text)).toBeGreaterThan(zawgyiSuspected)
  })

  test.each(['', 'Hello', '၁၂၃', '漢字', '\ud83d'])('without Burmese letters is not suspect: %j', (text) => {
    expect(zawgyiProbability(text)).toBe(0)
  })

  test.each(['မႂ်ႇသုင်ၶႃႈ လိၵ်ႈတႆး', 'ဍုၚ်မန် ကောန်ဂကူမန်', 'တၢ်ထံၣ်တၢ်ပၥ်သး', 'ၶူးႁိုၼ်'])(
    'in Shan, Mon or Karen is not suspect: %s',
    (text) => {
      expect(zawgyiProbability(text)).toBeLessThan(zawgyiSuspected)
    },
  )
})

test.each(['\u1031', '\u103C', '\u1036\u103B', ' \u1037', '\u1031\u103B', '\u1000\u103A\u108B', 'က ', 'a'])(
  'no text is too long or too strange: %j',
  (scrap) => {
    const text = scrap.repeat(Math.ceil(100_000 / scrap.length))
    expect(zawgyiProbability(text)).toBeLessThanOrEqual(1)
    expect(toUnicode(text)).not.toBe('')
  },
)
