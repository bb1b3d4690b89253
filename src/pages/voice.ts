import type { Precision } from '../http/times.ts'
import { directionOf } from '../sites/site.ts'
import { type IcuMessage, icuMessage } from './icu.ts'
import { languages, type PageLanguage } from './languages.ts'
import type { MessageKey, Messages } from './messages/message-file.ts'

/** A language as the pages speak it: its texts, or a publisher's instead, its dates and its numbers. */
export interface Voice {
  /** an address of ours, with a query; it keeps the language that a reader chose by `?lang=` */
  link(path: string, query?: Record<string, string | undefined>): string
  /** for `lang` */
  language: PageLanguage
  direction: 'ltr' | 'rtl'
  /** a text, with its placeholders filled */
  say(key: MessageKey, values?: Record<string, string | number>): string
  /** a text of which some placeholders are more than text: an element, or a function of what a `<tag>` encloses */
  compose<T>(key: MessageKey, values: Record<string, Piece<T>>): (string | T)[]
  /** a coarse moment (ISO 8601), in UTC, showing no more than is known */
  moment(instant: string, precision: Precision): string
  /** the day of it */
  day(instant: string): string
  /** a number, as the texts have it */
  figure(number: number): string
}

/** What fills a placeholder. */
type Piece<T> = string | number | T | ((enclosed: (string | T)[]) => T)

/** What a publisher wrote in the place of some of a language's texts. */
export type OwnTexts = Readonly<Partial<Record<string, string>>>

/**
 * The voice of a language. `own` are a publisher's texts, each of which was found to be right (`textFault`) when it was
 * written; what a later release cannot use any more gives way to the standard text. `isChosen` is whether the reader asked
 * for the language.
 */
export function voiceIn(language: PageLanguage, own: OwnTexts = {}, isChosen = false): Voice {
  const { messages, formats } = { formats: language, ...languages[language] }
  const standard = standardIn(language, messages, formats)

  function compose<T>(key: MessageKey, values: Record<string, Piece<T>>): (string | T)[] {
    const written = Object.hasOwn(own, key) ? own[key] : undefined
    if (written === undefined) return filled(standard(key), values)
    try {
      return filled(icuMessage(written, formats), values)
    } catch {
      return filled(standard(key), values)
    }
  }
  function say(key: MessageKey, values: Record<string, string | number> = {}): string {
    return compose<string>(key, values).join('')
  }
  const day = (instant: string) => dayIn(formats).format(new Date(instant))
  return {
    language,
    direction: directionOf(language),
    link: (path, query = {}) => withQuery(path, { ...query, lang: isChosen ? language : undefined }),
    say,
    compose,
    day,
    figure: (number) => new Intl.NumberFormat(formats).format(number),
    moment: (instant, precision) =>
      precision === 'day'
        ? day(instant)
        : say('comment.moment', { day: day(instant), time: timeIn(formats).format(new Date(instant)) }),
  }
}

/** The address of a page of ours in the language that was asked for, if one was. */
export function inLanguage(path: string, asked: PageLanguage | undefined): string {
  return withQuery(path, { lang: asked })
}

/** A path with a query of what is defined, before its fragment. */
function withQuery(path: string, query: Record<string, string | undefined>): string {
  const [place = '', fragment] = path.split('#')
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, value)
  const search = asked.size === 0 ? '' : `?${asked}`
  return `${place}${search}${fragment === undefined ? '' : `#${fragment}`}`
}

function filled<T>(message: IcuMessage, values: Record<string, Piece<T>>): (string | T)[] {
  return message.formatToParts<T>(values).map(({ value }) => value)
}

/** Compiled once a process. */
const compiled = new Map<string, IcuMessage>()

function standardIn(
  language: PageLanguage,
  messages: Messages,
  formats: string,
): (key: MessageKey) => IcuMessage {
  return (key) => {
    const name = `${language} ${key}`
    const known = compiled.get(name) ?? icuMessage(messages[key], formats)
    compiled.set(name, known)
    return known
  }
}

function dayIn(formats: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(formats, { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' })
}

function timeIn(formats: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(formats, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  })
}
