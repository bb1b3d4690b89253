import { LRUCache } from 'lru-cache'
import { primaryLanguage } from '../http/language.ts'
import { readChinese } from './chinese.ts'
import { type Reading, readByWords } from './language-by-words.ts'
import { vietnameseTraits } from './vietnamese.ts'
import { zawgyiCertain, zawgyiProbability } from './zawgyi.ts'

export interface Script {
  letter: RegExp
  /** How much a letter says beside one of an alphabet: a character of Han is most of a word. */
  weight: number
  /** Below this many letters nothing is said. */
  fewest: number
  /** Reads a text in NFC that has enough of these letters; undefined if it cannot tell the language. */
  read: (text: string, expected: readonly string[]) => Reading | undefined | Promise<Reading | undefined>
}

/** The scripts in which comments are read, and how each tells its language. */
export const scripts: readonly Script[] = [
  script('Latin', readLatin),
  script('Myanmar', readBurmese),
  script('Han Hiragana Katakana', readHan, 3),
  script('Hangul', () => surely('ko'), 3),
  script('Khmer', () => surely('km')),
  script('Lao', () => surely('lo')),
  script('Tibetan', readTibetan),
  script('Arabic', readArabic),
  script('Cyrillic', readCyrillic),
  script('Devanagari', readDevanagari),
  script('Thai', () => surely('th')),
  script('Greek', () => surely('el')),
  script('Hebrew', () => surely('he')),
  script('Georgian', () => surely('ka')),
  script('Armenian', () => surely('hy')),
  script('Bengali', () => surely('bn')),
  script('Gujarati', () => surely('gu')),
  script('Gurmukhi', () => surely('pa')),
  script('Oriya', () => surely('or')),
  script('Tamil', () => surely('ta')),
  script('Telugu', () => surely('te')),
  script('Kannada', () => surely('kn')),
  script('Malayalam', () => surely('ml')),
  script('Sinhala', () => surely('si')),
  script('Ethiopic', () => surely('am')),
]

function script(names: string, read: Script['read'], weight = 1): Script {
  const classes = names.replace(/(\w+) ?/g, String.raw`\p{Script=$1}`)
  return { letter: new RegExp(`[${classes}]`, 'gu'), weight, fewest: weight > 1 ? 2 : 3, read }
}

function surely(language: string): Reading {
  return { language, sureness: 1 }
}

function has(text: string, pattern: RegExp): number {
  return Array.from(text.matchAll(pattern)).length
}

/** Names and dishes make no Vietnamese of a text in another language, and a few words no other language of one. */
function readLatin(text: string, expected: readonly string[]) {
  const { marked, frequent, syllables } = vietnameseTraits(text)
  if (marked > 0.25 && (marked > 0.5 || syllables > 0.7)) return surely('vi')
  const isAwaited = expected.some((tag) => primaryLanguage(tag) === 'vi')
  if (isAwaited && syllables > 0.7) return { language: 'vi', sureness: 0.5 }
  const awaited = frequent > 0.4 ? [...expected, 'vi'] : expected
  return expected.some(isInLatin)
    ? readByWords(text.replace(nameInSentence, ''), awaited, { fits: isInLatin, fewest: 4 })
    : readByWords(text, awaited, { fits: isInLatin })
}

