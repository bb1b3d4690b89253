import { z } from 'zod'
import { Language } from '../../http/language.ts'
import { line, words } from '../../http/words.ts'

/** A reason that a site keeps for the next time. What stands in `{{…}}` is to be filled in by whoever uses it. */
const NewReason = z
  .strictObject({
    title: line(80).meta({ description: 'What moderators find it by.' }),
    rule: z.string().max(40).nullable().default(null).meta({ description: 'Code of a rule; null for any.' }),
    language: Language.nullable()
      .default(null)
      .meta({ description: 'The language of the text; null for any.' }),
    text: words(4_000).meta({
      description: 'For the reader. `{{what is meant}}` marks what must be filled in before it is sent.',
    }),
  })
  .meta({
    id: 'NewReason',
    examples: [
      { title: 'No numbers', rule: 'private_details', language: 'en', text: 'Please leave out {{what}}.' },
    ],
  })

/** A reason as it is kept. */
export const SavedReason = NewReason.extend({
  rule: z.string().nullable(),
  language: z.string().nullable(),
}).meta({ id: 'SavedReason' })
export type SavedReason = z.infer<typeof SavedReason>

/** What a site wants to keep, in the order in which moderators see it. */
export const NewReasons = z.strictObject({ reasons: z.array(NewReason).max(500) }).meta({ id: 'NewReasons' })

/** A site's saved reasons, in the order in which moderators see them. */
export const SavedReasons = z.strictObject({ reasons: z.array(SavedReason) }).meta({ id: 'SavedReasons' })

/** The first placeholder that nobody has filled in, if there is one. */
export function unfilled(reason: string): string | undefined {
  return /\{\{[^{}]{0,200}\}\}/.exec(reason)?.[0]
}
