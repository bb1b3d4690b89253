/** A connection that carries so much, within bounds. */
export interface Edge {
  from: string
  to: string
  least: number
  most: number
}

/**
 * Whether every connection can carry a whole amount within its bounds, with as much flowing into each place as out of it
 * (a circulation; Hoffman's theorem says that whole amounts do if any do).
 */
export function canFlow(edges: readonly Edge[]): boolean {
  const left = new Map<string, Map<string, number>>()
  const room = (from: string, to: string, more: number) => {
    const ways = left.get(from) ?? new Map<string, number>()
    ways.set(to, (ways.get(to) ?? 0) + more)
    left.set(from, ways)
  }
  let wanted = 0
  for (const { from, to, least, most } of edges) {
    if (least > most) return false
    room(from, to, most - least)
    room('source', to, least)
    room(from, 'sink', least)
    wanted += least
  }
  for (let sent = 0; sent < wanted; sent += 1) {
    const path = pathThrough(left)
    if (!path) return false
    for (const [from, to] of path) {
      room(from, to, -1)
      room(to, from, 1)
    }
  }
  return true
}

/** The steps of a way from the source to the sink on which there is room. */
function pathThrough(left: ReadonlyMap<string, ReadonlyMap<string, number>>): [string, string][] | undefined {
  const cameFrom = new Map<string, string>([['source', '']])
  for (const at of cameFrom.keys()) {
    for (const [to, room] of left.get(at) ?? []) if (room > 0 && !cameFrom.has(to)) cameFrom.set(to, at)
  }
  if (!cameFrom.has('sink')) return undefined
  const path: [string, string][] = []
  for (let at = 'sink'; at !== 'source'; ) {
    const before = cameFrom.get(at) ?? 'source'
    path.unshift([before, at])
    at = before
  }
  return path
}
