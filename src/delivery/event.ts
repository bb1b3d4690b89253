/** What is announced of each move. Announcements wait until the move is due; src/comments/store.ts writes them. */
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
