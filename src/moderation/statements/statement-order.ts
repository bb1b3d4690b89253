import { z } from 'zod'

/** The order that a decision carries out (DSA, Article 9). */
export const StatementOrder = z
  .strictObject({
    readerMayBeTold: z.boolean().meta({
      description: 'false while the order forbids to tell: then its reader is not given this statement.',
    }),
    country: z.string().nullable(),
    authority: z.string().nullable(),
    legalBasis: z.string().nullable(),
    reference: z.string().nullable().meta({ description: "The authority's own number for it." }),
    summary: z.string().nullable().meta({ description: 'What readers are told of it.' }),
  })
  .meta({
    id: 'StatementOrder',
    description:
      'The order of an authority, in the place of rules. Of one that forbids to tell, who does not manage orders is told nothing more than that.',
  })
export type StatementOrder = z.infer<typeof StatementOrder>

/** An order of which no more is told than that it forbids to tell. */
export const untold: StatementOrder = {
  readerMayBeTold: false,
  country: null,
  authority: null,
  legalBasis: null,
  reference: null,
  summary: null,
}
