import { z } from 'zod'

/** A BCP 47 language tag, such as `en`, `my` or `zh-Hant`. */
export const Language = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'It is a BCP 47 language tag such as en or zh-Hant')
  .refine(isLocale, { message: 'It is a BCP 47 language tag such as en or zh-Hant', abort: true })
  .meta({ id: 'Language', examples: ['en'] })

/** Whether it is one by all of BCP 47's rules: `en-a` and `abcd` have the form of a tag, but are none. */
function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

/** The language of a tag without script and region: `zh` of `zh-Hant`. */
export function primaryLanguage(tag: string): string {
  return tag.split('-', 1).join('').toLowerCase()
}

/** Whether somebody who reads these languages reads this one: `zh` stands for `zh-Hant` too. */
export function reads(languages: readonly string[], tag: string): boolean {
  return languages.includes(tag) || languages.includes(primaryLanguage(tag))
}
