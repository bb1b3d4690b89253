/** Where something begins in a file: line and column count from 1, columns in UTF-16 units. */
export interface CsvPlace {
  line: number
  column: number
}

export interface CsvField extends CsvPlace {
  text: string
}

/** Why a file is no CSV, and where. */
export interface CsvFault extends CsvPlace {
  detail: string
}

/**
 * A text as a field of a CSV file (RFC 4180), always in quotes. Where a spreadsheet could take it for a formula, an
 * apostrophe goes before it, which makes it text there; `readCsv` takes that away again.
 */
export function csvField(text: string): string {
  const inert = formula.test(text) ? `'${text}` : text
  return `"${inert.replaceAll('"', '""')}"`
}

/** Fields as a record of a CSV file, with its line end. */
export function csvRecord(texts: readonly string[]): string {
  return `${texts.map(csvField).join(',')}\r\n`
}

/**
 * The records of a CSV file (RFC 4180), but for empty ones: with or without a byte order mark, with any line ends, and with
 * the separator of its first line, because spreadsheets write semicolons where the comma is decimal, and some tabs.
 * What `csvField` wrote is read as it was. Gives one after the other, so that nobody need read a whole file at once, and
 * at its end the fault at which it stopped, if there was one. Never throws; linear.
 */
export function* readCsv(csv: string): Generator<CsvField[], CsvFault | undefined> {
  const body = csv.replace(/^\uFEFF/, '')
  const separator = /^[^\r\n]*?([,;\t])/.exec(body)?.[1] ?? ','
  const field = new RegExp(String.raw`"[^"]*(?:""[^"]*)*"|[^"\r\n${separator}]*`, 'y')
  const fieldEnd = new RegExp(String.raw`${separator}|(?:\r\n|[\r\n])+|$`, 'y')
  let record: CsvField[] = []
  let place: CsvPlace = { line: 1, column: 1 }

  for (let at = 0; ; ) {
    const written = body.slice(at, endOf(field, body, at))
    const behind = at + written.length
    const next = endOf(fieldEnd, body, behind)
    if (next === undefined) return faultBehind(written, place)
    if (record.length === mostFields) return { ...place, detail: `A line has at most ${mostFields} fields` }
    record.push({ ...place, text: textOf(written) })
    place = placeBehind(body.slice(at, next), place)
    at = next
    if (body.slice(behind, next) === separator) continue
    if (record.some(({ text }) => text !== '')) yield record
    if (at === body.length) return undefined
    record = []
  }
}

const mostFields = 1_000

// What begins with these, or with white space or apostrophes before them, some spreadsheet computes or hides.
const formula = /^[\s']*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/

function textOf(written: string): string {
  const text = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text
}

/** Where that ends which a sticky pattern finds at `at`. */
function endOf(sticky: RegExp, text: string, at: number): number | undefined {
  sticky.lastIndex = at
  return sticky.test(text) ? sticky.lastIndex : undefined
}

function faultBehind(written: string, place: CsvPlace): CsvFault {
  if (written === '') return { ...place, detail: 'The quotation mark that opens this field is never closed' }
  const detail = written.startsWith('"')
    ? 'Behind the closing quotation mark stands more; a quotation mark inside of a field is written twice'
    : 'A field with a quotation mark stands in quotation marks, and the one inside is written twice'
  return { ...placeBehind(written, place), detail }
}

function placeBehind(written: string, { line, column }: CsvPlace): CsvPlace {
  const lines = written.split(/\r\n|[\r\n]/)
  const columns = lines.slice(-1).join('').length
  if (lines.length === 1) return { line, column: column + columns }
  return { line: line + lines.length - 1, column: columns + 1 }
}
