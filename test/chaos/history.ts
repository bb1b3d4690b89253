import type { Entry, Heard, Intention } from './ledger.ts'

/**
 * What the one who asked for something knows of it. `acknowledged`: an answer said that it is done. `proven`: one that was
 * certain shows that an earlier try has done it, which got no answer. `indeterminate`: it may be done, once, or not.
 * `refused`: it is not done.
 */
type Fate = 'acknowledged' | 'proven' | 'indeterminate' | 'refused'

/** An intention with all that was heard of it. */
export interface Pursued {
  intention: Intention
  heard: Heard[]
  fate: Fate
}

/** What the entries of one ledger come to, each intention with its fate. */
export function pursuedIn(entries: readonly Entry[]): Pursued[] {
  const all = new Map<number, Pursued>()
  for (const entry of entries) {
    if ('intends' in entry) {
      all.set(entry.intends.n, { intention: entry.intends, heard: [], fate: 'indeterminate' })
    } else {
      const pursued = all.get(entry.heard.n)
      if (!pursued) throw new Error(`An answer was heard to what nobody intended: ${entry.heard.n}`)
      pursued.heard.push(entry.heard)
    }
  }
  for (const pursued of all.values()) pursued.fate = fateOf(pursued)
  return [...all.values()]
}

/** What a certain refusal proves where an earlier try may have been carried out, and nobody else touches the comment. */
const proofs = new Set(['412 stale_version', '409 not_returned'])

function fateOf({ intention, heard }: Pursued): Fate {
  if (heard.some(({ status }) => status >= 200 && status < 300)) return 'acknowledged'
  const last = heard.at(-1)
  if (!last || !isRefusal(last)) return 'indeterminate'
  if (heard.length === 1) return 'refused'
  const isProof = !intention.isRival && proofs.has(`${last.status} ${last.code}`)
  return isProof ? 'proven' : 'indeterminate'
}

function isRefusal({ status, code }: Heard): boolean {
  return status >= 400 && status < 500 && status !== 429 && code !== 'still_running'
}

/** Refusals that are no fault: others were first, or it is too late. */
const mayBeRefused = new Set([
  '409 still_running',
  '409 too_late_to_undo',
  '409 illegal_move',
  '409 not_returned',
  '412 stale_version',
])

/** Answers that nobody should have got, whatever happened: above all 500, and a 503 that does not say when to come again. */
export function wrongAnswers(all: readonly Pursued[]): string[] {
  return all.flatMap(({ intention, heard }) =>
    heard
      .filter(({ status, code, retryAfter }) => {
        if (status === 503) return !/^[1-9]\d*$/.test(retryAfter ?? '')
        return status >= 300 && !mayBeRefused.has(`${status} ${code}`)
      })
      .map(
        ({ status, code }) => `${intention.mark} ${intention.action}: ${status} ${code ?? 'without a code'}`,
      ),
  )
}
