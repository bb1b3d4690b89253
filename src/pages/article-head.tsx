import type { ComponentChildren } from 'preact'
import { articlePath } from '../reading/addresses.ts'
import { publishersPage } from '../reading/feeds/sitemap.ts'
import type { PublishedList } from '../reading/list.ts'
import type { Site } from '../sites/site.ts'
import { HeadLinks, StructuredData } from './head-links.tsx'
import { discussionData } from './structured-data.ts'
import type { Voice } from './voice.ts'

interface DiscussedArticle {
  site: Site
  article: { key: string; title: string | null; url: string | null; language: string }
  list: PublishedList
  baseUrl: string
  voice: Voice
}

/** What programs find in the head of an article's page. Search engines may list it once it shows something. */
export function articleHead({ site, article, list, baseUrl, voice }: DiscussedArticle): {
  head: ComponentChildren
  indexed: boolean
} {
  const canonical = publishersPage(article, site.origins) ?? `${baseUrl}${articlePath(site.key, article.key)}`
  const unnamed = voice.say('comment.unnamed')
  const discussion = { site: site.key, article, canonical, baseUrl, list, unnamed }
  const isDiscussed = list.article.count > 0
  return {
    indexed: isDiscussed,
    head: (
      <>
        <HeadLinks site={site.key} article={article.key} canonical={canonical} voice={voice} />
        {isDiscussed && <StructuredData json={discussionData(discussion)} />}
      </>
    ),
  }
}
