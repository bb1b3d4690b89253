import type { VNode } from 'preact'
import type { ReceiptAnswer } from '../comments/comment.ts'
import type { ReportAnswer } from '../comments/reports/report.ts'
import { articlePath } from '../reading/addresses.ts'
import type { Site } from '../sites/site.ts'
import { Held } from './held.tsx'
import { HeldReport } from './held-report.tsx'
import { LanguageLinks } from './language-links.tsx'
import { ErrorSummary, page } from './layout.tsx'
import { receiptPath } from './receipt-path.ts'
import { Sure } from './sure.tsx'
import type { Told } from './told.ts'
import type { Typed } from './typed.ts'
import type { Voice } from './voice.ts'

/** What the holder of a receipt asked for, and what came of it. */
export interface ReceiptPage {
  site: Site
  /** as it was typed; it travels in bodies only, never in an address */
  receipt: string
  /** the comment or the report, where the receipt is known */
  held: ReceiptAnswer | ReportAnswer | null
  /** what is to be done, but only once the reader is sure */
  unsure?: 'withdraw' | 'erase' | null
  /** where it can be mended, if anywhere on the page, and what it is */
  problem?: { field: string | null; told: Told } | null
  /** what was not taken */
  typed?: Typed | null
  voice: Voice
}

/** The reader's own page: how a comment or a report stands, in plain words, and what can be done about it. */
export function ownPage(shown: ReceiptPage): string {
  const { site, held, unsure = null, problem = null, voice } = shown
  const of = isReport(held) ? voice.say('ownReport.title') : voice.say('own.title')
  const title = unsure ? voice.say('own.ask') : of
  return page({
    title: problem ? voice.say('page.errorTitle', { title }) : title,
    language: voice.language,
    direction: voice.direction,
    children: (
      <>
        <header class="site">
          <bdi>{site.name}</bdi>
        </header>
        <main class="own">
          <h1>{title}</h1>
          {problem && (
            <ErrorSummary
              heading={voice.say('page.error')}
              field={problem.field}
              detail={problem.told.what}
              mend={problem.told.mend}
            />
          )}
          <Body {...shown} />
        </main>
        {!held && <LanguageLinks voice={voice} />}
      </>
    ),
  })
}

function isReport(held: ReceiptPage['held']): held is ReportAnswer {
  return held !== null && 'reported' in held
}

function Body({ site, receipt, held, unsure, problem, typed = null, voice }: ReceiptPage): VNode {
  if (!held) return <Ask site={site} receipt={receipt} isFaulty={Boolean(problem)} voice={voice} />
  if (unsure) {
    const about = isReport(held)
      ? ({ of: 'ownReport', text: held.reported } as const)
      : ({ of: 'own', text: held.submitted?.text ?? null } as const)
    return <Sure site={site} receipt={receipt} way={unsure} {...about} voice={voice} />
  }
  if (isReport(held)) {
    return <HeldReport site={site.key} receipt={receipt} held={held} typed={typed} voice={voice} />
  }
  return (
    <>
      <Held
        site={site}
        receipt={receipt}
        held={held}
        typed={typed}
        faulty={problem?.field ?? null}
        voice={voice}
      />
      <p>
        <a href={voice.link(articlePath(site.key, held.article))}>{voice.say('sent.back')}</a>
      </p>
    </>
  )
}

/** Letters that are left out of receipts, because a person could take them for another sign. */
const lettersLeftOut = 'I, L, O, U'

function Ask({
  site,
  receipt,
  isFaulty,
  voice,
}: Pick<ReceiptPage, 'site' | 'receipt' | 'voice'> & { isFaulty: boolean }): VNode {
  return (
    <form method="post" action={voice.link(receiptPath(site.key))} class="comment-form" novalidate>
      <label for="receipt">{voice.say('own.receiptLabel')}</label>
      <p class="hint" id="receipt-hint">
        {voice.say('own.receiptHint')}
      </p>
      <input
        id="receipt"
        name="receipt"
        value={receipt}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        translate={false}
        dir="ltr"
        required
        aria-describedby="receipt-hint receipt-help"
        aria-invalid={isFaulty ? 'true' : undefined}
      />
      <p class="hint" id="receipt-help">
        {voice.compose<VNode>('own.receiptHelp', { letters: <bdi>{lettersLeftOut}</bdi> })}
      </p>
      <button type="submit">{voice.say('own.see')}</button>
    </form>
  )
}
