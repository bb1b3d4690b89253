import { burmese } from './repeat/burmese.ts'
import { cantonese } from './repeat/cantonese.ts'
import { english } from './repeat/english.ts'
import type { Family, Repeats } from './repeat/family.ts'
import { khmer } from './repeat/khmer.ts'
import { korean } from './repeat/korean.ts'
import { lao } from './repeat/lao.ts'
import { mandarin } from './repeat/mandarin.ts'
import { tibetan } from './repeat/tibetan.ts'
import { uyghur } from './repeat/uyghur.ts'
import { vietnamese } from './repeat/vietnamese.ts'

/** Two texts, and what a person says of them. */
export interface LabelledPair {
  language: string
  /** `common`: the same, but too short and too usual for that to mean anything */
  label: 'same' | 'nearly' | 'different' | 'common'
  one: string
  other: string
}

const languages: Record<string, Repeats> = {
  burmese,
  cantonese,
  english,
  khmer,
  korean,
  lao,
  mandarin,
  tibetan,
  uyghur,
  vietnamese,
}

/**
 * Every pair of the set, in ten languages: all texts are written by hand. Two that are nearly the text of
 * their family are nearly each other; a text below that of another family is nearly the text; and the texts of two
 * families are different.
 */
export const labelledPairs: LabelledPair[] = Object.entries(languages).flatMap(([language, repeats]) =>
  pairsOf(repeats).map((pair) => ({ language, ...pair })),
)

function pairsOf({ families, common, alike, hard }: Repeats): Omit<LabelledPair, 'language'>[] {
  return [
    ...families.flatMap(({ text, same, nearly, different }) => [
      ...same.map((other) => ({ label: 'same' as const, one: text, other })),
      ...nearly.map((other) => ({ label: 'nearly' as const, one: text, other })),
      ...everyTwo(nearly).map(([one, other]) => ({ label: 'nearly' as const, one, other })),
      ...different.map((other) => ({ label: 'different' as const, one: text, other })),
    ]),
    ...everyTwo(families.map(({ text }) => text)).map(([one, other]) => ({
      label: 'different' as const,
      one,
      other,
    })),
    ...hard.map(([one, other]) => ({ label: 'nearly' as const, one, other })),
    ...families.map(({ text }, index) => ({
      label: 'nearly' as const,
      one: text,
      other: carried(text, families[index - 1]),
    })),
    ...alike.map(([one, other]) => ({ label: 'different' as const, one, other })),
    ...common.map((text) => ({ label: 'common' as const, one: text, other: `${text} ` })),
  ]
}

/** A text sent on below another one, as advertisements are below what somebody else wrote. */
function carried(text: string, carrier: Family | undefined): string {
  return `${carrier?.text ?? 'Hello!'}\n\n${text}`
}

function everyTwo(texts: string[]): [string, string][] {
  return texts.flatMap((one, index) => texts.slice(index + 1).map((other): [string, string] => [one, other]))
}
