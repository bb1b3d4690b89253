import type { VNode } from 'preact'
import type { ErasedFor, ReceiptAnswer } from '../comments/comment.ts'
import type { Site } from '../sites/site.ts'
import { ErrorSummary, fieldText, page } from './layout.tsx'
import { Changed, Words } from './words.tsx'

/** What the holder of a receipt asked for, and what came of it. */
export interface ReceiptPage {
  site: Site
  /** as it was typed; it travels in bodies only, never in an address */
  receipt: string
  held: ReceiptAnswer | null
  problem: { field: 'receipt' | 'text'; detail: string } | null
  /** a new text that was not taken */
  typed: string | null
}

/** The address of a site's page for receipts. */
export function receiptPath(site: string): string {
  return `/${site}/my-comment`
}

/** The reader's own page: how a comment stands, in plain words, and what can be done about it. */
export function ownPage({ site, receipt, held, problem, typed }: ReceiptPage): string {
  return page({
    title: problem ? 'Error: your comment' : 'Your comment',
    language: site.language,
    direction: site.direction,
    children: (
      <>
        <header class="site">
          <bdi>{site.name}</bdi>
        </header>
        <main>
          <h1>Your comment</h1>
          {problem && <ErrorSummary field={problem.field} detail={problem.detail} />}
          {held ? (
            <Held site={site} receipt={receipt} held={held} typed={typed} />
          ) : (
            <Ask site={site} receipt={receipt} />
          )}
        </main>
      </>
    ),
  })
}

const standing: Record<ReceiptAnswer['status'], string> = {
  pending: 'It waits for a moderator. Nobody else can see it yet.',
  published: 'It is published.',
  rejected: 'It was not published.',
  returned: 'A moderator asks you to change it. Send a new text below.',
  unpublished: 'It was published, and has been taken down.',
  expired: 'Nobody reviewed it in time. That is our fault, not yours.',
  withdrawn: 'You have withdrawn it. Nobody else can see it.',
}

const erased: Record<ErasedFor, string> = {
  you: 'Every word of it is erased, as you asked.',
  time: 'Every word of it is erased: what does not show is kept for a while only.',
  named_person: 'Every word of it is erased, because somebody who was named in it asked for that.',
  order: 'Every word of it is erased, because an authority ordered that.',
  other: 'Every word of it is erased.',
}

function Ask({ site, receipt }: { site: Site; receipt: string }): VNode {
  return (
    <form method="post" action={receiptPath(site.key)} class="comment-form">
      <label for="receipt">Your receipt</label>
      <p class="hint" id="receipt-hint">
        Five groups of five letters and digits. Capitals and hyphens do not matter.
      </p>
      <input
        id="receipt"
        name="receipt"
        value={receipt}
        autocomplete="off"
        dir="ltr"
        aria-describedby="receipt-hint"
      />
      <button type="submit">See how it stands</button>
    </form>
  )
}

function Held({
  site,
  receipt,
  held,
  typed,
}: Pick<ReceiptPage, 'site' | 'receipt' | 'typed'> & { held: ReceiptAnswer }): VNode {
  const { status, language, submitted, published, decision, difference } = held
  return (
    <>
      <p>
        <strong>{standing[status]}</strong>
      </p>
      {decision?.reason && (
        <p dir="auto" class="signal">
          {decision.reason}
        </p>
      )}
      {decision?.rules.map((rule) => (
        <p dir="auto">
          Rule:{' '}
          <a href={`/${site.key}/terms#${rule.code}`}>
            <bdi>{rule.title}</bdi>
          </a>
          . <bdi>{rule.text}</bdi>
        </p>
      ))}
      {decision?.order && (
        <p dir="auto">
          An authority ordered that it goes: <bdi>{decision.order.authority}</bdi> ({decision.order.country}).
          {decision.order.summary !== null && (
            <>
              {' '}
              <bdi>{decision.order.summary}</bdi>
            </>
          )}{' '}
          We did not decide this, so there is no appeal here; you can object to the authority.
        </p>
      )}
      {held.erasureWaits && (
        <p class="signal">
          You asked to have every word of it erased. They have to be kept for now; nobody else sees them, and
          they are erased as soon as that ends.
        </p>
      )}
      {submitted ? (
        <Sent heading="What you sent" language={language} {...submitted} />
      ) : (
        <p>{erased[held.erased ?? 'other']}</p>
      )}
      {difference && (
        <section>
          <h2>What a moderator changed</h2>
          <Words language={language}>
            <Changed difference={difference} />
          </Words>
        </section>
      )}
      {published && <Sent heading="What is published" language={language} {...published} />}
      {status === 'returned' && (
        <form method="post" action={receiptPath(site.key)} class="comment-form">
          <input type="hidden" name="receipt" value={receipt} />
          <label for="text">New text</label>
          <textarea id="text" name="text" rows={7} lang={language} dir="auto">
            {fieldText(typed ?? submitted?.text ?? '')}
          </textarea>
          <input type="hidden" name="name" value={submitted?.name ?? ''} />
          <button type="submit" name="action" value="resubmit">
            Send to the moderators
          </button>
        </form>
      )}
      <form method="post" action={receiptPath(site.key)}>
        <input type="hidden" name="receipt" value={receipt} />
        <p class="buttons">
          {status !== 'withdrawn' && (
            <button name="action" value="withdraw">
              Withdraw it
            </button>
          )}
          {submitted && !held.erasureWaits && (
            <button name="action" value="erase">
              Withdraw it and erase every word
            </button>
          )}
        </p>
      </form>
    </>
  )
}

function Sent({
  heading,
  language,
  name,
  text,
}: {
  heading: string
  language: string
  name: string | null
  text: string
}): VNode {
  return (
    <section>
      <h2>{heading}</h2>
      {name !== null && (
        <p class="by">
          <bdi>{name}</bdi>
        </p>
      )}
      <Words language={language}>{text}</Words>
    </section>
  )
}
