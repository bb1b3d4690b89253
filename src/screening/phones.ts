import { numbersInDate } from './dates.ts'
import { endsInWord, isAmount, isInsideOfMore, speaksOfPhones } from './phone-context.ts'
import type { Range } from './signal.ts'

/**
 * Phone numbers: international with + or 00; national with a leading 0, or in the forms of countries that have none;
 * and other numbers of 7 to 15 digits behind a word for phones. Digits of any script, with the separators that people
 * put between them to be read or to be overlooked. Dates, amounts, ranges, scores, versions and identifiers are none.
 * Takes any string, in linear time.
 */
export function findPhones(text: string): Range[] {
  return Array.from(text.matchAll(run)).flatMap((match) =>
    stretchesOf(groupsIn(match[0], match.index))
      .filter((groups) => isPhone(groups, text))
      .map(rangeOf),
  )
}

const hanDigits = '〇零○一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖'
const digit = String.raw`\p{Nd}\uFE0F?\u20E3?`
const space = String.raw`[\p{Zs}\t.‐-―/()（）．／·・\u200B-\u200D\u2060－-]`

// Nothing is tried twice but the three separators before a digit.
const run = new RegExp(`[+＋]?[(（]?${digit}(?:${space}{0,3}${digit})*|[${hanDigits}]{8,}`, 'gu')
const groupInRun = new RegExp(String.raw`([^\p{Nd}${hanDigits}]*)((?:${digit}|[${hanDigits}])+)`, 'gu')

/** Digits with nothing between them. */
interface Group {
  /** In ASCII. */
  digits: string
  start: number
  end: number
  /** What stands between the group before and this one. */
  separator: string
}

function groupsIn(found: string, offset: number): Group[] {
  return Array.from(found.matchAll(groupInRun), (match) => {
    const [whole, separator = '', written = ''] = match
    const end = offset + match.index + whole.length
    return { digits: inAscii(written), separator, start: end - written.length, end }
  })
}

function inAscii(written: string): string {
  return written.replace(/[\uFE0F\u20E3]/gu, '').replace(/[^0-9]/gu, valueOf)
}

const values = new Map<string, string>()

function valueOf(character: string): string {
  const known = values.get(character) ?? hanValues[character] ?? placeInRow(character)
  values.set(character, known)
  return known
}

/** Unicode has the digits of a script in order, so that the place in their row is the value. */
function placeInRow(character: string): string {
  const code = Number(character.codePointAt(0))
  let zero = code
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return String((code - zero) % 10)
}

const hanValues: Record<string, string> = Object.fromEntries(
  ['〇零○', '一壹', '二贰貳', '三叁參', '四肆', '五伍', '六陆陸', '七柒', '八捌', '九玖'].flatMap(
    (characters, value) => Array.from(characters, (character) => [character, String(value)]),
  ),
)

/** What may be a number each: dates are left out, and a number that is complete ends where another may begin. */
function stretchesOf(groups: Group[]): Group[][] {
  let current: Group[] = []
  const stretches = [current]
  let dateEnds = 0
  for (const [at, group] of groups.entries()) {
    if (at >= dateEnds) dateEnds = at + dateLength(groups.slice(at, at + longestDate))
    if (at < dateEnds || isComplete(current, group)) {
      current = []
      stretches.push(current)
    }
    if (at >= dateEnds) current.push(group)
  }
  return stretches
}

/** In groups: from a day and month to another, with the year. */
const longestDate = 5

/** How many groups at the beginning are a date; one that goes on with the same sign from the group before is none. */
function dateLength(groups: Group[]): number {
  const [before = '', ...between] = groups.map(({ separator }) => separator)
  const length = numbersInDate(groups.map(({ digits }, at) => `${between[at - 1] ?? ''}${digits}`).join(''))
  return between.slice(0, Math.max(0, length - 1)).includes(before) ? 0 : length
}

function isComplete(groups: Group[], next: Group): boolean {
  const last = groups.at(-1)?.digits.length ?? 0
  if (last >= 7) return /[\s/]/.test(next.separator)
  return next.separator.length > 1 && next.digits.startsWith('0') && digitsOf(groups.slice(-9)).length >= 9
}

function digitsOf(groups: Group[]): string {
  return groups.map(({ digits }) => digits).join('')
}

function formOf(groups: Group[]): string {
  return groups.map(({ digits }) => digits).join('-')
}

