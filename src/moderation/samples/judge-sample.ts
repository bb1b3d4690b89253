import { type Caller, can, languagesOf } from '../../access/roles.ts'
import type { Database } from '../../database/client.ts'
import { reads } from '../../http/language.ts'
import { Problem } from '../../http/problems.ts'
import type { Verdict, VerdictMade } from './sample.ts'
import { findSample, insertVerdict, type SampleRow } from './store.ts'

/** Writes down what the caller would have decided; nothing else changes. Once for each sample. */
export async function judgeSample(
  db: Database,
  caller: Caller,
  id: string,
  verdict: Verdict,
): Promise<VerdictMade> {
  const { person } = caller
  if (!person) throw new Problem('forbidden', 'Only a person judges.')
  const sample = await findSample(db.desk, id, person.id)
  if (!sample || !isFor(caller, sample)) throw new Problem('sample_not_found')
  refuseUnfounded(sample, verdict)
  const at = await insertVerdict(db.desk, sample, person.id, verdict)
  if (!at) throw new Problem('already_judged')
  return { sample: id, ...verdict, judgedAt: at.toISOString() }
}

function isFor(caller: Caller, { site, language }: SampleRow): boolean {
  const languages = languagesOf(caller, site)
  return can(caller, 'decide', site) && (languages === undefined || reads(languages, language))
}

/** The same that a decision needs: rules of the terms under which it was judged, which permit it. */
function refuseUnfounded({ rules }: SampleRow, { action, rules: codes }: Verdict): void {
  if (action === 'approve') {
    if (codes.length > 0) throw new Problem('rule_does_not_permit', 'To approve cites no rule.')
    return
  }
  if (codes.length === 0) throw new Problem('rule_missing')
  for (const code of codes) {
    const rule = rules.find((one) => one.code === code)
    if (!rule) throw new Problem('rule_unknown')
    if (!rule.permits.includes(action)) throw new Problem('rule_does_not_permit')
  }
}
