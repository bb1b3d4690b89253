import { after, before, places } from './places.ts'
import type { Range } from './signal.ts'

/**
 * Runs of shapeless characters where no spelling needs them; ZWSP, ZWNJ, ZWJ, direction marks, variation
 * selectors and fillers in the scripts that need them are spelling. Takes any string, in linear time.
 */
export function findInvisible(text: string): Range[] {
  const shaped = shapedScript.test(text)
  return places(text, invisible).filter(({ start, end }) => {
    return !isSpelling(text.slice(start, end), before(text, start), after(text, end), shaped)
  })
}

/** Whether a run of invisible characters belongs to the spelling of what stands `left` and `right` of it. */
function isSpelling(run: string, left: string, right: string, shapedText: boolean) {
  if (variationSelector.test(run)) return left !== '' && !alphabet.test(left)
  const sides = [left, right]
  if (jamoFiller.test(run)) return sides.some((side) => jamo.test(side))
  if (brailleBlank.test(run)) return sides.some((side) => braille.test(side))
  if (!zeroWidth.test(run)) return false
  if (sides.some((side) => shapedScript.test(side) || emoji.test(side))) return true
  return shapedText && !sides.every((side) => startsWithLetter.test(side))
}

const startsWithLetter = /^\p{L}/u

/** Scripts whose lines or shapes need zero-width characters (ZWSP, ZWNJ, ZWJ) or direction marks. */
const shapedScripts =
  'Khmer Myanmar Lao Thai Tibetan Arabic Hebrew Syriac Thaana Nko Mongolian Devanagari Bengali Gurmukhi Gujarati ' +
  'Oriya Tamil Telugu Kannada Malayalam Sinhala Javanese Balinese Cham New_Tai_Lue Tai_Tham'
const shapedScript = new RegExp(`[${shapedScripts.replaceAll(/(\w+) ?/g, String.raw`\p{scx=$1}`)}]`, 'u')
const emoji = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u
const alphabet = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u
const jamo = /[\u1100-\u115E\u1161-\u11FF\uA960-\uA97F\uD7B0-\uD7FF]/u
const braille = /[\u2801-\u28FF]/u

const invisible =
  /[\u034F\uFE00-\uFE0F\u{E0100}-\u{E01EF}\u00AD\u061C\u115F\u1160\u200B-\u200F\u2060-\u2064\u2800\u3164\uFFA0]+/gu
const zeroWidth = /^[\uFE00-\uFE0F]?[\u034F\u061C\u200B-\u200F]{1,8}$/u
const variationSelector = /^[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]$/u
const jamoFiller = /^[\u115F\u1160]{1,2}$/u
const brailleBlank = /^\u2800+$/u
