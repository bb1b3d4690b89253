import { z } from 'zod'

/** What a process of clients is started with. */
export const ClientOrders = z.strictObject({
  name: z.string(),
  seed: z.int(),
  ports: z.array(z.int()),
  key: z.string(),
  /** the file that it writes */
  ledger: z.string(),
  /** lives that it leads at the same time */
  atOnce: z.int(),
})
export type ClientOrders = z.infer<typeof ClientOrders>

/** What it is told: to begin, to bring to an end what it began (it answers `settled`), or that as well and to end. */
export const Order = z.enum(['go', 'settle', 'end'])
export type Order = z.infer<typeof Order>
