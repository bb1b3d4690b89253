/**
 * What is announced of each move; src/comments/move-store.ts writes it with the move. It waits until the move shows, and
 * where nothing of it shows, until nobody can undo it any more.
 */
export const eventTypes = {
  submit: 'comment.submitted',
  resubmit: 'comment.resubmitted',
  approve: 'comment.published',
  edit: 'comment.edited',
  reject: 'comment.rejected',
  return: 'comment.returned',
  escalate: 'comment.escalated',
  undo: 'comment.undone',
  unpublish: 'comment.unpublished',
  restore: 'comment.restored',
  expire: 'comment.expired',
  withdraw: 'comment.withdrawn',
} as const
