import type { ProblemCode } from '../http/problems.ts'
import { defaultLimits, type Limits } from '../sites/site.ts'
import { en } from './messages/en.ts'
import type { MessageKey } from './messages/message-file.ts'
import type { Voice } from './voice.ts'

/** A problem as readers are told it: what happened, and what to do about it where that takes another sentence. */
export interface Told {
  what: string
  mend: string | null
}

/** What a reader is told of a problem; of one that no reader meets, that it did not work. `minutes` are those of `slow_mode`. */
export function told(voice: Voice, code: ProblemCode, limits: Limits = defaultLimits, minutes = 1): Told {
  const { what, mend } = sentencesOf(code)
  const most = code === 'name_too_long' ? limits.nameGraphemes : limits.textGraphemes
  return { what: voice.say(what, { most }), mend: mend ? voice.say(mend, { minutes }) : null }
}

/** The texts that tell of a problem. */
function sentencesOf(code: ProblemCode): { what: MessageKey; mend: MessageKey | null } {
  const same = sameAs[code] ?? code
  const what = messageKey(`problem.${same}`) ?? 'problem.other'
  if (isAboutAddress(same, what)) return { what, mend: 'mend.address' }
  return { what, mend: messageKey(`mend.${same}`) ?? null }
}

/** What is the same to a reader: an address that is not right, and a limit. */
const sameAs: Partial<Record<ProblemCode, ProblemCode>> = {
  invalid_cursor: 'not_found',
  too_many_articles: 'too_many_requests',
}

function isAboutAddress(code: ProblemCode, what: MessageKey): boolean {
  return code === 'invalid_request' || (code.endsWith('not_found') && what !== 'problem.other')
}

function messageKey(key: string): MessageKey | undefined {
  return isMessageKey(key) ? key : undefined
}

export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key)
}
