import type { CountedKey, EmbedKey, Interface } from '../pages/embed/view.ts'
import type { Place } from './service.ts'

/** What every part of the embed needs: where it is, and how it speaks. */
export interface Talk {
  place: Place
  face: Interface
  isOpen: boolean
  say: (key: EmbedKey) => string
  counted: (key: CountedKey, count: number) => string
  /** the address of something on the service */
  link: (path: string) => string
  /** an id that nothing else within the same root has */
  id: () => string
  /** tells the page that something happened */
  tell: (what: EventName, detail?: Record<string, string | number>) => void
  /** says something to those who hear the page */
  announce: (words: string) => void
}

/** What the page is told of. None of them carries a text, a name or a receipt. */
export type EventName = 'postbag-ready' | 'postbag-newer' | 'postbag-sent' | 'postbag-failed'

/** How the embed speaks, by what the service said. */
export function talkOf(
  place: Place,
  face: Interface,
  isOpen: boolean,
  { tell, announce }: Pick<Talk, 'tell' | 'announce'>,
): Talk {
  const signs = Array.from(face.figures)
  const figure = (count: number) =>
    String(count)
      .replace(/\B(?=(\d{3})+$)/g, ',')
      .replace(/./g, (sign) => signs[sign === ',' ? 10 : Number(sign)] ?? sign)
  let last = 0
  const text = (key: string) => face.texts[key] ?? key
  return {
    place,
    face,
    isOpen,
    tell,
    announce,
    say: text,
    counted: (key, count) => (count === 1 ? text(`${key}.one`) : text(key).replace('{}', figure(count))),
    link: (path) => new URL(path, place.service).href,
    id: () => `p${(last += 1)}`,
  }
}
