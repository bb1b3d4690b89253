import { demand } from '../../access/auth.ts'
import { type Caller, languagesOf } from '../../access/roles.ts'
import type { Database } from '../../database/client.ts'
import { reads } from '../../http/language.ts'
import { Problem } from '../../http/problems.ts'
import { ancestorsOf, type ContextRow } from '../context-store.ts'
import { lanes } from '../queue/lanes.ts'
import type { Sample, SamplesQuery } from './sample.ts'
import { type SampleRow, samplesFor } from './store.ts'

/** Comments about which others decided, for the caller to judge without knowing how. */
export async function giveSamples(
  db: Database,
  caller: Caller,
  { site, limit }: SamplesQuery,
): Promise<Sample[]> {
  demand(caller, 'decide', site)
  if (!caller.person) throw new Problem('forbidden', 'Only a person judges.')
  const [lane] = await lanes(db, caller, { site })
  if (!lane) return []
  const samples: Sample[] = []
  for (const row of await samplesFor(db.desk, caller.person.id, lane, limit)) {
    samples.push(shown(row, await threadOf(db, caller, row)))
  }
  return samples
}

async function threadOf(
  db: Database,
  caller: Caller,
  { commentId, site }: SampleRow,
): Promise<Sample['thread']> {
  const languages = languagesOf(caller, site)
  const isTold = (row: ContextRow) =>
    row.isPublic || languages === undefined || reads(languages, row.language)
  return (await ancestorsOf(db.desk, commentId)).map((row) => ({
    name: isTold(row) ? row.name : null,
    text: isTold(row) ? row.text : null,
  }))
}

function shown({ commentId: _commentId, ...sample }: SampleRow, thread: Sample['thread']): Sample {
  return { ...sample, thread }
}
