/** A comment, and what others could send that is more or less like it. */
export interface Family {
  text: string
  /** the same words, typed otherwise */
  same: string[]
  /** the same comment with a few words other, added or left out */
  nearly: string[]
  /** another comment on the same thing, in part in the same words */
  different: string[]
}

/** What was written for one language. */
export interface Repeats {
  families: Family[]
  /** what many people say honestly and independently, word for word */
  common: string[]
  /** short comments of two people in the same turn of phrase */
  alike: [one: string, other: string][]
  /** one comment in two versions that a person sees through and a machine hardly can */
  hard: [one: string, other: string][]
}
