import { z } from 'zod'
import { words } from '../http/words.ts'
import { type IcuMessage, icuMessage, type Kind, placeholdersOf } from './icu.ts'
import { languages, type PageLanguage, pageLanguages } from './languages.ts'
import { isMessageKey } from './told.ts'
import type { OwnTexts } from './voice.ts'

/** A language that pages for readers speak. */
export const TextLanguage = z.enum(pageLanguages).meta({ id: 'TextLanguage' })

/** What a publisher writes in the place of texts, as ICU messages of up to 2,000 characters, by key. */
export const NewTexts = z
  .record(z.string(), words(2_000))
  .meta({ id: 'NewTexts', examples: [{ 'list.empty': 'Be the first to write.' }] })

/** The texts of a language on a site: the publisher's own, and what they stand in the place of. */
export const SiteTexts = z
  .strictObject({
    language: z.string(),
    needsNativeReader: z.boolean().meta({
      description: 'The standard texts were made by a machine, and no native reader has looked at them.',
    }),
    texts: z.record(z.string(), z.string()).meta({ description: "The publisher's own." }),
    standard: z.record(z.string(), z.string()).meta({ description: 'Every text, by key, as ICU messages.' }),
  })
  .meta({ id: 'SiteTexts' })
export type SiteTexts = z.infer<typeof SiteTexts>

/** A language's texts on a site. What a release no longer knows is not told. */
export function siteTexts(language: PageLanguage, own: OwnTexts): SiteTexts {
  const { needsNativeReader, messages } = languages[language]
  const texts = Object.entries(own).flatMap(([key, text]) =>
    isMessageKey(key) && text !== undefined ? [[key, text]] : [],
  )
  return { language, needsNativeReader, texts: Object.fromEntries(texts), standard: { ...messages } }
}

interface TextFault {
  code: 'unknown_text' | 'not_icu' | 'other_placeholders'
  detail: string
}

/** What is wrong with a publisher's text, if anything: it is filled with what the standard text is filled with. */
export function textFault(language: PageLanguage, key: string, text: string): TextFault | undefined {
  if (!isMessageKey(key)) return { code: 'unknown_text', detail: 'There is no text with this key.' }
  const locale = language
  const message = readable(text, locale)
  if (!(typeof message === 'object'))
    return { code: 'not_icu', detail: `It is not an ICU message: ${message}.` }
  const standard = placeholdersOf(icuMessage(languages[language].messages[key], locale))
  const own = placeholdersOf(message)
  if (!areSame(standard, own) || !canBeFilled(message, standard)) {
    return { code: 'other_placeholders', detail: `It has to have ${named(standard)}; it has ${named(own)}.` }
  }
  return undefined
}

/** The message, or what is wrong with it, in the parser's word. */
function readable(text: string, locale: string): IcuMessage | string {
  try {
    return icuMessage(text, locale)
  } catch (error) {
    return error instanceof Error ? error.message.toLowerCase().replaceAll('_', ' ') : 'it cannot be read'
  }
}

/** A number may also be written as it is; nothing else is taken for something else. */
function areSame(standard: ReadonlyMap<string, Kind>, own: ReadonlyMap<string, Kind>): boolean {
  return standard.size === own.size && [...own].every(([name, kind]) => fits(kind, standard.get(name)))
}

function fits(kind: Kind, standard: Kind | undefined): boolean {
  return kind === standard || (kind === 'any' && standard === 'number')
}

/** The numbers that between them meet every plural category of our languages, and more. */
export const sampleCounts = [0, 1, 2, 5, 11, 21]

function canBeFilled(message: IcuMessage, standard: ReadonlyMap<string, Kind>): boolean {
  try {
    for (const count of sampleCounts) message.formatToParts(samplesFor(standard, count))
    return true
  } catch {
    return false
  }
}

/** Something to fill each placeholder with. */
export function samplesFor(placeholders: ReadonlyMap<string, Kind>, count: number) {
  const filling = {
    number: count,
    any: 'words',
    other: 'words',
    tag: (enclosed: string[]) => enclosed.join(''),
  }
  return Object.fromEntries([...placeholders].map(([name, kind]) => [name, filling[kind]]))
}

function named(placeholders: ReadonlyMap<string, Kind>): string {
  const names = [...placeholders].map(([name, kind]) => {
    if (kind === 'tag') return `<${name}>…</${name}>`
    return kind === 'number' ? `{${name}} (a number)` : `{${name}}`
  })
  return names.length === 0 ? 'no placeholder' : names.join(', ')
}
