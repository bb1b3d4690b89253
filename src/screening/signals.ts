import { atOnce } from '../http/steps.ts'
import { honeypot, quick, unproven } from './arrivals.ts'
import { impersonation, language, phrase, repeat, zawgyi } from './compared.ts'
import { findContactDetails } from './contact-details.ts'
import type { Facts } from './facts.ts'
import { findInvisible } from './invisible.ts'
import { findLinks } from './links.ts'
import { places } from './places.ts'
import { mostRanges, type Range, type Signal, type SignalCode } from './signal.ts'

/**
 * What is worth a moderator's second look, in a fixed order; an ordinary comment in any language gives nothing.
 * Takes any string, never throws, and needs time in proportion to its length.
 */
export function screen(facts: Facts): Signal[] {
  return atOnce(screening(facts))
}

/** The same, one signal a step. */
export function* screening(facts: Facts): Generator<undefined, Signal[]> {
  const found: Signal[] = []
  for (const signal of signals) {
    found.push(...[signal(facts) ?? []].flat())
    yield
  }
  return found
}

const signals: readonly ((facts: Facts) => Signal | undefined)[] = [
  impersonation,
  phrase,
  repeat,
  contactDetails,
  links,
  markup,
  shouting,
  invisibleCharacters,
  bidiControls,
  privateUse,
  replacementCharacter,
  stackedMarks,
  mixedScript,
  zawgyi,
  language,
  honeypot,
  quick,
  unproven,
]

/** Phone numbers, mail addresses, handles; what only may be one, alone, is said more softly. */
function contactDetails(facts: Facts): Signal | undefined {
  const nouns = ['place that tells how to reach somebody', 'places that tell how to reach somebody'] as const
  const found = { text: findContactDetails(facts.text), name: findContactDetails(facts.name) }
  const isSure = [...found.text, ...found.name].some((detail) => detail.severity !== 'info')
  return tell('contact_details', isSure ? 'notice' : 'info', nouns, found)
}

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
  const capitals = howMany(text, capital)
  const cased = capitals + howMany(text, small)
  if (cased < 20 || capitals <= cased * 0.7) return undefined
  if (cased < howMany(text, letter) * 0.8 || !shout.test(text)) return undefined

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

function howMany(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

type Find = (text: string) => Range[]
type Nouns = readonly [one: string, many: string]

function noticed(facts: Facts, code: SignalCode, severity: Signal['severity'], nouns: Nouns, find: Find) {
  return tell(code, severity, nouns, { text: find(facts.text), name: find(facts.name) })
}

function tell(
  code: SignalCode,
  severity: Signal['severity'],
  nouns: Nouns,
  { text: inText, name }: Record<'text' | 'name', Range[]>,
) {
  const inName = name.length
  if (inText.length + inName === 0) return undefined

  const count = inText.length || inName
  const what = `contains ${count} ${nouns[count === 1 ? 0 : 1]}`
  const also = inText.length > 0 && inName > 0 ? `, the name ${inName}` : ''
  const message = `The ${inText.length > 0 ? 'text' : 'name'} ${what}${also}.`
  return { code, severity, message, ranges: first(inText) } satisfies Signal
}

function first(ranges: Range[]) {
  return ranges.slice(0, mostRanges).map(({ start, end }) => ({ start, end }))
}

function mixesAlphabets(word: string) {
  if (!/\p{Script=Latin}/u.test(word)) return false
  if (/\p{Script=Cyrillic}/u.test(word)) return true
  return /\p{Script=Greek}/u.test(word) && !unitOrTerm.test(word)
}

// None of these patterns can backtrack over more than the few characters between two places where it may begin.
const letter = /\p{L}/gu
const capital = /[\p{Lu}\p{Lt}]/gu
const small = /\p{Ll}/gu
const capitalWord = /\p{Lu}[\p{Lu}\p{M}]+/gu
/** Three words in a row, or a long one: a list of abbreviations has commas. */
const shout =
  /(?<![\p{Lu}\p{M}'’-])\p{Lu}[\p{Lu}\p{M}'’-]*(?:[!?.…]*\s+\p{Lu}[\p{Lu}\p{M}'’-]*){2}|\p{Lu}{12}/u
const wordRun = /[\p{L}\p{M}]+/gu
const stack = /(?:^|.)(?:(?!\p{Script=Tibetan})\p{M}){9,}/gsu
const bidiControl = /[\u202A-\u202E\u2066-\u2069]/gu
const bidiOverride = /[\u202D\u202E]/u

/** μm, kΩ, TNFα: one Greek letter at an edge, and none that passes for a Latin one. */
const unitOrTerm =
  /^(?![ΑΒΕΖΗΙΚΜΝΟΡΤΥΧινορυ])\p{Script=Greek}\p{Script=Latin}+$|^\p{Script=Latin}+(?![ΑΒΕΖΗΙΚΜΝΟΡΤΥΧινορυ])\p{Script=Greek}$/u

const tagNames =
  'a|abbr|audio|b|big|blockquote|body|br|button|center|code|div|em|embed|font|form|frame|h[1-6]|head|hr|html|i|iframe|img|input|' +
  'ins|del|li|link|marquee|math|meta|object|ol|p|pre|s|script|small|span|strike|strong|style|sub|sup|svg|table|td|textarea|th|tr|u|ul|video'
const entityNames =
  'amp|lt|gt|quot|apos|nbsp|copy|reg|trade|hellip|mdash|ndash|lsquo|rsquo|ldquo|rdquo|laquo|raquo|bull|middot|euro|shy|zwnj|zwj'
// A title in angle brackets may begin like a tag, as <I Am Sam> does: only these stand in a tag without a value.
const valueless = 'async|autoplay|checked|controls|defer|disabled|hidden|loop|muted|noshade|nowrap|reversed'
const typedMarkup = new RegExp(
  [
    String.raw`</?(?:${tagNames})(?:[\s/]+(?:${valueless}))*[\s/]*>|<(?:${tagNames})[\s/]+[a-z-]+\s*=(?:[^<>]*>)?`,
    String.raw`&(?:${entityNames}|#\d{1,7}|#x[0-9a-f]{1,6});`,
    String.raw`\[(?:url|img|quote|code|color|size|video|youtube)(?:=[^[\]]*)?\]|\[/(?:b|i|u|s|url|img|quote|code|color|size)\]`,
    String.raw`\[[^[\]\n]+\]\((?:https?:|www\.|/)[^()\s]*\)`,
  ].join('|'),
  'giu',
)
