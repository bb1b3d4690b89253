import { z } from 'zod'
import { Language } from '../../http/language.ts'
import { SignalCode } from '../../screening/signal.ts'
import { SiteKey } from '../../sites/site.ts'

/** From which part of the queue to lease; without a site or languages from all that the caller reads. */
export const ClaimFilter = z
  .strictObject({
    site: SiteKey.optional(),
    languages: z.array(Language).min(1).max(50).optional(),
    signal: SignalCode.optional(),
  })
  .meta({ id: 'ClaimFilter' })
export type ClaimFilter = z.infer<typeof ClaimFilter>

/** A part of what waits: a site, and the languages to show of it; null for all of them. */
export interface Lane {
  site: string
  languages: string[] | null
}
