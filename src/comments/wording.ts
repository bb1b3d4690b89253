import { Problem, type ProblemCode } from '../http/problems.ts'
import type { Limits } from '../sites/site.ts'
import type { Removed } from './cleaning.ts'
import { countGraphemes } from './graphemes.ts'
import { normalizeName, normalizeText, type Refusal } from './text.ts'

/** A name and a text after the pipeline: what is stored, word for word. */
export interface Wording {
  name: string | null
  text: string
  graphemes: number
  bytes: number
  /** what the pipeline removed, by kind */
  removed: Record<string, number>
}

/** Takes a name and a text through the pipeline, within a site's limits; a refusal is thrown as a problem. */
export function wording(
  written: { text: string; name?: string | null | undefined },
  limits: Limits,
): Wording {
  const text = normalizeText(written.text, { graphemes: limits.textGraphemes, bytes: limits.textBytes })
  if (text.refusal) throw refused('text', text.refusal)
  const name = normalizeName(written.name ?? '', {
    graphemes: limits.nameGraphemes,
    bytes: limits.nameGraphemes * 32,
  })
  if (name.refusal) throw refused('name', name.refusal)
  return {
    name: name.text === '' ? null : name.text,
    text: text.text,
    graphemes: countGraphemes(text.text),
    bytes: Buffer.byteLength(text.text),
    removed: total(text.removed, name.removed),
  }
}

const codes: Record<'text' | 'name', Record<Refusal['code'], ProblemCode>> = {
  text: { empty: 'text_empty', too_long: 'text_too_long', too_large: 'text_too_large' },
  name: { empty: 'name_too_long', too_long: 'name_too_long', too_large: 'name_too_long' },
}

function refused(field: 'text' | 'name', { code, detail }: Refusal): Problem {
  const name = codes[field][code]
  return new Problem(name, detail, { errors: [{ pointer: `#/${field}`, code: name, detail }] })
}

function total(...counts: Removed[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const [kind, count] of counts.flatMap((one) => Object.entries(one)))
    sum[kind] = (sum[kind] ?? 0) + count
  return sum
}
