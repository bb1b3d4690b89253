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
  return likelihoodOfZawgyi(toUnicode(text)) < probability ? probability : 0
}

/** What a Zawgyi text says, in Unicode (NFC), for a moderator's eyes; the stored text stays as typed. Linear time. */
export function toUnicode(text: string): string {
  return convertToUnicode(text).normalize('NFC')
}
