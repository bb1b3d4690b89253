import type { Readable } from 'node:stream'
import type { ComponentChildren, VNode } from 'preact'
import type { PublicComment } from '../comments/comment.ts'
import { textToHtml } from '../comments/html.ts'
import type { Precision } from '../http/times.ts'
import { turn } from '../http/turns.ts'
import { articlePath, commentPath } from '../reading/addresses.ts'
import type { PublishedList } from '../reading/list.ts'
import type { Site } from '../sites/site.ts'
import { Form, type FormState } from './comment-form.tsx'
import { LanguageLinks } from './language-links.tsx'
import { filled, hole, page, part } from './layout.tsx'
import { receiptPath } from './receipt-path.ts'
import type { Voice } from './voice.ts'

export interface ArticlePage {
  site: Site
  article: { key: string; title: string | null; url: string | null; language: string }
  story: readonly string[]
  list: PublishedList
  voice: Voice
  /** what the page was asked for with, for the same page in another language; null where there is no other */
  asked: { cursor?: string | undefined; reply?: string | undefined } | null
  /** none where nothing can be sent; then the page is the same for everybody */
  form: FormState | null
  /** what programs find in its head, and whether search engines may list it */
  head?: ComponentChildren
  indexed?: boolean
}

/** An article with its comments and the form: works without script, cookies and third parties. */
export function articlePage({
  site,
  article,
  story,
  list,
  voice,
  asked,
  form,
  head,
  indexed = false,
}: ArticlePage): Readable {
  const title = article.title ?? article.key
  const here = articlePath(site.key, article.key)
  const replyTo = form && site.replyDepth > 0 ? here : null
  const frame = page({
    title: form?.problem ? voice.say('page.errorTitle', { title }) : title,
    language: voice.language,
    direction: voice.direction,
    indexed,
    head,
    framedBy: site.origins,
    children: (
      <>
        <header class="site">
          <bdi>{site.name}</bdi>
        </header>
        <main>
          <article lang={article.language}>
            <h1 dir="auto">{article.url ? <a href={article.url}>{title}</a> : title}</h1>
            {story.map((paragraph) => (
              <p dir="auto">{paragraph}</p>
            ))}
          </article>
          <section aria-labelledby="comments">
            <h2 id="comments">{voice.say('list.title', { count: list.article.count })}</h2>
            {list.comments.length === 0 && <p>{voice.say('list.empty')}</p>}
            <ol class="comments" dangerouslySetInnerHTML={hole} />
            {list.next && (
              <a href={voice.link(`${here}#comments`, { cursor: list.next })}>{voice.say('list.older')}</a>
            )}
          </section>
          {form ? (
            <Form site={site} article={article.key} slow={list.article.slow} form={form} voice={voice} />
          ) : (
            <p>{voice.say('form.closed')}</p>
          )}
        </main>
        {asked && <LanguageLinks voice={voice} query={asked} />}
      </>
    ),
  })
  const addressOf = (id: string) => commentPath(site.key, article.key, id)
  return filled(frame, commentsOf(list.comments, { voice, times: site.times, replyTo }, addressOf))
}

/** The page after a submission: the receipt, large, to be written down, and where it is used. */
export function receiptPage(
  site: Site,
  article: { key: string; title: string | null },
  receipt: string,
  baseUrl: string,
  voice: Voice,
): string {
  return page({
    title: voice.say('sent.title'),
    language: voice.language,
    direction: voice.direction,
    framedBy: site.origins,
    children: (
      <>
        <header class="site">
          <bdi>{site.name}</bdi>
        </header>
        <main class="own">
          <h1>{voice.say('sent.title')}</h1>
          <p class="quiet">
            <bdi>{article.title ?? article.key}</bdi>
          </p>
          <p>{voice.say('sent.waits')}</p>
          <h2>{voice.say('sent.receiptTitle')}</h2>
          <p class="receipt">
            <code dir="ltr" translate={false}>
              {receipt}
            </code>
          </p>
          <p>{voice.say('sent.keep')}</p>
          <p>
            {voice.compose<VNode>('sent.where', {
              address: <bdi class="address">{`${baseUrl}${receiptPath(site.key)}`}</bdi>,
            })}
          </p>
          <p class="ways">
            <a href={voice.link(articlePath(site.key, article.key))}>{voice.say('sent.back')}</a> ·{' '}
            <a href={voice.link(receiptPath(site.key))}>{voice.say('sent.see')}</a>
          </p>
        </main>
      </>
    ),
  })
}

/** The comments, one after the other: long ones take long to escape, so that others have their turn in between. */
export async function* commentsOf(
  comments: readonly PublicComment[],
  told: Pick<CommentProps, 'voice' | 'times' | 'replyTo'>,
  addressOf: (id: string) => string,
): AsyncGenerator<string> {
  for (const comment of comments) {
    await turn()
    yield part(<Comment comment={comment} address={addressOf(comment.id)} {...told} />)
  }
}

interface CommentProps {
  comment: PublicComment
  /** of its own page */
  address: string
  voice: Voice
  times: Precision
  /** the page on which it can be answered; null where it cannot */
  replyTo: string | null
}

/** A comment within a list of them. */
export function Comment({ comment, address, voice, times, replyTo }: CommentProps): VNode {
  const { id, name, text, language, publishedAt, parent, edited, staff, gone } = comment
  if (gone || text === null) {
    return (
      <li id={id} class={parent ? 'reply' : ''}>
        <p class="quiet">{voice.say('comment.gone')}</p>
      </li>
    )
  }
  return (
    <li id={id} class={parent ? 'reply' : ''}>
      <p class="by">
        {name === null ? <span class="quiet">{voice.say('comment.unnamed')}</span> : <bdi>{name}</bdi>}{' '}
        {staff && <strong>{voice.say('comment.staff')}</strong>}{' '}
        <a href={voice.link(address)}>
          <time datetime={publishedAt}>{voice.moment(publishedAt, times)}</time>
        </a>
      </p>
      <div lang={language ?? undefined} dangerouslySetInnerHTML={{ __html: textToHtml(text).html }} />
      {edited && (
        <p class="quiet">
          {voice.compose<VNode>('comment.edited', {
            count: edited.rules.length,
            rules: <Rules titles={edited.rules.map((rule) => rule.title)} voice={voice} />,
          })}
        </p>
      )}
      {replyTo && (
        <p>
          <a href={voice.link(`${replyTo}#text`, { reply: id })}>{voice.say('comment.reply')}</a>
        </p>
      )}
    </li>
  )
}

/** The titles of rules in a row. */
function Rules({ titles, voice }: { titles: readonly string[]; voice: Voice }): VNode {
  const each = titles.map((title) => (
    <>{voice.compose<VNode>('comment.rule', { title: <bdi>{title}</bdi> })}</>
  ))
  return each.reduce((earlier, last) => <>{voice.compose<VNode>('comment.rules', { earlier, last })}</>)
}
