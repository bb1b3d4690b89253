import { IntlMessageFormat } from 'intl-messageformat'

/** An ICU message, ready to be filled. */
export type IcuMessage = Pick<IntlMessageFormat, 'formatToParts' | 'getAst'>

/** Reads a message; throws where it is none. `locale` is that of its numbers and plurals. */
export function icuMessage(text: string, locale: string): IcuMessage {
  return new IntlMessageFormat(text, locale)
}

/** What may fill a placeholder: a number, anything, what a `<tag>` encloses, or something else that ICU knows. */
export type Kind = 'number' | 'any' | 'tag' | 'other'

/** A message's placeholders, and what each is filled with. */
export function placeholdersOf(message: IcuMessage): Map<string, Kind> {
  const found = new Map<string, Kind>()
  collect(message.getAst(), found)
  return found
}

type Elements = ReturnType<IcuMessage['getAst']>
type Element = Elements[number]

function collect(elements: Elements, found: Map<string, Kind>): void {
  for (const element of elements) {
    const kind = kindOf(element)
    // Where a text says it twice, the stricter counts: `{count}` and `{count, plural, …}` take a number.
    if (kind && 'value' in element && (found.get(element.value) ?? 'any') === 'any')
      found.set(element.value, kind)
    if ('children' in element) collect(element.children, found)
    if ('options' in element)
      for (const option of Object.values(element.options)) collect(option.value, found)
  }
}

function kindOf(element: Element): Kind | undefined {
  return kinds.get(element.type)
}

/** By the numbers that elements have in @formatjs/icu-messageformat-parser; literal text and `#` are filled with nothing. */
const kinds: ReadonlyMap<number, Kind> = new Map([
  [1, 'any'],
  [2, 'number'],
  [3, 'other'],
  [4, 'other'],
  [5, 'other'],
  [6, 'number'],
  [8, 'tag'],
])
