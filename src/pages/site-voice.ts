import { z } from 'zod'
import type { Database } from '../database/client.ts'
import { languageOfTag, type PageLanguage, pageLanguage } from './languages.ts'
import { ownTexts } from './site-text-store.ts'
import { type Voice, voiceIn } from './voice.ts'

/**
 * The language that a reader asks for by `?lang=`: one of ours, whatever tag stands for it. Everything else counts as
 * nothing, so that no more pages can be asked for than there are languages.
 */
const AskedLanguage = z
  .string()
  .max(35)
  .transform((tag) => languageOfTag(tag))
  .optional()
  .catch(undefined)

/** A query of nothing but `?lang=`. */
export const LanguageQuery = z.object({ lang: AskedLanguage })

/** The voice of a site's page: in the language that was asked for, else in the first of `tags` in which there is one. */
export async function siteVoice(
  { desk }: Pick<Database, 'desk'>,
  site: string,
  asked: PageLanguage | undefined,
  ...tags: readonly string[]
): Promise<Voice> {
  const language = asked ?? pageLanguage(...tags)
  return voiceIn(language, await ownTexts(desk, site, language), asked !== undefined)
}
