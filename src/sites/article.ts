import { z } from 'zod'
import { Language } from '../http/language.ts'
import { Problem } from '../http/problems.ts'
import { line, words } from '../http/words.ts'
import { SiteKey } from './site.ts'

/** The publisher's own name for a page with comments: an id or a canonical URL, of 1 to 2,048 bytes in UTF-8. */
export const ArticleKey = z
  .string()
  .min(1)
  .refine((key) => Buffer.byteLength(key) <= 2_048, { message: 'It has at most 2,048 bytes' })
  .refine((key) => key.isWellFormed() && !/\p{Cc}/u.test(key), { message: 'It has no control characters' })
  .meta({ id: 'ArticleKey', examples: ['welcome'] })

const PageUrl = z.url({ protocol: /^https?$/ }).max(2_048)

export const ArticleSettings = z
  .strictObject({
    title: words(500).nullable().default(null),
    author: line(200).nullable().default(null).meta({
      description:
        'Who wrote it; several with commas or “and” between them. Moderators are told of comments whose name is like one of theirs.',
    }),
    url: PageUrl.nullable().default(null),
    language: Language.nullable().default(null).meta({ description: "By default the site's." }),
    open: z.boolean().default(true).meta({ description: 'Whether readers may send comments.' }),
  })
  .meta({ id: 'ArticleSettings' })
export type ArticleSettings = z.infer<typeof ArticleSettings>

export const Article = z
  .strictObject({
    key: z.string(),
    site: SiteKey,
    title: z.string().nullable(),
    author: z.string().nullable(),
    url: z.string().nullable(),
    language: z.string(),
    open: z.boolean(),
  })
  .meta({ id: 'Article' })
export type Article = z.infer<typeof Article>

/** Where an article is to be from now on. */
export const NewArticleKey = z
  .strictObject({
    to: ArticleKey.meta({ description: 'A new key, or that of the article to merge it into.' }),
  })
  .meta({ id: 'NewArticleKey', examples: [{ to: 'https://news.example/2026/landing' }] })
export type NewArticleKey = z.infer<typeof NewArticleKey>

export const ArticleMoved = z
  .strictObject({
    from: z.string().meta({ description: 'The key that it had. It leads to the article from now on.' }),
    article: z.string().meta({ description: 'The key under which its comments are now.' }),
    outcome: z.enum(['renamed', 'merged']),
  })
  .meta({ id: 'ArticleMoved' })
export type ArticleMoved = z.infer<typeof ArticleMoved>

/** That a key is an older one of an article, and which one it has now. */
export function articleMoved(now?: string): Problem {
  return new Problem('article_moved', now === undefined ? undefined : `It is ${now} now.`, {
    members: now === undefined ? {} : { article: now },
  })
}

/** New articles that first submissions may make on one site within an hour. */
export const automaticArticlesPerHour = 100

/** The article of an address: in its path, or for a key that does not fit there in `?article=`. */
export const inPath = z.strictObject({ site: SiteKey, article: ArticleKey })
export const sitePath = z.strictObject({ site: SiteKey })
export const inQuery = z.strictObject({ article: ArticleKey })

/**
 * Whether a key is the URL of a page within one of the origins, written as such: `URL` also takes ` https:news.example`,
 * `https://anybody@news.example` and `blob:https://news.example/` to be of that origin.
 */
export function liesWithin(key: string, origins: readonly string[]): boolean {
  return URL.canParse(key) && origins.some((origin) => `${key}/`.startsWith(`${origin}/`))
}
