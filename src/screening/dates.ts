/** How many of the numbers at the beginning of `written` are a date, or say from when to when; 0 if they do not. ASCII digits. */
export function numbersInDate(written: string): number {
  const date = dateOrSpan.exec(written)?.[0] ?? ''
  return date.match(/\d+/g)?.length ?? 0
}

const day = String.raw`[0-3]?\d`
const month = String.raw`[01]?\d`
const year = String.raw`(?:19|20)\d\d`
const to = ' ?[‐-―-] ?'

// A telephone number in pairs goes on with the same sign where a date of two-digit years ends.
const dateOrSpan = new RegExp(
  [
    String.raw`${year}([./-])( ?)${month}\1\2${day}`, // 2024-11-15 · 2024. 11. 15.
    String.raw`${day}([./-])( ?)${day}\3\4${year}`, // 15.11.2024
    String.raw`${day}/${day}${to}${day}/${day}(?:/(?:20)?\d\d)?`, // 01/11–05/11/24
    String.raw`${day}\.${month}\.?${to}${day}\.${month}(?:\.(?:20)?\d\d)?`, // 01.11.–05.11.24
    String.raw`${day}([./])${month}\5\d\d(?!\5)`, // 15/11/24
    String.raw`[0-2]?\d\.[0-5]\d${to}[0-2]?\d\.[0-5]\d(?!\.)`, // 8.30–16.30
  ]
    .map((form) => String.raw`^${form}(?!\d)`)
    .join('|'),
)
