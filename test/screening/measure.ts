import { findContactDetails } from '../../src/screening/contact-details.ts'
import { impersonates } from '../../src/screening/impersonation.ts'
import { detectLanguage } from '../../src/screening/language.ts'
import { zawgyiProbability, zawgyiSuspected } from '../../src/screening/zawgyi.ts'
import { contactDetails } from './sets/contact-details.ts'
import { borrowedNames, ownNames, reserved } from './sets/impersonation.ts'
import { languages } from './sets/language.ts'
import { unicodeTexts, zawgyiTexts } from './sets/zawgyi.ts'

export interface Measure {
  set: string
  items: number
  /** Of what was noticed, how much was right. */
  precision: number
  /** Of what should have been noticed, how much was. */
  recall: number
  /** What went wrong, one line each. */
  wrong: string[]
}

/** How well screening tells what it should on the labelled sets beside; `npx tsx test/screening/measure.ts` prints it. */
export async function measureAll(): Promise<Measure[]> {
  return [measureContactDetails(), await measureLanguage(), measureImpersonation(), measureZawgyi()]
}

export function measureContactDetails(): Measure {
  const cases = contactDetails.map((marked) => {
    const { text, details } = unmarked(marked)
    const found = findContactDetails(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`)
    return { about: marked, due: details, found }
  })
  return measure('contact_details', cases)
}

/** The text of a case and what is marked in it: {p|0912 345 678} is a phone number, and so on. */
function unmarked(marked: string): { text: string; details: string[] } {
  const kinds: Record<string, string> = { p: 'phone', m: 'email', h: 'handle', a: 'address' }
  const details = Array.from(marked.matchAll(mark), ([, kind = '', detail]) => `${kinds[kind]} ${detail}`)
  return { text: marked.replace(mark, '$2'), details }
}

const mark = /\{([pmha])\|(.*?)\}/g

export async function measureLanguage(): Promise<Measure> {
  const cases = Object.entries(languages).flatMap(([language, texts]) =>
    texts.map(async (text) => {
      const found = (await detectLanguage(text)).language
      return { about: `${text} is ${language}, not ${found}`, due: told(language), found: told(found) }
    }),
  )
  return measure('language', await Promise.all(cases))
}

function told(language: string): string[] {
  return language === 'und' ? [] : [language]
}

export function measureImpersonation(): Measure {
  return measureFlag(
    'impersonation',
    borrowedNames,
    ownNames,
    (name) => impersonates(name, reserved) !== undefined,
  )
}

function measureZawgyi(): Measure {
  return measureFlag(
    'zawgyi',
    zawgyiTexts,
    unicodeTexts,
    (text) => zawgyiProbability(text) >= zawgyiSuspected,
  )
}

function measureFlag(
  set: string,
  flagged: readonly string[],
  plain: readonly string[],
  isNoticed: (text: string) => boolean,
): Measure {
  const found = (text: string) => (isNoticed(text) ? ['noticed'] : [])
  return measure(set, [
    ...flagged.map((text) => ({ about: text, due: ['noticed'], found: found(text) })),
    ...plain.map((text) => ({ about: text, due: [], found: found(text) })),
  ])
}

interface Case {
  about: string
  due: string[]
  found: string[]
}

function measure(set: string, cases: Case[]): Measure {
  const right = cases.map(({ due, found }) => found.filter((thing) => due.includes(thing)).length)
  const wrong = cases.filter(({ due, found }) => due.join('\n') !== found.join('\n'))
  return {
    set,
    items: cases.length,
    precision: sum(right) / sum(cases.map(({ found }) => found.length)),
    recall: sum(right) / sum(cases.map(({ due }) => due.length)),
    wrong: wrong.map(({ about, due }) => `${due.length > 0 ? 'missed' : 'mistaken'}: ${about}`),
  }
}

function sum(counts: number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}

if (process.argv[1] === import.meta.filename) {
  const rows = (await measureAll()).map(({ set, items, precision, recall, wrong }) => {
    const figures = [items, precision.toFixed(3), recall.toFixed(3)].map((figure) => `${figure}`.padStart(10))
    return [`${set.padEnd(16)}${figures.join('')}`, ...wrong.map((line) => `    ${line}`)].join('\n')
  })
  process.stdout.write(`${'set'.padEnd(16)}     items precision    recall\n${rows.join('\n')}\n`)
}
