import { z } from 'zod'
import { NextCursor, Page } from '../../http/paging.ts'
import { Instant } from '../../http/times.ts'
import { line, words } from '../../http/words.ts'
import { SiteKey } from '../../sites/site.ts'

const Country = z.string().regex(/^[A-Z]{2}$/, 'It is a country code of two capitals, such as DE')

const Day = z.iso
  .date()
  .refine((day) => day >= '1900-01-01', { message: 'It is a day of this century or the last' })

const OrderKind = z.enum(['art9', 'art10', 'informal_request']).meta({
  id: 'OrderKind',
  description:
    'An order to act against content (Regulation (EU) 2022/2065, article 9, or the like of it anywhere), an order to give information (article 10), or a request that binds nobody.',
})

const OrderEffect = z
  .enum(['unpublished', 'erased', 'information_given', 'preserved', 'refused'])
  .meta({ id: 'OrderEffect' })

/** What changes about an order after it was received; replaced as a whole. */
export const OrderOutcome = z
  .strictObject({
    effect: OrderEffect.nullable().default(null).meta({
      description: 'What became of it; null for nothing yet. A decision under it sets it.',
    }),
    effectOn: Day.nullable().default(null),
    authorityInformedOn: Day.nullable().default(null).meta({ description: 'When the authority was told.' }),
    readerInformedOn: Day.nullable()
      .default(null)
      .meta({ description: 'From when the receipt told; a decision under the order sets it.' }),
    publicSummary: words(1_000).nullable().default(null).meta({
      description: 'What readers are told of it: nothing that somebody wrote, and nobody’s name.',
    }),
    readerMayBeTold: z
      .boolean()
      .default(true)
      .meta({ description: 'false while the order forbids to tell the reader.' }),
  })
  .refine(({ effect, effectOn }) => (effect === null) === (effectOn === null), {
    path: ['effectOn'],
    message: 'It is there with an effect, and not without one',
  })
  .meta({ id: 'OrderOutcome' })
export type OrderOutcome = z.infer<typeof OrderOutcome>

/** An order of an authority, or its request, as it was received. */
export const NewOrder = z
  .strictObject({
    site: SiteKey,
    kind: OrderKind,
    country: Country.meta({ description: 'Whose authority it is: ISO 3166-1, two letters.' }),
    authority: line(300),
    legalBasis: words(1_000).nullable().default(null),
    reference: line(300).nullable().default(null).meta({ description: "The authority's own number for it." }),
    receivedOn: Day,
    scope: z
      .array(Country)
      .max(250)
      .default([])
      .meta({ description: 'The countries in which it is to have effect; none where it does not say.' }),
    comments: z
      .array(z.uuid())
      .max(1_000)
      .default([])
      .meta({ description: 'The comments that it names; it acts on no other.' }),
    publicSummary: OrderOutcome.shape.publicSummary,
    readerMayBeTold: OrderOutcome.shape.readerMayBeTold,
  })
  .meta({
    id: 'NewOrder',
    examples: [
      {
        site: 'demo',
        kind: 'art9',
        country: 'DE',
        authority: 'District Court of Sallow Reach',
        reference: '12 C 34/26',
        receivedOn: '2026-11-24',
      },
    ],
  })
export type NewOrder = z.infer<typeof NewOrder>

export const Order = z
  .strictObject({
    id: z.uuid(),
    ...NewOrder.shape,
    ...OrderOutcome.shape,
    by: z.string().meta({ description: 'The pseudonym of who wrote it down.' }),
    registeredAt: Instant,
  })
  .meta({ id: 'Order' })
export type Order = z.infer<typeof Order>

export const Orders = z.strictObject({ orders: z.array(Order), next: NextCursor }).meta({ id: 'Orders' })
export type Orders = z.infer<typeof Orders>

export const OrdersQuery = Page.extend({ site: SiteKey.optional() })
export type OrdersQuery = z.infer<typeof OrdersQuery>
