/**
 * The places of a text that are selected where it is shown, in UTF-16 units of it: names and numbers that the desk puts
 * between its characters do not count. Undefined where nothing of it is selected.
 */
export function selectedIn(shown: HTMLElement, text: string): { start: number; end: number } | undefined {
  const selection = getSelection()
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0)
  if (!shown.contains(startContainer) || !shown.contains(endContainer)) return undefined
  const start = unitsBefore(shown, startContainer, startOffset)
  const end = Math.min(text.length, unitsBefore(shown, endContainer, endOffset))
  return start < end ? { start, end } : undefined
}

function unitsBefore(shown: HTMLElement, container: Node, offset: number): number {
  const range = document.createRange()
  range.setStart(shown, 0)
  range.setEnd(container, offset)
  const before = range.cloneContents()
  for (const added of before.querySelectorAll('.unseen, .key')) added.remove()
  return before.textContent?.length ?? 0
}
