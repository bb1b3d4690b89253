import { z } from 'zod'
import { Language } from '../http/language.ts'
import { Precision } from '../http/times.ts'
import { words } from '../http/words.ts'

/** A site's name in addresses: lower-case letters, digits and single hyphens. */
export const SiteKey = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'It has lower-case letters, digits and single hyphens')
  .meta({ id: 'SiteKey', examples: ['demo'] })

export const Direction = z.enum(['ltr', 'rtl'])

/** The most that any site may allow; PostgreSQL keeps no more. */
export const mostOf = { textGraphemes: 20_000, textBytes: 65_536, nameGraphemes: 200 }

/** What a site allows unless it says otherwise. */
export const defaultLimits = { textGraphemes: 5_000, textBytes: 32_768, nameGraphemes: 80 }

/** How much a reader may write: text and name in user-perceived characters (UAX #29), text also in UTF-8 bytes. */
export const Limits = z
  .strictObject({
    textGraphemes: z.int().min(1).max(mostOf.textGraphemes).default(defaultLimits.textGraphemes),
    textBytes: z.int().min(1).max(mostOf.textBytes).default(defaultLimits.textBytes),
    nameGraphemes: z.int().min(1).max(mostOf.nameGraphemes).default(defaultLimits.nameGraphemes),
  })
  .meta({ id: 'Limits' })
export type Limits = z.infer<typeof Limits>

/** What a site does against floods. Nothing of it refuses a comment, or says anything of who sent it. */
export const Floods = z
  .strictObject({
    honeypot: z.boolean().default(true).meta({
      description:
        'The form without script has a field that people do not see; what comes with something in it has a signal.',
    }),
    minimumSeconds: z.int().min(1).max(60).nullable().default(null).meta({
      description:
        'What comes from the form without script sooner than so many seconds after it was opened has a signal; null for none.',
    }),
    proofTries: z.int().min(10).max(10_000).nullable().default(null).meta({
      description:
        'How many tries a browser makes at most as a proof of work, each about a millisecond; what comes without waits longer. null to ask for none.',
    }),
  })
  .meta({ id: 'Floods' })
export type Floods = z.infer<typeof Floods>

/** What moderators may do to a text: anything under a rule, only visible cuts, or nothing. */
export const Edits = z.enum(['full', 'removals', 'off'])

const Origin = z
  .string()
  .max(255)
  .refine((value) => originForm.test(value) && URL.canParse(value) && new URL(value).origin === value, {
    message: 'It is an origin such as https://news.example, without a path',
  })
// A URL's host may also hold `*`, `;` and `'`, which mean something else in a Content-Security-Policy.
const originForm = /^https?:\/\/(?:[a-z0-9._-]+|\[[0-9a-f:]+\])(?::\d+)?$/

const settings = z.strictObject({
  name: words(200).optional().meta({ description: 'By default its key.' }),
  language: Language.default('en'),
  direction: Direction.optional().meta({ description: "By default the language's own." }),
  origins: z.array(Origin).max(100).default([]).meta({ description: 'Pages from here may send comments.' }),
  notice: words(2_000)
    .nullable()
    .default(null)
    .meta({ description: 'What the form tells readers; null for the standard words.' }),
  limits: Limits.prefault({}),
  floods: Floods.prefault({}),
  edits: Edits.default('full'),
  publishDelay: z
    .int()
    .min(0)
    .max(86_400)
    .default(30)
    .meta({ description: 'Seconds until a decision shows; until then it can be undone.' }),
  publishEvery: z
    .int()
    .min(1)
    .max(86_400)
    .nullable()
    .default(null)
    .meta({ description: 'Publish in batches, at multiples of so many seconds.' }),
  times: Precision.default('hour').meta({ description: 'As fine as times leave.' }),
  replyDepth: z.int().min(0).max(8).default(3).meta({ description: 'How deep replies nest; 0 for none.' }),
  automaticArticles: z.boolean().default(true).meta({
    description: "A first submission makes the article, if its key is a URL within the site's origins.",
  }),
  closeAfter: z
    .int()
    .min(1)
    .max(36_500)
    .nullable()
    .default(null)
    .meta({ description: 'Days after which articles close.' }),
  expireAfter: z.int().min(1).max(3_650).nullable().default(30).meta({
    description: 'Days after which a comment that nobody reviewed is told so; null for never.',
  }),
  appealDays: z
    .int()
    .min(1)
    .max(3_650)
    .default(190)
    .meta({ description: 'Days after a decision in which it can be appealed.' }),
  retentionDays: z.int().min(2).max(36_500).default(220).meta({
    description:
      'Days after the last decision until the words of a comment that does not show are erased; more than appealDays.',
  }),
  dangerPath: words(2_000).nullable().default(null).meta({
    description: "What moderators do when somebody's life is threatened; null for the standard words.",
  }),
})

/** A site's settings, as its publisher writes them. */
export const SiteSettings = settings
  .refine(({ appealDays, retentionDays }) => retentionDays > appealDays, {
    path: ['retentionDays'],
    message: 'It is more than appealDays: words stay as long as they can be appealed about',
  })
  .meta({ id: 'SiteSettings' })
export type SiteSettings = z.infer<typeof SiteSettings>

export const Site = settings
  .extend({
    key: SiteKey,
    name: z.string(),
    direction: Direction,
    limits: Limits.required(),
    floods: Floods.required(),
    paused: z.boolean().meta({ description: 'Nothing is taken for the time being.' }),
  })
  .meta({ id: 'Site' })
export type Site = z.infer<typeof Site>

/** The direction in which a language is written, by the script that it is most likely written in. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  const { language: primary, script } = new Intl.Locale(language).maximize()
  return rightToLeft.has(script ?? '') || primary === 'ckb' ? 'rtl' : 'ltr'
}
const rightToLeft = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa'])

/** What readers are told where the publisher wrote no notice. */
export const standardNotice =
  'Plain text only. A moderator reads every comment before it appears and may edit or refuse it under the terms of use, so your comment will not appear in real time. The publisher is not responsible for what readers post. Please respect the views of others and stick to facts.'
