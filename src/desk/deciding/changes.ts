import type { Difference } from '../api/shapes.ts'

/** One change of an edit: what was removed, added, or replaced in one place. */
export interface Change {
  /** in few characters, such as `“fool” → “[…]”` */
  said: string
}

/** The changes of a difference, in order; what replaces something is one change with it. */
export function changesIn(difference: Difference): Change[] {
  const changes: { removed: string; added: string }[] = []
  let isOpen = false
  for (const { kind, text } of difference) {
    const last = changes.at(-1)
    if (kind === 'kept') isOpen = false
    else if (isOpen && last) last[kind] += text
    else {
      changes.push({ removed: '', added: '', [kind]: text })
      isOpen = true
    }
  }
  return changes.map(({ removed, added }) => ({
    said: [removed, added].map((text) => (text === '' ? '∅' : `“${shortened(text.trim())}”`)).join(' → '),
  }))
}

const mostSaid = 24

function shortened(text: string): string {
  const characters = Array.from(text)
  return characters.length > mostSaid ? `${characters.slice(0, mostSaid).join('')}…` : text
}
