import type { Reading } from './language-by-words.ts'
import { scripts } from './scripts.ts'

export interface DetectedLanguage {
  /** A BCP 47 tag; `und` when unsure; `zh` for Chinese that simplified and traditional characters write alike. */
  language: string
  /** From 0 to 1; 0 for `und`. */
  confidence: number
}

/**
 * In which language most of a text is written: by its script where that tells, else by eld, for the languages that it
 * knows. `languages` are those expected, as BCP 47 tags: they win where the evidence is about even, and are no limit.
 * Too little text, a mix without a majority, and languages that cannot be told apart here (Shan, Mon and Karen among
 * them) are `und`. Reads the first 4,000 units. What eld knows is loaded when it is first needed.
 */
export async function detectLanguage(
  text: string,
  languages: readonly string[] = [],
): Promise<DetectedLanguage> {
  const sample = languageIn(text.slice(0, 4000).normalize('NFC'))
  const counted = scripts.map((script) => {
    const letters = sample.match(script.letter)?.length ?? 0
    return { script, letters, says: letters * script.weight }
  })
  const all = counted.reduce((sum, { says }) => sum + says, 0)
  const main = counted.find(({ says }) => says > all * majority)
  if (main === undefined || main.letters < main.script.fewest) return undetermined

  const reading = await main.script.read(sample, languages)
  return reading === undefined ? undetermined : detected(reading, main.says / all)
}

/** The language of a text where it can be told; else the one that was expected. */
export async function languageOf(text: string, expected: string): Promise<string> {
  const { language } = await detectLanguage(text, [expected])
  return language === 'und' ? expected : language
}

const undetermined = { language: 'und', confidence: 0 }
const majority = 0.65

/** Without addresses, mentions, tags, laughter, and, unless all is in capitals, acronyms. */
function languageIn(text: string): string {
  const words = text.replace(ofNoLanguage, ' ')
  return /(?!\p{Lu})\p{L}/u.test(words) ? words.replace(/\b[A-Z]{2,6}\b/g, ' ') : words
}

const ofNoLanguage =
  /(?:https?:\/\/|www\.)\S+|(?<![\w.+-])[\w.+-]{0,64}@[\w.-]+|#[\p{L}\p{M}\p{N}_]+|\b(?:a?(?:ha|he|hi|ja|je|ah|eh){2,}[hj]?|lo+l|k{3,})\b/giu

function detected({ language, sureness }: Reading, share: number): DetectedLanguage {
  return { language, confidence: Math.round(share * sureness * 100) / 100 }
}
