import { mostRanges, type Range, type Signal, type SignalCode } from './signal.ts'

/** What signals look at. `removed` counts, by kind, what the text pipeline took out of the text and the name. */
export interface Facts {
  text: string
  name: string
  removed: Record<string, number>
}

/**
 * What is worth a moderator's second look, in a fixed order; an ordinary comment in any language gives nothing.
 * Takes any string, never throws, and needs time in proportion to its length.
 */
export function screen(facts: Facts): Signal[] {
  return signals.flatMap((signal) => signal(facts) ?? [])
}

const signals: readonly ((facts: Facts) => Signal | undefined)[] = [
  links,
  markup,
  shouting,
  invisibleCharacters,
  bidiControls,
  privateUse,
  replacementCharacter,
  stackedMarks,
  mixedScript,
]

/** Web addresses: with http(s) or www, and bare domains such as `example.com`; not the domain of an e-mail address. */
function links(facts: Facts) {
  return noticed(facts, 'links', 'notice', ['link', 'links'], findLinks)
}

/** Markup that readers will see as typed: HTML tags and entities, BBCode, Markdown links. */
function markup(facts: Facts) {
  return noticed(facts, 'markup', 'info', ['piece of markup', 'pieces of markup'], (text) =>
    places(text, typedMarkup),
  )
}

/** Mostly capitals. Only scripts with case can shout, and acronyms inside another script do not. */
function shouting({ text }: Facts): Signal | undefined {
  const capitals = places(text, capital).length
  const cased = capitals + places(text, small).length
  if (cased < 20 || capitals <= cased * 0.7) return undefined
  if (cased < places(text, letter).length * 0.8) return undefined

  const message = `${capitals} of ${cased} letters are capitals.`
  return { code: 'shouting', severity: 'info', message, ranges: first(places(text, capitalWord)) }
}

/** Shapeless characters where no spelling needs them: they hide words from searches, lists and eyes. */
function invisibleCharacters(facts: Facts) {
  const nouns = ['place with invisible characters', 'places with invisible characters'] as const
  return noticed(facts, 'invisible_characters', 'notice', nouns, findInvisible)
}

/** Embeddings, isolates and overrides (UAX #9), still there or already removed; the marks LRM, RLM and ALM are not. */
function bidiControls({ text, name, removed }: Facts): Signal | undefined {
  const inText = places(text, bidiControl)
  const counts = [
    [inText.length, 'in the text'],
    [places(name, bidiControl).length, 'in the name'],
    [(removed.bidi_controls ?? 0) + (removed.bidi_overrides ?? 0), 'removed on arrival'],
  ] as const
  const said = counts.filter(([count]) => count > 0).map(([count, where]) => `${count} ${where}`)
  if (said.length === 0) return undefined

  const severity = (removed.bidi_overrides ?? 0) > 0 || bidiOverride.test(text + name) ? 'warning' : 'notice'
  const message = `Characters that turn the direction of writing were found: ${said.join(', ')}.`
  return { code: 'bidi_controls', severity, message, ranges: first(inText) }
}

/** Characters that look different, or like nothing, on each device; old Hong Kong text has some honestly. */
function privateUse(facts: Facts) {
  const nouns = ['private-use character', 'private-use characters'] as const
  return noticed(facts, 'private_use', 'info', nouns, (text) => places(text, /\p{Co}/gu))
}

/** U+FFFD stands where something was lost before it reached us. */
function replacementCharacter(facts: Facts) {
  const nouns = ['character lost on the way (\uFFFD)', 'characters lost on the way (\uFFFD)'] as const
  return noticed(facts, 'replacement_character', 'info', nouns, (text) => places(text, /\uFFFD/gu))
}

/** More marks on one letter than any spelling has (Hebrew 4, Vietnamese 2); Tibetan, which stacks by rule, is left out. */
function stackedMarks(facts: Facts) {
  const nouns = ['letter under more than 8 marks', 'letters under more than 8 marks'] as const
  return noticed(facts, 'stacked_marks', 'notice', nouns, (text) => places(text, stack))
}

/** Latin with Cyrillic or Greek inside one word: an imitation, as a rule. Han, Kana or Hangul with Latin is honest. */
function mixedScript(facts: Facts) {
  const nouns = ['word that mixes alphabets', 'words that mix alphabets'] as const
  return noticed(facts, 'mixed_script', 'notice', nouns, (text) =>
    places(text, wordRun).filter(({ start, end }) => mixesAlphabets(text.slice(start, end))),
  )
}

type Find = (text: string) => Range[]
type Nouns = readonly [one: string, many: string]

function noticed(facts: Facts, code: SignalCode, severity: Signal['severity'], nouns: Nouns, find: Find) {
  const inText = find(facts.text)
  const inName = find(facts.name).length
  if (inText.length + inName === 0) return undefined

  const count = inText.length || inName
  const what = `contains ${count} ${nouns[count === 1 ? 0 : 1]}`
  const also = inText.length > 0 && inName > 0 ? `, the name ${inName}` : ''
  const message = `The ${inText.length > 0 ? 'text' : 'name'} ${what}${also}.`
  return { code, severity, message, ranges: first(inText) } satisfies Signal
}

function first(ranges: Range[]) {
  return ranges.slice(0, mostRanges)
}

