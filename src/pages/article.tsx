import { randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { VNode } from 'preact'
import type { PublicComment } from '../comments/comment.ts'
import { textToHtml } from '../comments/html.ts'
import { type Precision, spoken } from '../http/times.ts'
import { turn } from '../http/turns.ts'
import type { PublishedList } from '../reading/list.ts'
import type { Site } from '../sites/site.ts'
import { ErrorSummary, fieldText, filled, hole, page, part } from './layout.tsx'
import { receiptPath } from './receipt.tsx'

/** What the form holds: a nonce that makes sending it twice harmless, and what was typed before an error. */
export interface FormState {
  nonce: string
  text: string
  name: string
  parent: string | null
  problem?: { field: 'text' | 'name' | 'parent'; detail: string }
}

/** Stands for the nonce of a form that is rendered for everybody; nobody can know it, and so no text of anybody's has it. */
export const anyNonce = `nonce-${randomBytes(16).toString('hex')}`

export interface ArticlePage {
  site: Site
  article: { key: string; title: string | null; url: string | null; language: string }
  story: readonly string[]
  list: PublishedList
  /** none where nothing can be sent; then the page is the same for everybody */
  form: FormState | null
}

/** An article with its comments and the form: works without script, cookies and third parties. */
export function articlePage({ site, article, story, list, form }: ArticlePage): Readable {
  const title = article.title ?? article.key
  const replyTo = form && site.replyDepth > 0 ? pathOf(site.key, article.key) : null
  const frame = page({
    title: form?.problem ? `Error: ${title}` : title,
    language: site.language,
    direction: site.direction,
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
            <h2 id="comments">Comments ({list.article.count})</h2>
            {list.comments.length === 0 && <p>No comments yet.</p>}
            <ol class="comments" dangerouslySetInnerHTML={hole} />
            {list.next && <a href={`?cursor=${list.next}#comments`}>Older comments</a>}
          </section>
          {form ? (
            <Form site={site} article={article.key} form={form} notice={list.notice} />
          ) : (
            <p>Comments are closed.</p>
          )}
        </main>
      </>
    ),
  })
  return filled(frame, commentsOf(list.comments, site.times, replyTo))
}

/** The page after a submission: the receipt, large, to be written down. */
export function receiptPage(site: Site, article: string, receipt: string): string {
  return page({
    title: 'Your comment was received',
    language: site.language,
    direction: site.direction,
    children: (
      <main>
        <h1>Your comment was received</h1>
        <p>A moderator will read it. Until then nobody else can see it; it does not appear in real time.</p>
        <h2>Your receipt</h2>
        <p class="receipt">
          <code dir="ltr">{receipt}</code>
        </p>
        <p>
          Write it down. It is the only way to see how your comment stands, to change, withdraw or erase it.
          It is shown only now, and we cannot find it for you. Whoever has it can do the same, so tell nobody.
        </p>
        <p>
          <a href={pathOf(site.key, article)}>Back to the article</a> ·{' '}
          <a href={receiptPath(site.key)}>See how it stands</a>
        </p>
      </main>
    ),
  })
}

/** The address of an article's page. */
function pathOf(site: string, article: string): string {
  return `/${site}/articles/${encodeURIComponent(article)}`
}

/** The comments, one after the other: long ones take long to escape, so that others have their turn in between. */
async function* commentsOf(
  comments: readonly PublicComment[],
  times: Precision,
  replyTo: string | null,
): AsyncGenerator<string> {
  for (const comment of comments) {
    await turn()
    yield part(<Comment comment={comment} times={times} replyTo={replyTo} />)
  }
}

interface CommentProps {
  comment: PublicComment
  times: Precision
  /** the page on which it can be answered; null where it cannot */
  replyTo: string | null
}

function Comment({ comment, times, replyTo }: CommentProps): VNode {
  const { id, name, text, language, publishedAt, parent, edited, staff, gone } = comment
  if (gone || text === null) {
    return (
      <li id={id} class={parent ? 'reply' : ''}>
        <p class="quiet">This comment is no longer here.</p>
      </li>
    )
  }
  return (
    <li id={id} class={parent ? 'reply' : ''}>
      <p class="by">
        {name === null ? <span class="quiet">unnamed</span> : <bdi>{name}</bdi>}{' '}
        {staff && <strong>Staff</strong>} <time datetime={publishedAt}>{spoken(publishedAt, times)}</time>
      </p>
      <div lang={language ?? undefined} dangerouslySetInnerHTML={{ __html: textToHtml(text).html }} />
      {edited && (
        <p class="quiet" dir="auto">
          Edited by a moderator under the rule{edited.rules.length > 1 ? 's' : ''}{' '}
          {edited.rules.map((rule, index) => (
            <>
              {index > 0 && ', '}“<bdi>{rule.title}</bdi>”
            </>
          ))}
          .
        </p>
      )}
      {replyTo && (
        <p>
          <a href={`${replyTo}?reply=${id}#text`}>Reply</a>
        </p>
      )}
    </li>
  )
}

function Form({
  site,
  article,
  form,
  notice,
}: {
  site: Site
  article: string
  form: FormState
  notice: string
}): VNode {
  const { problem } = form
  return (
    <form
      method="post"
      action={`${pathOf(site.key, article)}/comments#form`}
      id="form"
      class="comment-form"
      novalidate
    >
      <h2>{form.parent ? 'Write a reply' : 'Write a comment'}</h2>
      {problem && <ErrorSummary field={problem.field} detail={problem.detail} />}
      <p id="notice">
        {notice} <a href={`/${site.key}/terms`}>Terms of use</a> ·{' '}
        <a href={receiptPath(site.key)}>You have a receipt?</a>
      </p>
      <input type="hidden" name="nonce" value={form.nonce} />
      {form.parent && (
        <p id="parent">
          <input type="hidden" name="parent" value={form.parent} />
          You answer <a href={`#${form.parent}`}>this comment</a>.
        </p>
      )}
      <label for="text">Comment</label>
      <p class="hint" id="text-hint">
        At most {site.limits.textGraphemes.toLocaleString('en')} characters.
      </p>
      <textarea
        id="text"
        name="text"
        rows={7}
        dir="auto"
        required
        aria-describedby="notice text-hint"
        aria-invalid={problem?.field === 'text' ? 'true' : undefined}
      >
        {fieldText(form.text)}
      </textarea>
      <label for="name">Name (optional)</label>
      <p class="hint" id="name-hint">
        It need not be your real one.
      </p>
      <input
        id="name"
        name="name"
        dir="auto"
        autocomplete="off"
        value={form.name}
        aria-describedby="name-hint"
        aria-invalid={problem?.field === 'name' ? 'true' : undefined}
      />
      <button type="submit">Send to the moderators</button>
    </form>
  )
}