function rangeOf(groups: Group[]): Range {
  const [first, ...others] = groups.map(({ separator }) => separator)
  const lead = `${first}`.slice(`${first}`.search(/[+＋]?[(（]?$/))
  const isClosed = others.some((separator) => /[)）]/.test(separator))
  const begin = isClosed ? lead : lead.replace(/^[(（]/, '')
  return {
    start: Math.min(...groups.map(({ start }) => start)) - begin.length,
    end: Math.max(...groups.map(({ end }) => end)),
  }
}

function isPhone(groups: Group[], text: string): boolean {
  const digits = digitsOf(groups)
  if (digits.length < 7 || digits.length > 17 || /^(.)\1+$/.test(digits)) return false

  const { start, end } = rangeOf(groups)
  const before = text.slice(Math.max(0, start - 40), start)
  const after = text.slice(end, end + 16)
  if (isInsideOfMore(before, after)) return false
  if (endsInWord(before) && !speaksOfPhones(before, after)) return false
  if (/[+＋]/.test(text.slice(start, start + 1))) return international.test(digits)
  if (isAmount(before, after)) return false
  if (digits.startsWith('00'))
    return international.test(digits.slice(2)) && (!isSpelled(groups) || isEven(groups))
  return isNational(groups, digits) || (isAnyNumber(groups, digits) && speaksOfPhones(before, after))
}

/** What may be dialled; years and amounts beside a word for phones may not. */
function isAnyNumber(groups: Group[], digits: string): boolean {
  const isInThousands = /^[1-9](?:\d{0,2}(?:-\d{3})*-000|-\d{3}-\d{3})$/.test(formOf(groups))
  return digits.length <= 15 && !isInThousands && !areYears(groups) && !isRoundSpan(groups)
}

/** Country codes of E.164, and how many digits may follow. */
const international =
  /^(?:1[2-9]\d{9}|7\d{10}|(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])\d{7,11}|(?:2[1-689]|3[578]|42|5[09]|6[7-9]|8[058]|9[679])\d{5,13})$/

function isNational(groups: Group[], digits: string): boolean {
  if (isCounting(groups, digits)) return false
  if (/^0[1-9]\d{7,9}$/.test(digits)) return isWellGrouped(groups)
  const form = formOf(groups)
  return national.test(form) && !isRange(groups) && !/0000$|^(?:19|20)\d\d[01]\d[0-3]\d/.test(form)
}

/** Up from 0 or 1, or down with each digit by itself. */
function isCounting(groups: Group[], digits: string): boolean {
  if ('01234567890'.includes(digits)) return true
  return '98765432109876543210'.includes(digits) && isSpelled(groups)
}

/** In groups of two or more, as national numbers are, or each digit alone with the same separator throughout. */
function isWellGrouped(groups: Group[]): boolean {
  if (isSpelled(groups)) return isEven(groups)
  return groups.every(({ digits }) => digits.length > 1) && !isDraw(groups)
}

function isSpelled(groups: Group[]): boolean {
  return groups.every(({ digits }) => digits.length === 1)
}

function isEven(groups: Group[]): boolean {
  return new Set(groups.slice(1).map(({ separator }) => separator)).size === 1
}

/** Numbers drawn in a lottery, and such lists: pairs that go up. */
function isDraw(groups: Group[]): boolean {
  const numbers = groups.map(({ digits }) => digits)
  const inPairs = numbers.every((number) => number.length === 2 && number < '50')
  return inPairs && numbers.toSorted().join() === numbers.join()
}

/** Countries without a leading 0, and numbers that are the same from everywhere in a country. */
const national = new RegExp(
  [
    String.raw`(?:1-)?[2-9]\d{2}-[2-9]\d{2}-\d{4}|1?[2-9]\d{2}[2-9]\d{6}`, // North America
    String.raw`1[3-9]\d-\d{4}-\d{4}|1[3-9]\d{9}|1[3-9]\d{2}-\d{3}-\d{4}|0\d{3}-\d{8}|[48]00-?\d{3}-?\d{4}`, // China
    String.raw`[235-9]\d{3}-\d{4}`, // Hong Kong, Macao, Singapore
    String.raw`1[568]\d{2}-\d{4}`, // Korea, for firms
    String.raw`[6-9]\d{4}-\d{5}|[6-9]\d{9}|1800-\d{3}-\d{4}`, // India
    String.raw`01[567]\d{1,3}-?\d{7,8}|[67]\d{2}-\d{2}-\d{2}-\d{2}`, // Germany, Spain
    String.raw`8-\d{3}-\d{3}-\d{2}-?\d{2}|8\d{10}`, // Russia, Kazakhstan
    String.raw`1[38]00-\d{3}-\d{3}|\d{2}-9\d{4}-\d{4}`, // Australia, Brazil
  ]
    .map((forms) => `^(?:${forms})$`)
    .join('|'),
)

/** Two years or two round amounts, or one a little above the other. */
function isRange(groups: Group[]): boolean {
  const [from, to, ...more] = groups.map(({ digits }) => Number(digits))
  if (from === undefined || to === undefined || more.length > 0) return false
  return areYears(groups) || (from % 10 === 0 && to % 10 === 0) || (to > from && to - from < 500)
}

/** 3000–5000, 3500-3700. */
function isRoundSpan(groups: Group[]): boolean {
  const [from, to, ...more] = groups.map(({ digits }) => Number(digits))
  if (from === undefined || to === undefined || more.length > 0) return false
  return from < to && from % 50 === 0 && to % 50 === 0
}

function areYears(groups: Group[]): boolean {
  return (
    /^(?:1\d|20)\d\d-(?:1\d|20)\d\d$/.test(formOf(groups)) && formOf(groups) < formOf(groups.toReversed())
  )
}
