import { JSONParser } from '@streamparser/json'
import { type SourceFile, textOf } from './file.ts'

/** A value from a JSON file, and under which of the wanted names it stood; `nth` counts those of one name from 1. */
export interface FoundValue {
  list: string
  nth: number
  value: unknown
}

/**
 * The members of lists in a JSON file, each as soon as it ends; no more than one of them is kept. `paths` are those of
 * lists, such as `$.comments`, or `$` for the document itself. Several documents may follow each other.
 */
export async function* membersOf(file: SourceFile, paths: readonly string[]): AsyncGenerator<FoundValue> {
  const ready: FoundValue[] = []
  const counts = new Map<string, number>()
  const parser = new JSONParser({
    paths: paths.map((path) => (path.endsWith('*') ? path : `${path}.*`)),
    keepStack: false,
    separator: '',
  })
  parser.onValue = ({ value, stack, key }) => {
    const names = [...stack.slice(1).map((one) => one.key), key].slice(0, -1)
    const list = ['$', ...names.filter((name) => name !== undefined)].join('.')
    const nth = (counts.get(list) ?? 0) + 1
    counts.set(list, nth)
    ready.push({ list, nth, value })
  }
  try {
    for await (const piece of textOf(file)) {
      parser.write(piece)
      yield* ready.splice(0)
    }
    if (!parser.isEnded) parser.end()
  } catch (fault) {
    // The parser's own words may repeat what is in the file, so they are not passed on.
    if (
      fault instanceof Error &&
      /^(Tokenizer|TokenParser)|Unexpected|ended/.test(`${fault.name}${fault.message}`)
    ) {
      const entries = [...counts.values()].reduce((sum, many) => sum + many, 0)
      throw notJson(entries)
    }
    throw fault
  }
  yield* ready
}

function notJson(entries: number): Error {
  return new Error(`The file is not the JSON that it should be, after ${entries} entries.`)
}
