import { paragraphs, piecesOf, rel } from '../comments/linked-text.ts'
import { make } from './make.ts'

/** A stored text as it is shown, by the rules by which the service writes it as HTML. */
export function wordsOf(text: string): HTMLElement[] {
  return paragraphs(text).map((lines) =>
    make(
      'p',
      { dir: 'auto' },
      ...lines.flatMap((line, at) => [...(at > 0 ? [make('br')] : []), ...piecesIn(line)]),
    ),
  )
}

function piecesIn(line: string): (Node | string)[] {
  return piecesOf(line).map(({ text, isAddress }) =>
    isAddress ? make('a', { href: text, rel, part: 'link' }, text) : text,
  )
}
