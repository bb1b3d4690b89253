import { z } from 'zod'
import { NextCursor } from '../http/paging.ts'
import { words } from '../http/words.ts'
import { SiteKey } from '../sites/site.ts'
import { ToldType } from './told.ts'

/** A moment, to the millisecond: nobody's privacy hangs on it. */
const Moment = z.iso.datetime()

const settings = {
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .refine((url) => !url.includes('#'), { message: 'It has no fragment' })
    .meta({
      description: 'Where messages are posted: https, on the public Internet, without a login in it.',
      examples: ['https://cms.example.org/postbag'],
    }),
  description: words(200).nullable().default(null),
  events: z
    .array(ToldType)
    .min(1)
    .max(ToldType.options.length)
    .transform((events) => [...new Set(events)])
    .meta({ description: 'What it is told.' }),
  moderation: z.boolean().default(false).meta({
    description:
      'Whether it gets words that nobody can see but moderators, and reasons. Nobody else may get these.',
  }),
  enabled: z.boolean().default(true).meta({
    description:
      'What happens meanwhile is not told afterwards; what waits goes on waiting, for 30 days at most.',
  }),
}

/** An endpoint as an admin changes it; replaces every setting. */
export const WebhookSettings = z.strictObject(settings).meta({ id: 'WebhookSettings' })
export type WebhookSettings = z.infer<typeof WebhookSettings>

/** A new one. */
export const NewWebhook = z
  .strictObject({
    site: SiteKey.nullable().default(null).meta({ description: 'Of which it is told; null: of every site.' }),
    ...settings,
  })
  .meta({
    id: 'NewWebhook',
    examples: [
      { url: 'https://cms.example.org/postbag', events: ['comment.published', 'comment.unpublished'] },
    ],
  })
export type NewWebhook = z.infer<typeof NewWebhook>

/** An endpoint: where a publisher is told of events. */
export const Webhook = z
  .strictObject({
    id: z.uuid(),
    site: z.string().nullable(),
    url: z.string(),
    description: z.string().nullable(),
    events: z.array(ToldType),
    moderation: z.boolean(),
    enabled: z.boolean(),
    createdAt: Moment,
    failingSince: Moment.nullable().meta({
      description: 'Since when nothing has reached it; null while it works.',
    }),
    disabled: z
      .strictObject({ because: z.enum(['gone', 'failing']), at: Moment })
      .nullable()
      .meta({
        description: 'That it was disabled by itself: it answered 410, or nothing had reached it for 5 days.',
      }),
    replaying: z
      .boolean()
      .meta({ description: 'Whether events that it is to be told again are still being gathered.' }),
    secrets: z.array(z.strictObject({ madeAt: Moment, endsAt: Moment.nullable() })).meta({
      description:
        'What messages are signed with, the newest first; the secrets themselves are not told again.',
    }),
  })
  .meta({ id: 'Webhook' })
export type Webhook = z.infer<typeof Webhook>

const secret = z.string().meta({ description: '`whsec_` and base64. Shown once.' })

export const CreatedWebhook = Webhook.extend({ secret }).meta({ id: 'CreatedWebhook' })
export type CreatedWebhook = z.infer<typeof CreatedWebhook>

export const Webhooks = z
  .strictObject({ webhooks: z.array(Webhook), next: NextCursor })
  .meta({ id: 'Webhooks' })
export type Webhooks = z.infer<typeof Webhooks>

/** How the secret is changed. */
export const Rotation = z
  .strictObject({
    keepOldHours: z.int().min(0).max(168).default(24).meta({
      description: 'For how long messages are signed with the old one as well; 0 where it has leaked.',
    }),
  })
  .meta({ id: 'WebhookRotation' })

export const Rotated = z.strictObject({ secret, webhook: Webhook }).meta({ id: 'RotatedWebhook' })

/** From when on events are told again. */
export const Replay = z
  .strictObject({
    since: Moment.refine((time) => time >= '2000', { message: 'It is a time of this century' }).meta({
      description: 'Of what happened since then and is due by now.',
    }),
  })
  .meta({ id: 'WebhookReplay', examples: [{ since: '2026-11-24T08:00:00Z' }] })
