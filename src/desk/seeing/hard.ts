import type { Comment } from '../api/shapes.ts'

/** Whether a text may be hard to read: somebody's list warns of it, a classifier does, or a life may be in danger. */
export function isHard({ signals, danger }: Pick<Comment, 'signals' | 'danger'>): boolean {
  return danger === true || signals.some(({ severity }) => severity === 'warning')
}
