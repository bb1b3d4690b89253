import { z } from 'zod'
import { mostRanges, type Range, type Signal } from './signal.ts'

/** A reader's text, as a classifier of the publisher's is asked about it. */
export interface TextToClassify {
  text: string
  /** BCP 47 tag of what the text seems to be in; else the article's */
  language: string
  site: string
  article: { key: string; title: string | null; url: string | null }
}

/** The JSON that the classifier is sent. Field by field: it leaves the house, and nobody's name may slip into it. */
export function question({ text, language, site, article }: TextToClassify): string {
  const { key, title, url } = article
  return JSON.stringify({ text, language, site, article: { key, title, url } })
}

/** The scores that an answer may hold. */
const mostScores = 20

/** What the classifier answers; of what it adds, nothing is read. */
export const Classification = z.object({
  scores: z
    .array(
      z.object({
        label: z.string().transform(upTo(80)).pipe(z.string().min(1)),
        score: z.number().min(0).max(1),
        message: z.string().transform(upTo(300)).nullish(),
        ranges: z.array(z.object({ start: z.int().min(0), end: z.int().min(0) })).nullish(),
      }),
    )
    .max(mostScores),
})
export type Classification = z.infer<typeof Classification>

/** Every score as a signal, the highest first; places that are none of the text are left out. */
export function signalsOf({ scores }: Classification, text: string): Signal[] {
  return scores
    .toSorted((one, other) => other.score - one.score)
    .map(({ label, score, message, ranges }) => {
      const percent = Math.round(score * 100)
      const said = `The classifier scores “${label}” at ${percent} %.`
      return {
        code: 'classifier',
        severity: severityAt(percent),
        message: message ? `${said} ${message}` : said,
        ranges: placesIn(text, ranges ?? []),
      }
    })
}

/** What is said of a text once the classifier is no longer asked about it. */
export const noAnswer: Signal = {
  code: 'classifier',
  severity: 'info',
  message: 'The classifier did not answer, and is no longer asked about this text.',
  ranges: [],
}

function severityAt(percent: number): Signal['severity'] {
  if (percent >= 80) return 'warning'
  return percent >= 50 ? 'notice' : 'info'
}

function placesIn(text: string, ranges: readonly Range[]): Range[] {
  return ranges
    .filter(({ start, end }) => start < end && end <= text.length)
    .filter(({ start, end }) => !splitsCharacter(text, start) && !splitsCharacter(text, end))
    .toSorted((one, other) => one.start - other.start || one.end - other.end)
    .slice(0, mostRanges)
}

/** Whether two halves of one character stand before and behind this place. */
function splitsCharacter(text: string, at: number): boolean {
  return at > 0 && Number(text.codePointAt(at - 1)) > 0xffff
}

/** Takes foreign words for one line of at most so many characters: none that steers, breaks or turns the line. */
function upTo(most: number): (words: string) => string {
  return (words) => {
    const characters = Array.from(words.replaceAll(unfit, ' ').replaceAll(/\s+/g, ' ').trim())
    return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('')
  }
}

// Control characters, halves of surrogate pairs, line and paragraph separators, bidirectional controls.
const unfit = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu
