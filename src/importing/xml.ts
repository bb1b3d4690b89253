import { SaxesParser } from 'saxes'
import { type SourceFile, textOf } from './file.ts'

/** An element with what is in it. Names are local ones, without their prefix. */
export interface Element {
  name: string
  /** the line on which it ends, from 1 */
  line: number
  attributes: Map<string, string>
  text: string
  children: Element[]
}

/**
 * The elements of these names that stand right in one of the name beside, one after the other, each as soon as it ends
 * and without those of them that are in it: so whoever wants items and their comments has each comment before its item.
 * No more of the file is kept than one of them. What is no well-formed XML is read as far as it can be; a control
 * character is no reason to stop.
 */
export async function* elementsOf(
  file: SourceFile,
  wanted: Readonly<Record<string, string>>,
): AsyncGenerator<Element> {
  const ready: Element[] = []
  const open: Element[] = []
  let tooDeep: Error | undefined
  const parser = new SaxesParser({ position: true })
  parser.on('error', () => undefined)
  parser.on('opentag', ({ name, attributes }) => {
    open.push({
      name: local(name),
      line: parser.line,
      attributes: new Map(Object.entries(attributes).map(([key, value]) => [local(key), value])),
      text: '',
      children: [],
    })
    if (open.length > 200)
      tooDeep = new Error('The file is no export: its elements lie too deep in each other.')
  })
  const add = (text: string) => {
    const element = open[open.length - 1]
    if (element && open.length > 1) element.text += text
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', () => {
    const element = open.pop()
    if (!element) return
    element.line = parser.line
    const around = open[open.length - 1]
    if (around !== undefined && wanted[element.name] === around.name) ready.push(element)
    else if (open.some(({ name }, at) => at > 0 && wanted[name] === open[at - 1]?.name))
      around?.children.push(element)
  })
  for await (const piece of textOf(file)) {
    parser.write(piece)
    if (tooDeep) throw tooDeep
    yield* ready.splice(0)
  }
  parser.close()
  yield* ready
  if (open.length > 0) throw new Error('The file ends in the middle.')
}

/** The trimmed text of a child; undefined where it is not there, or empty. */
export function childText(element: Element, name: string): string | undefined {
  const text = childOf(element, name)?.text.trim()
  return text === '' ? undefined : text
}

export function childOf(element: Element, name: string): Element | undefined {
  return element.children.find((child) => child.name === name)
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
