import { bo } from './messages/bo.ts'
import { en } from './messages/en.ts'
import { km } from './messages/km.ts'
import { ko } from './messages/ko.ts'
import { lo } from './messages/lo.ts'
import type { MessageFile } from './messages/message-file.ts'
import { my } from './messages/my.ts'
import { ug } from './messages/ug.ts'
import { vi } from './messages/vi.ts'
import { yue } from './messages/yue.ts'
import { zhHans } from './messages/zh-hans.ts'
import { zhHant } from './messages/zh-hant.ts'

interface Language extends MessageFile {
  /** the language in itself */
  name: string
  /** for dates and numbers, where that is another tag: day before month in English */
  formats?: string
}

/** The languages of the pages, by the BCP 47 tag that `lang` has. */
export const languages = {
  en: { name: 'English', formats: 'en-GB', needsNativeReader: false, messages: en },
  my: { name: 'မြန်မာ', ...my },
  bo: { name: 'བོད་ཡིག', ...bo },
  km: { name: 'ខ្មែរ', ...km },
  ko: { name: '한국어', ...ko },
  lo: { name: 'ລາວ', ...lo },
  ug: { name: 'ئۇيغۇرچە', ...ug },
  vi: { name: 'Tiếng Việt', ...vi },
  yue: { name: '粵語', ...yue },
  'zh-Hans': { name: '简体中文', ...zhHans },
  'zh-Hant': { name: '繁體中文', ...zhHant },
} as const satisfies Record<string, Language>

export type PageLanguage = keyof typeof languages

/** All of them, in the order in which readers are offered them. */
export const pageLanguages = Object.keys(languages).filter(isPageLanguage)

function isPageLanguage(tag: string): tag is PageLanguage {
  return Object.hasOwn(languages, tag)
}

/**
 * The page language of the first tag that has one, else English. A tag stands for the language in the script in which it
 * is mostly written (UTS #35, likely subtags): `zh-TW` is `zh-Hant`; `ug-Latn` is none of ours. Hong Kong and Macau
 * write Cantonese.
 */
export function pageLanguage(...tags: readonly (string | null | undefined)[]): PageLanguage {
  for (const tag of tags) {
    const found = tag && languageOfTag(tag)
    if (found) return found
  }
  return 'en'
}

/** The page language that a BCP 47 tag stands for, if any. */
export function languageOfTag(tag: string): PageLanguage | undefined {
  const asked = locale(tag)
  if (!asked) return undefined
  const { language, script, region } = asked
  if (language === 'yue' || (language === 'zh' && script === 'Hant' && cantonese.has(region ?? '')))
    return 'yue'
  return pageLanguages.find((one) => {
    const ours = locale(one)
    return ours?.language === language && ours.script === script
  })
}
const cantonese = new Set(['HK', 'MO'])

function locale(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize()
  } catch {
    return undefined
  }
}
