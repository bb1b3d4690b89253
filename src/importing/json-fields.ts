import { z } from 'zod'
import { sensible } from './found.ts'

/** A text where there is one; anything else counts as none, for exports hold odd things in odd places. */
export const Text = z.string().optional().catch(undefined)

/** An id, be it written as a text, a number or an ObjectId of MongoDB; empty and 0 are none. */
export const Id = z
  .union([
    z.string(),
    z.number().transform(String),
    z.object({ $oid: z.string() }).transform(({ $oid }) => $oid),
    z.object({ $numberLong: z.string() }).transform(({ $numberLong }) => $numberLong),
  ])
  .optional()
  .catch(undefined)
  .transform((id) => (id === '' || id === '0' ? undefined : id))

/** Milliseconds since 1970, however MongoDB exports them. */
export const Milliseconds = z
  .union([
    z.number(),
    z.string().transform(Number),
    z.object({ $numberLong: z.string() }).transform(({ $numberLong }) => Number($numberLong)),
    z.object({ $numberInt: z.string() }).transform(({ $numberInt }) => Number($numberInt)),
    z.object({ $numberDouble: z.string() }).transform(({ $numberDouble }) => Number($numberDouble)),
  ])
  .optional()
  .catch(undefined)
  .transform((milliseconds) => (milliseconds === undefined ? undefined : sensible(milliseconds)))

/** A time as a text in ISO 8601, or as MongoDB exports it. */
export const MongoDate = z
  .union([
    z.string().transform((written) => Date.parse(written)),
    z.object({ $date: z.string() }).transform(({ $date }) => Date.parse($date)),
    z
      .object({ $date: z.object({ $numberLong: z.string() }) })
      .transform(({ $date }) => Number($date.$numberLong)),
    z.object({ $date: z.number() }).transform(({ $date }) => $date),
  ])
  .optional()
  .catch(undefined)
  .transform((milliseconds) => (milliseconds === undefined ? undefined : sensible(milliseconds)))

/** Whether it says yes: exports write that as true, 1, "1" and "true", and no in as many ways. */
export const Flag = z
  .union([
    z.boolean(),
    z.number().transform(Boolean),
    z.string().transform((said) => /^(?:true|1|yes)$/i.test(said)),
  ])
  .optional()
  .catch(undefined)
  .transform((said) => said === true)
