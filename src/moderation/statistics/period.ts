import { z } from 'zod'

/** A day in UTC. */
export const Day = z.iso
  .date({ abort: true })
  .refine((day) => day >= '1970-01-01', { message: 'It is a day after 1969' })
  .meta({ description: 'A day in UTC.' })

export const From = Day.meta({ description: 'From the beginning of this day, in UTC.' })
export const Until = Day.meta({ description: 'Until the beginning of this day, in UTC.' })

/** Days in UTC, from the first on, up to and without the last. */
export interface Period {
  from: string
  to: string
}

/** For a schema with `from` and `to`: that some day lies between them. */
export function isSomeTime({ from, to }: { from?: string | undefined; to?: string | undefined }): boolean {
  return from === undefined || to === undefined || from < to
}

export const someTime = { message: 'It is later than `from`', path: ['to'] }
