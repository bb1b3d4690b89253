/** Where what everybody may see is, behind the service's own address. */

/** The page of an article with its comments. */
export function articlePath(site: string, article: string): string {
  return `/${site}/articles/${encodeURIComponent(article)}`
}

/** The page of one comment. */
export function commentPath(site: string, article: string, comment: string): string {
  return `${articlePath(site, article)}/comments/${comment}`
}

export type FeedForm = 'atom' | 'json'

/** The newest comments of a site, or of an article, for programs that fetch them again and again. */
export function feedPath(site: string, article: string | null, form: FeedForm): string {
  const of = article === null ? '' : `/articles/${encodeURIComponent(article)}`
  return `/v1/sites/${site}${of}/feed.${form}`
}
