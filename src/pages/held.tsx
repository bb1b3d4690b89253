import type { VNode } from 'preact'
import type { ErasedFor, ReceiptAnswer } from '../comments/comment.ts'
import { commentPath } from '../reading/addresses.ts'
import type { Site } from '../sites/site.ts'
import { HeldAppeal } from './held-appeal.tsx'
import { fieldText } from './layout.tsx'
import type { MessageKey } from './messages/message-file.ts'
import { receiptPath } from './receipt-path.ts'
import { termsPath } from './terms.tsx'
import { fieldOf, nameField, type Typed } from './typed.ts'
import type { Voice } from './voice.ts'
import { Changed, Words } from './words.tsx'

interface HeldProps {
  site: Site
  receipt: string
  held: ReceiptAnswer
  typed: Typed | null
  /** the field that holds what was not taken */
  faulty: string | null
  voice: Voice
}

const erased: Record<ErasedFor, MessageKey> = {
  you: 'own.erasedForYou',
  time: 'own.erasedForTime',
  named_person: 'own.erasedForNamed',
  order: 'own.erasedForOrder',
  other: 'own.erased',
}

/** How a comment stands, and all that its reader can do about it. */
export function Held(props: HeldProps): VNode {
  const { site, receipt, held, voice } = props
  const { status, language, submitted, published } = held
  return (
    <>
      <p class="status">{voice.say(statusOf(held))}</p>
      {published && (
        <p>
          <a href={voice.link(commentPath(site.key, held.article, held.id))}>
            {voice.say('own.seePublished')}
          </a>
        </p>
      )}
      <Decision site={site} held={held} voice={voice} />
      {held.erasureWaits && <p class="signal">{voice.say('own.erasureWaits')}</p>}
      {status === 'returned' && <Resubmit {...props} />}
      {!submitted && <p>{voice.say(erased[held.erased ?? 'other'])}</p>}
      {submitted && (!published || held.difference) && (
        <Sent heading={voice.say('own.sentTitle')} language={language} {...submitted} />
      )}
      <Difference held={held} voice={voice} />
      {published && <Sent heading={voice.say('own.publishedTitle')} language={language} {...published} />}
      <HeldAppeal {...props} site={site.key} />
      <Ways
        site={site.key}
        receipt={receipt}
        ways={[
          ...(status === 'withdrawn' ? [] : (['withdraw'] as const)),
          ...(submitted && !held.erasureWaits ? (['erase'] as const) : []),
        ]}
        of="own"
        voice={voice}
      />
    </>
  )
}

function statusOf({ status, difference }: ReceiptAnswer): MessageKey {
  return status === 'published' && difference ? 'own.publishedEdited' : `own.${status}`
}

interface WaysProps {
  site: string
  receipt: string
  ways: readonly ('withdraw' | 'erase')[]
  /** a comment of one's own, or a report */
  of: 'own' | 'ownReport'
  voice: Voice
}

/** What cannot be undone; each is asked about once more before it is done. */
export function Ways({ site, receipt, ways, of, voice }: WaysProps): VNode | null {
  if (ways.length === 0) return null
  return (
    <form method="post" action={voice.link(receiptPath(site))} class="ways">
      <input type="hidden" name="receipt" value={receipt} />
      <p class="buttons">
        {ways.map((way) => (
          <button name="action" value={`ask-${way}`}>
            {voice.say(`${of}.${way}`)}
          </button>
        ))}
      </p>
    </form>
  )
}

/** Why, in the moderator's words and by the rules or the order. */
function Decision({ site, held: { decision }, voice }: Pick<HeldProps, 'site' | 'held' | 'voice'>): VNode {
  const { reason, rules = [], order } = decision ?? {}
  return (
    <>
      {reason && (
        <section>
          <h2>{voice.say('own.reasonTitle')}</h2>
          <p dir="auto" class="signal">
            {reason}
          </p>
        </section>
      )}
      {rules.map((rule) => (
        <section>
          <p>
            {voice.compose<VNode>('own.rule', {
              rule: (
                <a href={voice.link(`${termsPath(site.key)}#${rule.code}`)}>
                  <bdi>{rule.title}</bdi>
                </a>
              ),
            })}
          </p>
          <p dir="auto" lang={site.language} class="rule">
            {rule.text}
          </p>
        </section>
      ))}
      {order && (
        <p>
          {voice.compose<VNode>('own.order', {
            authority: <bdi>{order.authority}</bdi>,
            country: <bdi>{order.country}</bdi>,
          })}{' '}
          {order.summary !== null && (
            <>
              <bdi>{order.summary}</bdi>{' '}
            </>
          )}
          {voice.say('own.orderObjection')}
        </p>
      )}
    </>
  )
}

/** What a moderator changed in name and text, told by lines as well as by colours. */
function Difference({ held, voice }: Pick<HeldProps, 'held' | 'voice'>): VNode | null {
  const { difference, submitted, published, language } = held
  if (!difference || !submitted || !published) return null
  const nameOf = ({ name }: { name: string | null }) => <bdi>{name ?? voice.say('comment.unnamed')}</bdi>
  return (
    <section>
      <h2>{voice.say('own.changedTitle')}</h2>
      <p class="hint">
        {voice.compose<VNode>('own.changedHint', {
          del: (words) => <del>{words}</del>,
          ins: (words) => <ins>{words}</ins>,
        })}
      </p>
      {submitted.name !== published.name && (
        <p class="by">
          <del>{nameOf(submitted)}</del> <ins>{nameOf(published)}</ins>
        </p>
      )}
      {submitted.text !== published.text && (
        <Words language={language}>
          <Changed difference={difference} />
        </Words>
      )}
    </section>
  )
}

function Resubmit({ site, receipt, held, typed, faulty, voice }: HeldProps): VNode {
  const { submitted, language } = held
  const kept = typed?.action === 'resubmit' ? typed : null
  return (
    <form method="post" action={voice.link(receiptPath(site.key))} class="comment-form" novalidate>
      <input type="hidden" name="receipt" value={receipt} />
      <label for={fieldOf.resubmit}>{voice.say('own.newText')}</label>
      <p class="hint" id="text-hint">
        {voice.say('form.textHint', { most: site.limits.textGraphemes })}
      </p>
      <textarea
        id={fieldOf.resubmit}
        name="text"
        rows={7}
        lang={language}
        dir="auto"
        required
        aria-describedby="text-hint"
        aria-invalid={faulty === fieldOf.resubmit ? 'true' : undefined}
      >
        {fieldText(kept?.text ?? submitted?.text ?? '')}
      </textarea>
      <label for={nameField}>{voice.say('form.nameLabel')}</label>
      <p class="hint" id="name-hint">
        {voice.say('form.nameHint')}
      </p>
      <input
        id={nameField}
        name="name"
        dir="auto"
        autocomplete="off"
        value={kept?.name ?? submitted?.name ?? ''}
        aria-describedby="name-hint"
        aria-invalid={faulty === nameField ? 'true' : undefined}
      />
      <button type="submit" name="action" value="resubmit">
        {voice.say('own.resubmit')}
      </button>
    </form>
  )
}

interface SentProps {
  heading: string
  language: string
  name: string | null
  text: string
}

function Sent({ heading, language, name, text }: SentProps): VNode {
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
