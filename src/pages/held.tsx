import type { VNode } from 'preact'
import type { ErasedFor, ReceiptAnswer } from '../comments/comment.ts'
import type { Site } from '../sites/site.ts'
import { fieldText } from './layout.tsx'
import type { MessageKey } from './messages/message-file.ts'
import { receiptPath } from './receipt-path.ts'
import { termsPath } from './terms.tsx'
import type { Voice } from './voice.ts'
import { Changed, Words } from './words.tsx'

/** What was typed, and for what. */
export interface Typed {
  action: 'resubmit' | 'appeal'
  text: string
}

/** Where a text for this is typed. */
export const fieldOf: Record<Typed['action'], string> = { resubmit: 'text', appeal: 'appeal-text' }

interface HeldProps {
  site: Site
  receipt: string
  held: ReceiptAnswer
  typed: Typed | null
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
  const { status, language, submitted, published, difference } = held
  return (
    <>
      <p>
        <strong>{voice.say(`own.${status}`)}</strong>
      </p>
      <Decision site={site} held={held} voice={voice} />
      {held.erasureWaits && <p class="signal">{voice.say('own.erasureWaits')}</p>}
      {submitted ? (
        <Sent heading={voice.say('own.sentTitle')} language={language} {...submitted} />
      ) : (
        <p>{voice.say(erased[held.erased ?? 'other'])}</p>
      )}
      {difference && (
        <section>
          <h2>{voice.say('own.changedTitle')}</h2>
          <Words language={language}>
            <Changed difference={difference} />
          </Words>
        </section>
      )}
      {published && <Sent heading={voice.say('own.publishedTitle')} language={language} {...published} />}
      {status === 'returned' && <Resubmit {...props} />}
      <Appealed {...props} />
      <form method="post" action={voice.link(receiptPath(site.key))}>
        <input type="hidden" name="receipt" value={receipt} />
        <p class="buttons">
          {status !== 'withdrawn' && (
            <button name="action" value="withdraw">
              {voice.say('own.withdraw')}
            </button>
          )}
          {submitted && !held.erasureWaits && (
            <button name="action" value="erase">
              {voice.say('own.erase')}
            </button>
          )}
        </p>
      </form>
    </>
  )
}

/** Why, in the moderator's words and by the rules or the order. */
function Decision({ site, held: { decision }, voice }: Pick<HeldProps, 'site' | 'held' | 'voice'>): VNode {
  const { reason, rules = [], order } = decision ?? {}
  return (
    <>
      {reason && (
        <p dir="auto" class="signal">
          {reason}
        </p>
      )}
      {rules.map((rule) => (
        <>
          <p>
            {voice.compose<VNode>('own.rule', {
              rule: (
                <a href={voice.link(`${termsPath(site.key)}#${rule.code}`)}>
                  <bdi>{rule.title}</bdi>
                </a>
              ),
            })}
          </p>
          <p dir="auto">{rule.text}</p>
        </>
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

function Resubmit({ site, receipt, held, typed, voice }: HeldProps): VNode {
  const { submitted, language } = held
  return (
    <form method="post" action={voice.link(receiptPath(site.key))} class="comment-form">
      <input type="hidden" name="receipt" value={receipt} />
      <label for={fieldOf.resubmit}>{voice.say('own.newText')}</label>
      <textarea id={fieldOf.resubmit} name="text" rows={7} lang={language} dir="auto">
        {fieldText(typed?.action === 'resubmit' ? typed.text : (submitted?.text ?? ''))}
      </textarea>
      <input type="hidden" name="name" value={submitted?.name ?? ''} />
      <button type="submit" name="action" value="resubmit">
        {voice.say('own.resubmit')}
      </button>
    </form>
  )
}

/** What became of an appeal, or the way to file one while that can be done. */
function Appealed({ site, receipt, held, typed, voice }: HeldProps): VNode | null {
  const { appeal, appealUntil } = held
  if (appeal) {
    return (
      <section>
        <p>{voice.say(became(appeal))}</p>
        {appeal.explanation && (
          <p dir="auto" class="signal">
            {appeal.explanation}
          </p>
        )}
      </section>
    )
  }
  if (appealUntil === undefined) return null
  return (
    <form method="post" action={voice.link(receiptPath(site.key))} class="comment-form">
      <h2>{voice.say('own.appealTitle')}</h2>
      <p id="appeal-hint">{voice.say('own.appealHint', { day: voice.day(appealUntil) })}</p>
      <input type="hidden" name="receipt" value={receipt} />
      <label for={fieldOf.appeal}>{voice.say('own.appealLabel')}</label>
      <textarea id={fieldOf.appeal} name="text" rows={5} dir="auto" aria-describedby="appeal-hint">
        {fieldText(typed?.action === 'appeal' ? typed.text : '')}
      </textarea>
      <button type="submit" name="action" value="appeal">
        {voice.say('own.appeal')}
      </button>
    </form>
  )
}

function became({ status, outcome }: NonNullable<ReceiptAnswer['appeal']>): MessageKey {
  if (status === 'open') return 'own.appealOpen'
  if (status === 'lapsed') return 'own.appealLapsed'
  if (outcome === 'reversed') return 'own.appealReversed'
  return outcome === 'partly_reversed' ? 'own.appealPartly' : 'own.appealUpheld'
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
