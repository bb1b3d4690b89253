import { coarse, type Precision } from '../http/times.ts'
import type { AppealOutcome, AppealStatus, ReceiptAnswer } from './comment.ts'

/** What a receipt's holder can appeal against, and what came of it if they did. */
export interface Appealing {
  appealable: { until: string; isOver: boolean; wasAppealed: boolean } | null
  appeal: {
    status: AppealStatus
    filedAt: string
    outcome: AppealOutcome | null
    decidedAt: string | null
    explanation: string | null
  } | null
  times: Precision
}

/** Whether the holder of a receipt can still appeal, and what became of it if they did. */
export function appealing({
  appealable,
  appeal,
  times,
}: Appealing): Pick<ReceiptAnswer, 'appealUntil' | 'appeal'> {
  const canAppeal = appealable && !appealable.isOver && !appealable.wasAppealed
  return {
    ...(canAppeal && { appealUntil: coarse(new Date(appealable.until), times) }),
    ...(appeal && {
      appeal: {
        status: appeal.status,
        filedAt: coarse(new Date(appeal.filedAt), times),
        ...(appeal.outcome && { outcome: appeal.outcome, explanation: appeal.explanation }),
        ...(appeal.decidedAt && { decidedAt: coarse(new Date(appeal.decidedAt), times) }),
      },
    }),
  }
}
