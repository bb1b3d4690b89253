import { primaryLanguage } from '../http/language.ts'
import type { Facts, Reserved } from './facts.ts'
import { impersonates } from './impersonation.ts'
import { mostRanges, type Range, type Signal } from './signal.ts'
import { zawgyiCertain, zawgyiProbability, zawgyiSuspected } from './zawgyi.ts'

/** A name that looks like the site's, a moderator's, the author's, or a word for staff. Its text has no ranges. */
export function impersonation({ name, reserved }: Facts): Signal | undefined {
  const resembled = impersonates(
    name,
    reserved.map((one) => one.name),
  )
  if (resembled === undefined) return undefined
  const whose = reserved.find((one) => one.name === resembled)?.whose ?? 'staff'
  const message = `The name resembles ${whoseName[whose]}, “${resembled}”.`
  return { code: 'impersonation', severity: 'warning', message, ranges: [] }
}

const whoseName: Record<Reserved['whose'] | 'staff', string> = {
  site: 'that of this site',
  moderator: 'that of a moderator',
  author: 'that of the article’s author',
  staff: 'a word for staff',
}

/** Of a flood of one text, no more are counted: each that comes would go through all that came before. */
export const mostCounted = 1_000

/** The same, or nearly the same, as others have sent; "I agree" and condolences never are. */
export function repeat({ repeats: { same, nearlySame } }: Facts): Signal | undefined {
  if (same + nearlySame === 0) return undefined
  const said = [
    ...(same > 0 ? [`the same text was sent ${times(same)}`] : []),
    ...(nearlySame > 0 ? [`nearly the same text was sent ${times(nearlySame)}`] : []),
  ].join(', and ')
  const severity = same + nearlySame >= 3 ? 'warning' : 'notice'
  return { code: 'repeat', severity, message: `Within a week ${said} before.`, ranges: [] }
}

/** The site's own phrases, as strictly as the site says. */
export function phrase({ phrases }: Facts): Signal | undefined {
  const [first] = phrases
  if (!first) return undefined
  const listed = [...new Set(phrases.map((match) => match.phrase.phrase))].slice(0, 5)
  const notes = [...new Set(phrases.flatMap((match) => match.phrase.note ?? []))].slice(0, 3)
  const message = [`On the site’s list: ${listed.map((one) => `“${one}”`).join(', ')}.`, ...notes].join(' ')
  return { code: 'phrase', severity: strictest(phrases), message, ranges: inOrder(phrases) }
}

/** Another language than the article's, where the text says so clearly. */
export function language({ detected, expectedLanguage }: Facts): Signal | undefined {
  if (detected.language === 'und' || primary(detected.language) === primary(expectedLanguage))
    return undefined
  const percent = Math.round(detected.confidence * 100)
  const message = `The text seems to be in another language than the article: ${detected.language} (${percent} %).`
  return { code: 'language', severity: 'info', message, ranges: [] }
}

/** Burmese in the old encoding that only some devices show. */
export function zawgyi({ text }: Facts): Signal | undefined {
  const probability = zawgyiProbability(text)
  if (probability < zawgyiSuspected) return undefined
  const how = probability >= zawgyiCertain ? 'is' : 'may be'
  const message = `The Burmese ${how} written in Zawgyi, which many devices show wrongly.`
  return { code: 'zawgyi', severity: 'notice', message, ranges: [] }
}

function times(count: number): string {
  if (count >= mostCounted) return `${mostCounted} times or more`
  return count === 1 ? 'once' : `${count} times`
}

function strictest(phrases: Facts['phrases']): Signal['severity'] {
  const found = new Set(phrases.map((match) => match.phrase.severity))
  return (['warning', 'notice'] as const).find((severity) => found.has(severity)) ?? 'info'
}

function inOrder(ranges: readonly Range[]): Range[] {
  return ranges
    .map(({ start, end }) => ({ start, end }))
    .toSorted((one, other) => one.start - other.start || one.end - other.end)
    .slice(0, mostRanges)
}

/** The articles of one language are in Cantonese and Mandarin alike: all that is Chinese counts as one. */
function primary(tag: string): string {
  const first = primaryLanguage(tag)
  return first === 'yue' ? 'zh' : first
}
