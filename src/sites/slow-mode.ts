import { z } from 'zod'
import { Instant } from '../http/times.ts'

/** How an editor slows a discussion down. */
export const NewSlowMode = z
  .strictObject({
    minutes: z
      .int()
      .min(1)
      .max(1_440)
      .nullable()
      .meta({ description: 'Each sender may send one comment in so many minutes; null to end it.' }),
    hours: z
      .int()
      .min(1)
      .max(720)
      .nullable()
      .default(null)
      .meta({ description: 'For how long; null until somebody ends it.' }),
  })
  .refine(({ minutes, hours }) => minutes !== null || hours === null, {
    path: ['hours'],
    message: 'It has no duration when it ends',
  })
  .meta({ id: 'NewSlowMode', examples: [{ minutes: 10, hours: 24 }] })
export type NewSlowMode = z.infer<typeof NewSlowMode>

/** How slow a discussion is. */
export const SlowMode = z
  .strictObject({
    minutes: z.int().nullable(),
    until: Instant.nullable().meta({ description: 'null where it ends only when somebody ends it.' }),
  })
  .meta({ id: 'SlowMode' })
export type SlowMode = z.infer<typeof SlowMode>
