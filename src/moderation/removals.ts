/** What stands in an edited text where a passage was cut. */
export const cutMark = '[…]'

/** Whether `after` is `before` with passages cut out, each replaced by the mark: nothing added, nothing reordered. */
export function isOnlyCuts(before: string, after: string): boolean {
  const kept = after.split(cutMark)
  const first = kept[0] ?? ''
  if (kept.length === 1) return before === after
  const last = kept[kept.length - 1] ?? ''
  if (!before.startsWith(first) || !before.endsWith(last)) return false

  let from = first.length
  const end = before.length - last.length
  for (const passage of kept.slice(1, -1)) {
    const at = before.indexOf(passage, from)
    if (at < 0) return false
    from = at + passage.length
  }
  return from <= end
}
