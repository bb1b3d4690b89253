import type { Comment } from '../api/shapes.ts'

/**
 * Whether a text may be hard to read: somebody's list warns of it, a classifier does, or a life may be in danger. Other
 * signals warn of tricks, which hurt nobody who sees them.
 */
export function isHard({ signals, danger }: Pick<Comment, 'signals' | 'danger'>): boolean {
  return (
    danger === true ||
    signals.some(
      ({ code, severity }) => severity === 'warning' && (code === 'phrase' || code === 'classifier'),
    )
  )
}
