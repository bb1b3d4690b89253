import type { VNode } from 'preact'
import type { Site } from '../sites/site.ts'
import { receiptPath } from './receipt-path.ts'
import type { Voice } from './voice.ts'

interface SureProps {
  site: Site
  receipt: string
  /** what is to be done, and of what */
  way: 'withdraw' | 'erase'
  of: 'own' | 'ownReport'
  /** what it is about; null where it is erased */
  text: string | null
  voice: Voice
}

/** A second question before what cannot be undone: what goes, and what stays. */
export function Sure({ site, receipt, way, of, text, voice }: SureProps): VNode {
  return (
    <>
      {text !== null && (
        <p dir="auto" class="words signal">
          {text}
        </p>
      )}
      <p>{voice.say(`${of}.${way}Goes`)}</p>
      <p>{voice.say(`${of}.${way}Stays`, way === 'withdraw' ? { days: site.retentionDays } : {})}</p>
      <form method="post" action={voice.link(receiptPath(site.key))}>
        <input type="hidden" name="receipt" value={receipt} />
        <p class="buttons">
          <button type="submit" name="action" value={way} class="final">
            {voice.say(`${of}.${way}`)}
          </button>
          <button name="action" value="see">
            {voice.say('own.sureNot')}
          </button>
        </p>
      </form>
    </>
  )
}