const nameInSentence = /(?<=[\p{L}\p{M}\p{N},;)’] |[(“‘"'])\p{Lu}[\p{L}\p{M}’'-]*/gu

/** Asked of each language that a text may be in, and a tenth of all that a comment costs, were it not remembered. */
function isInLatin(tag: string): boolean {
  const known = latinByTag.get(tag)
  if (known !== undefined) return known
  const isLatin = new Intl.Locale(tag).maximize().script === 'Latn'
  latinByTag.set(tag, isLatin)
  return isLatin
}

/** The sixty languages that are told apart, and those of sites. */
const latinByTag = new LRUCache<string, boolean>({ max: 500 })

/** Han beside Kana is Japanese, but a lone の is fashion, and so are two where Chinese is expected. */
function readHan(text: string, expected: readonly string[]): Reading | undefined {
  const kana = has(text, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu)
  const han = has(text, /\p{Script=Han}/gu)
  const fitting = expected.find((tag) => /^(?:zh|yue)\b/i.test(tag))
  if (kana > han * 0.15 && (kana > 2 || fitting === undefined)) return surely('ja')
  const chinese = readChinese(
    text,
    expected.some((tag) => /^yue\b/i.test(tag)),
  )
  if (chinese.language !== 'zh') return chinese
  return fitting === undefined ? chinese : { language: chineseTag(fitting), sureness: 0.6 }
}

function chineseTag(tag: string): string {
  if (/^yue/i.test(tag)) return 'zh-Hant'
  return /^zh-(?:hant|tw|hk|mo)/i.test(tag) ? 'zh-Hant' : 'zh-Hans'
}

/** Shan, Mon and Karen have letters of their own, which Zawgyi took for its shapes; Mon also has endings of its own. */
function readBurmese(text: string): Reading | undefined {
  const letters = has(text, /\p{Script=Myanmar}/gu)
  const others = has(text, /[\u1028\u1033-\u1035\u105A-\u109D\uA9E0-\uA9FE\uAA60-\uAA7F]|ဟ်|ှ်|ုဲ|ိက်|ိာ/gu)
  const isBurmese = others < letters * 0.03 || zawgyiProbability(text) >= zawgyiCertain
  return isBurmese ? surely('my') : undefined
}

/**
 * Dzongkha, for one, says ཨིན for "is", and runs a last syllable into the one before it; its འབད and ལུ also begin
 * Tibetan words for diligence and lambs.
 */
function readTibetan(text: string): Reading {
  const dzongkha = has(text, /ཨིན(?=[་།])|ཨིནམ|ཨིནཔ|ཡོདཔ|མེདཔ|སོངམ|འོངམ|འབདཝ|འབད་(?!བརྩོན|འཐུས|པ|རྩོལ)|(?<=་)ལུ་(?!གུ)/g)
  return { language: dzongkha > 1 ? 'dz' : 'bo', sureness: dzongkha === 1 ? 0.7 : 1 }
}

/** Uyghur writes every vowel, and at the beginning of a word behind ئ; Kazakh, Kurdish and Pashto have other letters. */
function readArabic(text: string, expected: readonly string[]) {
  const letters = has(text, /\p{Script=Arabic}/gu)
  const vowels = has(text, /[ېۈ]|ئ[اەوۇۆۈېى]/g)
  const shared = has(text, /[ەۇۆۋڭھ]|ى(?=\p{L})/gu)
  if (has(text, foreignToUyghur) < letters * 0.04 && vowels + shared > letters * 0.05) {
    return { language: 'ug', sureness: vowels > 0 ? 1 : 0.7 }
  }
  if (has(text, foreignToUyghur) === 0 && expected.some((tag) => primaryLanguage(tag) === 'ug')) {
    return { language: 'ug', sureness: 0.5 }
  }
  return readByWords(text, expected, { fits: (language) => !lacks(language, text) })
}

const foreignToUyghur = /[ٴٵٶٷٸۅۉٹڈڑےںێڕڵټډړږښڼیکۀةثذصضطظع]/g

function readCyrillic(text: string, expected: readonly string[]) {
  if (/[әғқңөұүһҳҷӯҡҙҫѓќѕӣӯ]/i.test(text)) return undefined
  return readByWords(text, expected, { fits: (language) => !lacks(language, text), behind: 0.006 })
}

/** Hindi and Marathi have the same letters in the same order, and eld knows no Nepali; the little words tell. */
function readDevanagari(text: string): Reading | undefined {
  const counts = littleWords.map(({ words }) => has(text, words))
  const most = Math.max(...counts)
  const [leading, another] = littleWords.filter((_, at) => counts[at] === most)
  if (leading === undefined || another !== undefined) return undefined
  return { language: leading.language, sureness: most > 1 ? 1 : 0.7 }
}

const littleWords = [
  { language: 'hi', words: 'है हैं नहीं और का की के में को से ने था थी हूँ हो यह' },
  { language: 'mr', words: 'आहे आहेत नाही आणि मी हे हा ही च्या मध्ये होते काय माझ्या तर' },
  { language: 'ne', words: 'छ छन् हो छैन र को मा लाई हरू भएको गर्न पनि यो हुन्छ' },
].map(({ language, words }) => ({
  language,
  words: new RegExp(String.raw`(?<![\p{L}\p{M}])(?:${words.replaceAll(' ', '|')})(?![\p{L}\p{M}])`, 'gu'),
}))

/** Whether a text has letters that a language does not. */
function lacks(language: string, text: string): boolean {
  return lackedLetters[language]?.test(text) === true
}

const lackedLetters: Record<string, RegExp> = {
  ar: /[پچژگکیەێۆۇڵڕٹڈڑںےہې]/,
  fa: /[ةكيىەێۆۇڵڕٹڈڑںےې]/,
  ur: /[ةكيىەێۆۇڵڕې]/,
  ckb: /[ثذصضطظةكيىٹڈڑںےې]/,
  ru: /[іїєґўђјљњћџ]/i,
  uk: /[ыэёъўђјљњћџ]/i,
  be: /[ищъїєґђјљњћџ]/i,
  bg: /[ыэёіїєґўђјљњћџ]/i,
  sr: /[йщъыьэюяёіїєґў]/i,
}
