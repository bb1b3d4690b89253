import { findHandles } from './handles.ts'
import { findLinks } from './links.ts'
import { findMailAddresses } from './mail-addresses.ts'
import { findPhones } from './phones.ts'
import type { Range, Signal } from './signal.ts'
import { findStreetAddresses } from './street-addresses.ts'

export interface ContactDetail extends Range {
  kind: 'phone' | 'email' | 'handle' | 'address'
  /** `info` for what may well be something else: disguised mail addresses, addresses in a town. */
  severity: Signal['severity']
}

/**
 * Where a text tells how to reach someone: phone numbers, mail addresses, handles of messengers, and what looks like
 * an address in a town; in the order of the text, without overlaps. Takes any string, in linear time.
 */
export function findContactDetails(text: string): ContactDetail[] {
  const found: (ContactDetail | Range)[] = [
    ...findMailAddresses(text).map(({ start, end, disguised }) => detail('email', disguised, { start, end })),
    ...findHandles(text).map((range) => detail('handle', false, range)),
    // A number inside of a link belongs to the link.
    ...findLinks(text),
    ...findPhones(text).map((range) => detail('phone', false, range)),
    ...findStreetAddresses(text).map((range) => detail('address', true, range)),
  ]
  return apart(found).filter((range) => 'kind' in range)
}

function detail(kind: ContactDetail['kind'], doubtful: boolean, { start, end }: Range): ContactDetail {
  return { kind, severity: doubtful ? 'info' : 'notice', start, end }
}

/** In order; of two that overlap, the one that was found first. */
function apart<R extends Range>(ranges: R[]): R[] {
  const ranked = ranges.map((range, rank) => ({ range, rank }))
  const kept: typeof ranked = []
  for (const next of ranked.toSorted((a, b) => a.range.start - b.range.start || a.rank - b.rank)) {
    const last = kept.at(-1)
    if (last === undefined || last.range.end <= next.range.start) kept.push(next)
    else if (next.rank < last.rank) kept.splice(-1, 1, next)
  }
  return kept.map(({ range }) => range)
}
