import type { VNode } from 'preact'
import type { ReportAnswer } from '../comments/reports/report.ts'
import { Ways } from './held.tsx'
import { HeldAppeal } from './held-appeal.tsx'
import type { Typed } from './typed.ts'
import type { Voice } from './voice.ts'

interface HeldReportProps {
  site: string
  receipt: string
  held: ReportAnswer
  typed: Typed | null
  voice: Voice
}

/** What became of a report, and all that whoever made it can do about it. */
export function HeldReport(props: HeldReportProps): VNode {
  const { site, receipt, held, voice } = props
  const { status, outcome, explanation, reported } = held
  return (
    <>
      <p class="status">{voice.say(`ownReport.${outcome ?? 'open'}`)}</p>
      {explanation && (
        <section>
          <h2>{voice.say('own.reasonTitle')}</h2>
          <p dir="auto" class="signal">
            {explanation}
          </p>
        </section>
      )}
      {reported === null ? (
        <p>{voice.say('ownReport.erased')}</p>
      ) : (
        <section>
          <h2>{voice.say('ownReport.sentTitle')}</h2>
          <p dir="auto" class="words">
            {reported}
          </p>
        </section>
      )}
      <HeldAppeal {...props} />
      <Ways
        site={site}
        receipt={receipt}
        ways={[
          ...(status === 'open' ? (['withdraw'] as const) : []),
          ...(reported === null ? [] : (['erase'] as const)),
        ]}
        of="ownReport"
        voice={voice}
      />
    </>
  )
}
