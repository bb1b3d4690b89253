import { createHash } from 'node:crypto'

/**
 * On which primary a site is, of so many: the one whose hash with the site is the greatest (rendezvous hashing, Thaler and
 * Ravishankar 1998). With one primary more, no site moves but to that one.
 */
export function primaryOf(site: string, primaries: number): number {
  let [best, greatest] = [0, -1n]
  for (let primary = 0; primary < primaries; primary += 1) {
    const hash = createHash('sha256').update(`${site} ${primary}`).digest().readBigUInt64BE()
    if (hash > greatest) [best, greatest] = [primary, hash]
  }
  return best
}

/** What the busiest primary has to do, of everything, where each site has such a share of it. */
export function busiestShare(shares: ReadonlyMap<string, number>, primaries: number): number {
  const loads = Array.from({ length: primaries }, () => 0)
  for (const [site, share] of shares) {
    const primary = primaryOf(site, primaries)
    loads[primary] = (loads[primary] ?? 0) + share
  }
  return Math.max(...loads)
}

/** The same where a directory says where each site is: the greatest first, each where the least is. */
export function busiestShareByDirectory(shares: ReadonlyMap<string, number>, primaries: number): number {
  const loads = Array.from({ length: primaries }, () => 0)
  for (const share of [...shares.values()].toSorted((one, other) => other - one)) {
    const least = loads.indexOf(Math.min(...loads))
    loads[least] = (loads[least] ?? 0) + share
  }
  return Math.max(...loads)
}
