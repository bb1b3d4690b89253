import type { en } from './en.ts'

/** Which text it is, whatever the language. */
export type MessageKey = keyof typeof en

/** Every text of one language, as ICU messages. */
export type Messages = Readonly<Record<MessageKey, string>>

/** The texts of a language, and how far they can be trusted. */
export interface MessageFile {
  /** true as long as its wordings were made by a machine, and nobody who grew up with the language has read them */
  needsNativeReader: boolean
  messages: Messages
}
