import { demoComments } from '../../../src/sites/demo-texts.ts'
import type { Chance } from './chance.ts'

export interface Words {
  name: string | null
  text: string
}

const said = demoComments.flatMap(({ reply, ...comment }) => (reply ? [comment, reply] : [comment]))

/** What a reader of one of ten languages writes; the number makes it unlike every other. */
export function someWords(chance: Chance, number: number): Words {
  const { name = null, text = '' } = chance.one(said) ?? {}
  return { name, text: `${text.normalize('NFC')} ${number}` }
}

/** One text of a flood, a little different to the eye from the others. */
export function floodWords(chance: Chance, number: number): Words {
  const texts = [
    `Cheap watches ${number}, at the old harbour!`,
    `CHEAP watches ${number} at the old harbour`,
    `cheap  watches ${number}: at the old harbour!!`,
  ]
  return { name: chance.happens(0.8) ? 'Friend' : null, text: chance.one(texts) ?? '' }
}

/** The same text with a passage less, marked as where only cuts are allowed; undefined where nothing is left to cut. */
export function cut(text: string): string | undefined {
  const last = text.lastIndexOf(' ')
  if (last > 0 && !text.endsWith('[…]')) return `${text.slice(0, last)} […]`
  const first = text.indexOf(' ')
  if (first > 0 && !text.startsWith('[…]')) return `[…]${text.slice(first)}`
  return undefined
}
