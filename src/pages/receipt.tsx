import type { VNode } from 'preact'
import type { ReceiptAnswer } from '../comments/comment.ts'
import type { Site } from '../sites/site.ts'
import { Held, type Typed } from './held.tsx'
import { LanguageLinks } from './language-links.tsx'
import { ErrorSummary, page } from './layout.tsx'
import { receiptPath } from './receipt-path.ts'
import type { Told } from './told.ts'
import type { Voice } from './voice.ts'

/** What the holder of a receipt asked for, and what came of it. */
export interface ReceiptPage {
  site: Site
  /** as it was typed; it travels in bodies only, never in an address */
  receipt: string
  held: ReceiptAnswer | null
  /** where it can be mended, if anywhere on the page, and what it is */
  problem: { field: string | null; told: Told } | null
  /** a text that was not taken */
  typed: Typed | null
  voice: Voice
}

/** The reader's own page: how a comment stands, in plain words, and what can be done about it. */
export function ownPage({ site, receipt, held, problem, typed, voice }: ReceiptPage): string {
  const title = voice.say('own.title')
  return page({
    title: problem ? voice.say('page.errorTitle', { title }) : title,
    language: voice.language,
    direction: voice.direction,
    children: (
      <>
        <header class="site">
          <bdi>{site.name}</bdi>
        </header>
        <main>
          <h1>{title}</h1>
          {problem && (
            <ErrorSummary
              heading={voice.say('page.error')}
              field={problem.field}
              detail={problem.told.what}
              mend={problem.told.mend}
            />
          )}
          {held ? (
            <Held site={site} receipt={receipt} held={held} typed={typed} voice={voice} />
          ) : (
            <Ask site={site} receipt={receipt} voice={voice} />
          )}
        </main>
        {!held && <LanguageLinks voice={voice} />}
      </>
    ),
  })
}

function Ask({ site, receipt, voice }: Pick<ReceiptPage, 'site' | 'receipt' | 'voice'>): VNode {
  return (
    <form method="post" action={voice.link(receiptPath(site.key))} class="comment-form">
      <label for="receipt">{voice.say('own.receiptLabel')}</label>
      <p class="hint" id="receipt-hint">
        {voice.say('own.receiptHint')}
      </p>
      <input
        id="receipt"
        name="receipt"
        value={receipt}
        autocomplete="off"
        dir="ltr"
        aria-describedby="receipt-hint"
      />
      <button type="submit">{voice.say('own.see')}</button>
    </form>
  )
}
