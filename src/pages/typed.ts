/** What somebody typed for something that was not taken. */
export interface Typed {
  action: 'resubmit' | 'appeal'
  text: string
  name: string
}

/** Where a text for this is typed. */
export const fieldOf: Record<Typed['action'], string> = { resubmit: 'text', appeal: 'appeal-text' }

/** Where a name is typed. */
export const nameField = 'name'
