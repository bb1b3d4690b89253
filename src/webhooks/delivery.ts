import { z } from 'zod'
import { NextCursor, Page } from '../http/paging.ts'

const Moment = z.iso.datetime()

const DeliveryStatus = z.enum(['waiting', 'delivered', 'failed']).meta({
  id: 'DeliveryStatus',
  description: '`failed`: it was tried as often as it is tried, or the endpoint is gone.',
})

/** What an endpoint is told, and how that went. Nothing of what was sent or answered is kept. */
export const Delivery = z
  .strictObject({
    id: z.uuid(),
    messageId: z.uuid().meta({ description: 'The `webhook-id` of every try.' }),
    type: z.string(),
    site: z.string().nullable(),
    comment: z.uuid().nullable(),
    article: z.string().nullable().meta({ description: 'The key, where caches are told.' }),
    status: DeliveryStatus,
    dueAt: Moment.nullable().meta({ description: 'When it is tried next, while it waits.' }),
    attempts: z
      .array(
        z.strictObject({
          at: Moment,
          status: z.int().nullable().meta({ description: 'Of the answer.' }),
          fault: z
            .string()
            .nullable()
            .meta({ description: 'A word where there was none, such as `timed_out`.' }),
          ms: z.int(),
        }),
      )
      .meta({ description: 'The newest first, 20 at most.' }),
  })
  .meta({ id: 'Delivery' })
export type Delivery = z.infer<typeof Delivery>

export const Deliveries = z
  .strictObject({ deliveries: z.array(Delivery), next: NextCursor })
  .meta({ id: 'Deliveries' })
export type Deliveries = z.infer<typeof Deliveries>

export const DeliveriesQuery = Page.extend({ status: DeliveryStatus.optional() })
export type DeliveriesQuery = z.infer<typeof DeliveriesQuery>
