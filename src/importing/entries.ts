import { linesOf, type SourceFile, textOf } from './file.ts'
import { membersOf } from './json.ts'

/** The entries of a file that is one JSON array, or has one JSON object a line. */
export async function* entriesOf(file: SourceFile): AsyncGenerator<{ value: unknown; place: string }> {
  if (await isArray(file)) {
    for await (const { nth, value } of membersOf(file, ['$'])) yield { value, place: `entry ${nth}` }
    return
  }
  for await (const { line, number } of linesOf(file)) {
    yield { value: parsed(line, number), place: `line ${number}` }
  }
}

/** What a line says in JSON; a fault names the line and repeats nothing of it. */
export function parsed(line: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new Error(`Line ${number} is no JSON.`)
  }
}

/** Whether a file begins as JSON does. */
export async function isJson(file: SourceFile): Promise<boolean> {
  return /^[[{]/.test(await beginningOf(file))
}

async function isArray(file: SourceFile): Promise<boolean> {
  return (await beginningOf(file)).startsWith('[')
}

/** The first character that is none of white space. */
async function beginningOf(file: SourceFile): Promise<string> {
  for await (const piece of textOf(file)) {
    const [first] = piece.trimStart()
    if (first !== undefined) return first
  }
  return ''
}
