import type { ArrivalCode } from '../screening/signal.ts'
import type { Floods } from '../sites/site.ts'

/** What the form without script tells of how it was filled in. */
export interface FormTraces {
  /** whether the field that people do not see has something in it */
  filledUnseen: boolean
  /** seconds since the form was made; null where it is none of ours */
  seconds: number | null
}

/** What of how a comment came is worth a look on this site. `form` is undefined for what came over the API. */
export function arrivalOf(floods: Floods, form: FormTraces | undefined, isProven: boolean): ArrivalCode[] {
  const noticed: ArrivalCode[] = []
  if (floods.honeypot && form?.filledUnseen) noticed.push('honeypot')
  if (form && isQuick(floods, form)) noticed.push('quick')
  if (floods.proofTries !== null && !isProven) noticed.push('unproven')
  return noticed
}

/** Who makes up a form of their own, wrote none of it in ours. */
function isQuick({ minimumSeconds }: Floods, { seconds }: FormTraces): boolean {
  return minimumSeconds !== null && (seconds === null || seconds < minimumSeconds)
}
