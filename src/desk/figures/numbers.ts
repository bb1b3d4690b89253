import { language } from '../texts.ts'

const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
const one = (unit: string) =>
  new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 })

/** The longest first. */
const units = [
  { seconds: 86_400, format: one('day') },
  { seconds: 3_600, format: one('hour') },
  { seconds: 60, format: one('minute') },
  { seconds: 1, format: one('second') },
]

/** How long something takes, in its largest unit; an en dash for what is not known. */
export function lasting(seconds: number | null): string {
  if (seconds === null) return '–'
  const unit = units.find((known) => seconds >= known.seconds) ?? units.at(-1)
  return unit ? unit.format.format(seconds / unit.seconds) : '–'
}

export function shareOf(share: number | null): string {
  return share === null ? '–' : percent.format(share)
}

/** All decisions of every kind. */
export function totalOf(decided: Record<string, number>): number {
  return Object.values(decided).reduce((sum, count) => sum + count, 0)
}
