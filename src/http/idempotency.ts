import { z } from 'zod'

/**
 * The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header): 22 to 255 visible ASCII characters,
 * bare or as a structured-field string in quotes. A secret like a password: a receipt is derived from it.
 */
export const IdempotencyHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .transform((value) => value.replace(/^"(.*)"$/s, '$1'))
    .pipe(z.string().regex(/^[\x21-\x7e]{22,255}$/, 'It has 22 to 255 visible ASCII characters, random ones'))
    .optional()
    .meta({
      description:
        'A random value of your own, new for every submission; the same value sent again within a day returns the first answer instead of making a second comment.',
    }),
})
