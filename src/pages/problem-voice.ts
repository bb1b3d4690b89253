import { z } from 'zod'
import type { Database } from '../database/client.ts'
import type { Problem } from '../http/problems.ts'
import { sitePath } from '../sites/article.ts'
import { findSite } from '../sites/store.ts'
import { languageOfTag, pageLanguage } from './languages.ts'
import { LanguageQuery, siteVoice } from './site-voice.ts'
import { type Voice, voiceIn } from './voice.ts'

/** What of a request says in which language its failure is told. */
export interface Failed {
  query: unknown
  params: unknown
  headers: { 'accept-language'?: string | undefined }
}

const Site = z.object({ site: sitePath.shape.site })

/**
 * The voice in which a failure is told: the one that was asked for, else the site's. Where the site cannot be asked for, or
 * should not be because there are too many requests, what the browser says; such a page is kept by nobody.
 */
export async function problemVoice(
  db: Pick<Database, 'desk' | 'prisma'>,
  problem: Pick<Problem, 'status'>,
  { query, params, headers }: Failed,
): Promise<Voice> {
  const asked = LanguageQuery.safeParse(query).data?.lang
  const site = Site.safeParse(params).data?.site
  const found = site !== undefined && problem.status < 429 ? await voiceOf(site) : undefined
  return (
    found ?? voiceIn(asked ?? pageLanguage(...readBy(headers['accept-language'])), {}, asked !== undefined)
  )

  async function voiceOf(key: string): Promise<Voice | undefined> {
    const known = await findSite(db.prisma, key).catch(() => undefined)
    return known && siteVoice(db, key, asked, known.language).catch(() => undefined)
  }
}

/** The languages that a browser asks for (RFC 9110 §12.5.4), in the order in which it names them. */
function readBy(acceptLanguage = ''): string[] {
  return acceptLanguage
    .split(',', 20)
    .map((one) => one.split(';', 1).join('').trim())
    .filter((tag) => languageOfTag(tag) !== undefined)
}
