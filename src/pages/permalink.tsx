import type { PublicComment } from '../comments/comment.ts'
import { graphemeEnds } from '../comments/graphemes.ts'
import { articlePath, commentPath } from '../reading/addresses.ts'
import type { Site } from '../sites/site.ts'
import { Comment } from './article.tsx'
import { HeadLinks, OpenGraph } from './head-links.tsx'
import { LanguageLinks } from './language-links.tsx'
import { page } from './layout.tsx'
import type { Voice } from './voice.ts'

export interface CommentPage {
  site: Site
  article: { key: string; title: string | null; language: string; open: boolean }
  comment: PublicComment
  /** what it answers, if that is a comment */
  parent: PublicComment | null
  /** comments in the whole discussion */
  count: number
  baseUrl: string
  voice: Voice
}

/** User-perceived characters of a text that others show where somebody links to it. */
const descriptionLength = 200

/** A comment on a page of its own, with what it answers: to link to. */
export function commentPage({ site, article, comment, parent, count, baseUrl, voice }: CommentPage): string {
  const { id, name, text, publishedAt } = comment
  const all = articlePath(site.key, article.key)
  const addressOf = (one: string) => commentPath(site.key, article.key, one)
  const address = `${baseUrl}${addressOf(id)}`
  const replyTo = article.open && site.replyDepth > 0 ? all : null
  const articleTitle = article.title ?? article.key
  const title = `${name ?? voice.say('comment.unnamed')} · ${articleTitle}`
  return page({
    title,
    language: voice.language,
    direction: voice.direction,
    indexed: true,
    head: (
      <>
        <HeadLinks site={site.key} article={article.key} canonical={address} voice={voice} />
        <OpenGraph
          properties={{
            'og:type': 'article',
            'og:title': title,
            'og:description': excerptOf(text ?? ''),
            'og:url': address,
            'og:site_name': site.name,
            'article:published_time': publishedAt,
          }}
        />
      </>
    ),
    children: (
      <>
        <header class="site">
          <bdi>{site.name}</bdi>
        </header>
        <main>
          <h1 dir="auto" lang={article.language}>
            <a href={voice.link(all)}>{articleTitle}</a>
          </h1>
          {parent && (
            <section aria-labelledby="answers">
              <h2 id="answers">{voice.say('comment.inAnswerTo')}</h2>
              <ol class="comments">
                <Comment
                  comment={parent}
                  address={addressOf(parent.id)}
                  voice={voice}
                  times={site.times}
                  replyTo={null}
                />
              </ol>
            </section>
          )}
          <ol class="comments">
            <Comment
              comment={comment}
              address={addressOf(id)}
              voice={voice}
              times={site.times}
              replyTo={replyTo}
            />
          </ol>
          <p>
            <a href={voice.link(`${all}#comments`)}>{voice.say('comment.discussion', { count })}</a>
          </p>
        </main>
        <LanguageLinks voice={voice} />
      </>
    ),
  })
}

/** The beginning of a text in one line; characters are not cut apart. */
export function excerptOf(text: string): string {
  // Of what is longer than this, no more than the beginning is looked at.
  const line = text
    .slice(0, 40 * descriptionLength)
    .replaceAll(/\s+/g, ' ')
    .trim()
  const ends = graphemeEnds(line)
  const end = ends[descriptionLength - 1]
  return end === undefined || end >= line.length ? line.toWellFormed() : `${line.slice(0, end)}…`
}
