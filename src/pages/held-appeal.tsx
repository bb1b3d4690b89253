import type { VNode } from 'preact'
import type { ReceiptAnswer } from '../comments/comment.ts'
import { fieldText } from './layout.tsx'
import type { MessageKey } from './messages/message-file.ts'
import { receiptPath } from './receipt-path.ts'
import { fieldOf, type Typed } from './typed.ts'
import type { Voice } from './voice.ts'

interface HeldAppealProps {
  site: string
  receipt: string
  held: Pick<ReceiptAnswer, 'appeal' | 'appealUntil'>
  typed: Typed | null
  voice: Voice
}

/** What became of an appeal, or the way to file one while that can be done. */
export function HeldAppeal({ site, receipt, held, typed, voice }: HeldAppealProps): VNode | null {
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
  const kept = typed?.action === 'appeal' ? typed : null
  return (
    <form method="post" action={voice.link(receiptPath(site))} class="comment-form" novalidate>
      <h2>{voice.say('own.appealTitle')}</h2>
      <p id="appeal-hint">{voice.say('own.appealHint', { day: voice.day(appealUntil) })}</p>
      <input type="hidden" name="receipt" value={receipt} />
      <label for={fieldOf.appeal}>{voice.say('own.appealLabel')}</label>
      <textarea
        id={fieldOf.appeal}
        name="text"
        rows={5}
        dir="auto"
        required
        aria-describedby="appeal-hint"
        aria-invalid={kept ? 'true' : undefined}
      >
        {fieldText(kept?.text ?? '')}
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
