import type { KeyObject } from 'node:crypto'
import type { Database } from '../../database/client.ts'
import { openCursor, sealCursor } from '../../http/paging.ts'
import { isSigned } from './head.ts'
import type { LogHead, Verification } from './log.ts'
import { hashesAt, headsOf, unsealedTail, type VerifiedPart, verifyComments, verifySealed } from './store.ts'

/** Rows that are gone through in one go; some tenths of a second. */
const part = 10_000

type Finding = NonNullable<Verification['firstBad']>

/** Where a verification is: in the chain, or among the comments; both by their order. */
interface Place {
  through: 'chain' | 'comments'
  after: number
}
const beginning: Place = { through: 'chain', after: 0 }

/** What a verification needs to check signatures with. */
export interface LogKeys {
  /** null where the service's secret is not at hand: then heads are compared, and their signatures are not checked */
  heads: KeyObject | null
}

/** Verifies the next part of a site's log. */
async function verifyPart(
  db: Database,
  site: string,
  place: Place,
): Promise<VerifiedPart & { next: Place | null }> {
  const verify = place.through === 'chain' ? verifySealed : verifyComments
  const found = await verify(db.desk, site, place.after, part)
  const { last } = found
  if (last !== null && found.verified === part) return { ...found, next: { ...place, after: last } }
  return { ...found, next: place.through === 'chain' ? { through: 'comments', after: 0 } : null }
}

/** Verifies a part of a site's log over HTTP, and tells how to go on. The signed heads are checked at the beginning. */
export async function verifyOverHttp(
  db: Database,
  keys: LogKeys & { cursors: Buffer },
  site: string,
  cursor: string | undefined,
): Promise<Verification> {
  const list = JSON.stringify(['log verification', site])
  const place = cursor === undefined ? beginning : placeOf(openCursor(keys.cursors, list, cursor))
  const badHead = cursor === undefined ? await badHeadOf(db, keys, site, await headsOf(db.desk, site)) : null
  const { verified, bad, next } = await verifyPart(db, site, place)
  const { moves, since } = await unsealedTail(db.desk, site)
  return {
    site,
    verified: place.through === 'chain' ? verified : 0,
    firstBad: bad ? finding(bad, place) : badHead,
    unsealed: { moves, since: since?.toISOString() ?? null },
    next: next && sealCursor(keys.cursors, list, [next.through, String(next.after)]),
  }
}

/** Verifies the whole log of a site, against heads that were kept elsewhere as well. */
export async function verifyLog(
  db: Database,
  keys: LogKeys,
  site: string,
  kept: readonly LogHead[],
): Promise<Omit<Verification, 'next'>> {
  let verified = 0
  let firstBad: Finding | null = null
  for (let place: Place | null = beginning; place && !firstBad; ) {
    const found: Awaited<ReturnType<typeof verifyPart>> = await verifyPart(db, site, place)
    if (place.through === 'chain') verified += found.verified
    firstBad = found.bad && finding(found.bad, place)
    place = found.next
  }
  const heads = [...(await headsOf(db.desk, site)), ...kept.filter((head) => head.site === site)]
  const { moves, since } = await unsealedTail(db.desk, site)
  return {
    site,
    verified,
    firstBad: firstBad ?? (await badHeadOf(db, keys, site, heads)),
    unsealed: { moves, since: since?.toISOString() ?? null },
  }
}

/** The first head that was not signed by us, or whose place in the chain is another now, or gone. */
async function badHeadOf(
  db: Database,
  { heads: key }: LogKeys,
  site: string,
  heads: readonly LogHead[],
): Promise<Finding | null> {
  const hashes = await hashesAt(
    db.desk,
    site,
    heads.map((head) => head.position),
  )
  for (const head of heads.toSorted((one, other) => one.position - other.position)) {
    const { position } = head
    if (key && !isSigned(key, head)) return { breach: 'forged_head', position, comment: null, version: null }
    if (hashes.get(position) !== head.hash)
      return { breach: 'other_head', position, comment: null, version: null }
  }
  return null
}

function finding(
  { breach, position, comment, version }: NonNullable<VerifiedPart['bad']>,
  place: Place,
): Finding {
  return { breach, position: place.through === 'chain' ? position : null, comment, version }
}

function placeOf([through, after]: string[]): Place {
  return { through: through === 'comments' ? 'comments' : 'chain', after: Number(after) }
}
