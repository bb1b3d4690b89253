import { type CsvFault, type CsvField, type CsvPlace, csvRecord, readCsv } from '../http/csv.ts'
import { inTurns } from '../http/turns.ts'
import { mostPhrases, Phrase } from './phrases.ts'

/** What a file of phrases holds, and every place where it is wrong (a hundred at most). */
export interface PhraseFile {
  phrases: Phrase[]
  faults: CsvFault[]
}

/**
 * Reads phrases from a CSV file in UTF-8 whose first line names its columns: `phrase`, and any of `language`, `note`
 * and `severity`. An empty field is one that is not given. Each fault tells line, column and, of a field, its name.
 */
export function readPhraseList(csv: string): Promise<PhraseFile> {
  return inTurns(reading(csv))
}

function* reading(csv: string): Generator<undefined, PhraseFile> {
  const records = readCsv(csv)
  const first = records.next()
  if (first.done && first.value) return { phrases: [], faults: [first.value] }
  const header = first.done ? [] : first.value
  const names = header.map(nameOf)
  const misnamed = faultsOfHeader(header, names)
  if (misnamed.length > 0) return { phrases: [], faults: misnamed.slice(0, mostFaults) }

  const file: PhraseFile = { phrases: [], faults: [] }
  let read = 0
  let next = records.next()
  for (; !next.done && read < mostPhrases && file.faults.length < mostFaults; next = records.next()) {
    readRow(next.value, names, file)
    read += 1
    if (read % rowsInAStep === 0) yield
  }
  const [excess] = next.done ? [] : next.value
  if (excess) file.faults.push({ ...placeOf(excess), detail: `A list has at most ${mostPhrases} phrases` })
  if (next.done && next.value) file.faults.push(next.value)
  return { ...file, faults: file.faults.slice(0, mostFaults) }
}

/** Phrases as a CSV file that `readPhraseList` reads again, and a spreadsheet shows right: with a byte order mark. */
export function writePhraseList(phrases: readonly Phrase[]): string {
  const rows = phrases.map(({ phrase, language = '', note = '', severity }) =>
    csvRecord([phrase, language, note, severity]),
  )
  return `\uFEFF${csvRecord(columns)}${rows.join('')}`
}

const columns = ['phrase', 'language', 'note', 'severity']
const mostFaults = 100
const rowsInAStep = 100

function faultsOfHeader(header: CsvField[], names: string[]): CsvFault[] {
  if (!names.includes('phrase')) {
    const detail = 'The first line names the columns: phrase, and any of language, note and severity'
    return [{ line: 1, column: 1, detail }]
  }
  return header.flatMap((field, index) => {
    const name = nameOf(field)
    if (!columns.includes(name))
      return [{ ...placeOf(field), detail: `There is no column "${shortened(field.text)}"` }]
    return names.indexOf(name) < index
      ? [{ ...placeOf(field), detail: `The column ${name} stands here twice` }]
      : []
  })
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40).toWellFormed()}…` : text
}

function readRow(row: CsvField[], names: string[], file: PhraseFile): void {
  const [first, surplus] = [row[0], row[names.length]]
  const given = row
    .slice(0, names.length)
    .flatMap(({ text }, index) => (text === '' ? [] : [[names[index], text]]))
  const read = Phrase.safeParse({ phrase: '', ...Object.fromEntries(given) })
  if (read.success && !surplus) file.phrases.push(read.data)

  for (const [index, name] of names.entries()) {
    const issue = read.error?.issues.find(({ path }) => path[0] === name)
    const field = row[index] ?? first
    if (issue && field) file.faults.push({ ...placeOf(field), detail: `${name}: ${issue.message}` })
  }
  if (surplus) file.faults.push({ ...placeOf(surplus), detail: `There are only ${names.length} columns` })
}

function nameOf({ text }: CsvField): string {
  return text.trim().toLowerCase()
}

function placeOf({ line, column }: CsvField): CsvPlace {
  return { line, column }
}
