import type { Database } from '../database/client.ts'
import { Problem } from '../http/problems.ts'
import { existingSite } from '../sites/existing-site.ts'
import type { PageLanguage } from './languages.ts'
import { textFault } from './own-texts.ts'
import { writeOwnTexts } from './site-text-store.ts'

/** Replaces what a publisher wrote in the place of a language's texts: all of it, or, if anything is wrong, nothing. */
export async function putTexts(
  db: Database,
  siteKey: string,
  language: PageLanguage,
  texts: Record<string, string>,
): Promise<void> {
  const site = await existingSite(db, siteKey)
  const errors = Object.entries(texts).flatMap(([key, text]) => {
    const fault = textFault(language, key, text)
    return fault ? [{ pointer: `#/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, ...fault }] : []
  })
  const [first] = errors
  if (first) {
    const told = errors.slice(0, mostFaults)
    throw new Problem('invalid_request', `${first.pointer}: ${first.detail}`, { errors: told })
  }
  await writeOwnTexts(db.desk, site.key, language, texts)
}

/** More than anybody mends at a time. */
const mostFaults = 20