function places(text: string, pattern: RegExp): Range[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
}

function findLinks(text: string) {
  return places(text, addressOrName).flatMap(({ start, end }) => {
    const token = text.slice(start, end)
    if (withPrefix.test(token)) return [{ start, end }]
    const domain = token.slice(0, token.length - trailingDots(token))
    const mail = text[start - 1] === '@' || text[end] === '@'
    if (mail || !isDomain(domain, before(text, start), text[end])) return []
    return [{ start, end: start + domain.length }]
  })
}

function isDomain(domain: string, previous: string, next: string | undefined) {
  const [ending, label, ...more] = domain.toLowerCase().split('.').toReversed()
  if (ending === undefined || label === undefined) return false
  // A label in another script than ASCII stands before the token: 例え.com
  if (label === '' && (more.length > 0 || !startsWithLetter.test(previous))) return false
  // A full stop without a space after it ("Yes.Shop") is no domain.
  if (!domain.endsWith(ending) && domain !== domain.toUpperCase()) return false
  if (domainEndings.has(ending)) return true
  return /^[a-z]{2}$/.test(ending) && (next === '/' || (more.length > 0 && secondLevel.has(label)))
}

function trailingDots(token: string) {
  let count = 0
  while (token.at(-1 - count) === '.') count += 1
  return count
}

function findInvisible(text: string) {
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

function before(text: string, index: number) {
  return Array.from(text.slice(Math.max(0, index - 2), index)).at(-1) ?? ''
}

function after(text: string, index: number) {
  return Array.from(text.slice(index, index + 2)).at(0) ?? ''
}

function mixesAlphabets(word: string) {
  if (!/\p{Script=Latin}/u.test(word)) return false
  if (/\p{Script=Cyrillic}/u.test(word)) return true
  return /\p{Script=Greek}/u.test(word) && !unitOrTerm.test(word)
}

// None of these patterns can backtrack over more than the few characters between two places where it may begin.
const letter = /\p{L}/gu
const startsWithLetter = /^\p{L}/u
const capital = /[\p{Lu}\p{Lt}]/gu
const small = /\p{Ll}/gu
const capitalWord = /\p{Lu}[\p{Lu}\p{M}]+/gu
const wordRun = /[\p{L}\p{M}]+/gu
const stack = /(?:^|.)(?:(?!\p{Script=Tibetan})\p{M}){9,}/gsu
const bidiControl = /[\u202A-\u202E\u2066-\u2069]/gu
const bidiOverride = /[\u202D\u202E]/u

/** μm, kΩ, TNFα: one Greek letter at an edge, and none that passes for a Latin one. */
const unitOrTerm =
  /^(?![ΑΒΕΖΗΙΚΜΝΟΡΤΥΧινορυ])\p{Script=Greek}\p{Script=Latin}+$|^\p{Script=Latin}+(?![ΑΒΕΖΗΙΚΜΝΟΡΤΥΧινορυ])\p{Script=Greek}$/u

const withPrefix = /^(?:https?:|www\.)/i
const addressOrName = new RegExp(
  [
    String.raw`(?:https?://(?=[\p{L}\p{N}[])|www\.(?=[\p{L}\p{N}]))[\p{L}\p{M}\p{N}.-]*[!-;=?-~]*`,
    '(?:(?!https?://)[a-z0-9.-])+',
  ].join('|'),
  'giu',
)

/** Endings that are no common words, so that a missing space after a full stop seldom looks like a domain. */
const domainEndings = new Set(
  (
    'com net org edu gov info biz io co app dev xyz top shop site online store club vip icu bet casino ' +
    'au br ca cc ch cn cz de dk es eu fi fr gr hk hu jp kh kr lk mm mo mx nl np nz ph pl pt ru se sg th tr tv tw ua uk vn ws'
  ).split(' '),
)
const secondLevel = new Set(['ac', 'co', 'com', 'edu', 'gov', 'net', 'org'])

const tagNames =
  'a|abbr|audio|b|big|blockquote|body|br|button|center|code|div|em|embed|font|form|frame|h[1-6]|head|hr|html|i|iframe|img|input|' +
  'ins|del|li|link|marquee|math|meta|object|ol|p|pre|s|script|small|span|strike|strong|style|sub|sup|svg|table|td|textarea|th|tr|u|ul|video'
const entityNames =
  'amp|lt|gt|quot|apos|nbsp|copy|reg|trade|hellip|mdash|ndash|lsquo|rsquo|ldquo|rdquo|laquo|raquo|bull|middot|euro|shy|zwnj|zwj'
const typedMarkup = new RegExp(
  [
    String.raw`</?(?:${tagNames})(?:[\s/]+[a-z][^<>]*|[\s/]*)>|<(?:${tagNames})[\s/]+[a-z-]+\s*=`,
    String.raw`&(?:${entityNames}|#\d{1,7}|#x[0-9a-f]{1,6});`,
    String.raw`\[(?:url|img|quote|code|color|size|video|youtube)(?:=[^[\]]*)?\]|\[/(?:b|i|u|s|url|img|quote|code|color|size)\]`,
    String.raw`\[[^[\]\n]+\]\((?:https?:|www\.|/)[^()\s]*\)`,
  ].join('|'),
  'giu',
)

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
