import { language } from '../texts.ts'

const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const

const formats = new Map(
  units.map(({ unit }) => [
    unit,
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }),
  ]),
)

/** How long ago an instant is, such as `3 hours`; what is younger than a minute is `1 minute`. */
export function age(instant: string, now: number): string {
  const seconds = Math.max(60, (now - Date.parse(instant)) / 1_000)
  const { unit, seconds: length } = units.find((one) => seconds >= one.seconds) ?? units[2]
  return formats.get(unit)?.format(Math.floor(seconds / length)) ?? ''
}

const dateFormat = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })

/** An instant as the clock on the wall says it. */
export function moment(instant: string): string {
  return dateFormat.format(Date.parse(instant))
}

const languageNames = new Intl.DisplayNames([language], { type: 'language', fallback: 'code' })

/** What a language is called. */
export function languageName(tag: string): string {
  try {
    return languageNames.of(tag) ?? tag
  } catch {
    return tag
  }
}
