import { convertToUnicode } from './zawgyi-conversion.ts'
import { likelihoodOfZawgyi } from './zawgyi-model.ts'

/** From here on a person should look; myanmar-tools calls it the low threshold. */
export const zawgyiSuspected = 0.05

/** From here on a program may rely on it; myanmar-tools calls it the high threshold. */
export const zawgyiCertain = 0.95

/**
 * How probable it is, from 0 to 1, that the Burmese in a text is in Zawgyi, the encoding that gave the code points
 * of Unicode other meanings. 0 where there is no Burmese, and where a conversion would change nothing or make it look
 * no better. Shan, Mon and Karen, whose letters Zawgyi took for its own shapes, are Unicode. Linear time, any string.
 */
export function zawgyiProbability(text: string): number {
  const probability = likelihoodOfZawgyi(text)
  if (probability < zawgyiSuspected) return probability
  if (probability < zawgyiCertain && !notUnicode.test(text)) return 0
  return likelihoodOfZawgyi(toUnicode(text)) < probability ? probability : 0
}

// In a word or two the model cannot be sure; but Zawgyi puts signs before their letters, and stacks otherwise.
const letter = String.raw`\u1000-\u102A\u103F`
const notUnicode = new RegExp(
  [
    String.raw`(?<![${letter}\u103B-\u103E])\u1031`,
    String.raw`\u1021\u1031[\u1000-\u1020](?![\u102B-\u103E])`,
    String.raw`(?<![${letter}\u103B-\u103D])[\u103B-\u103D]`,
    String.raw`\u1039(?![\u1000-\u1021])|\u102F[\u1000-\u1021]\u1039`,
    String.raw`[\u1033\u1034\u1060-\u1097]`,
  ].join('|'),
  'u',
)

/** What a Zawgyi text says, in Unicode (NFC), for a moderator's eyes; the stored text stays as typed. Linear time. */
export function toUnicode(text: string): string {
  return convertToUnicode(text).normalize('NFC')
}
