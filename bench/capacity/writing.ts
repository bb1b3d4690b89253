import { planned } from './serving.ts'

/** What one comment and one decision cost: seconds of processors, and bytes. */
export interface WritingCosts {
  comment: { service: number; postgres: number }
  decision: { service: number; postgres: number }
  /** of the database, with all that belongs to it, and of its write-ahead log */
  bytes: number
  logBytes: number
}

/** Of people and machines, what nobody has measured here. */
export const assumedOfWriting = {
  /** seconds that a moderator takes for a comment; a site's own are in its statistics */
  secondsEach: 20,
  /** hours that a moderator decides on a day, and days in a week */
  hours: 6,
  days: 5,
  /** processors of one PostgreSQL primary, and bytes a second that it writes ahead and its replicas take */
  primaryProcessors: 32,
  primaryLogBytes: 200e6,
  /** days for which what was decided is kept, as it is by default */
  retentionDays: 220,
  /** for how many seconds submissions may come faster than they are screened, before queues grow beyond use */
  crowdSeconds: 600,
} as const

export interface Writing {
  /** processes of the service, a processor for each */
  processes: number
  /** processors of PostgreSQL */
  postgres: number
  /** bytes a second that are written ahead */
  log: number
  /** primaries, if sites can be spread evenly over them; and which of the two asks for so many */
  primaries: number
  bound: 'processors' | 'write-ahead log'
  /** people who decide at any moment, and who have to be employed for that */
  deciding: number
  moderators: number
  bytesPerDay: number
  /** what is there once as much is removed as comes */
  bytesKept: number
}

/** What it takes for so many comments a second to come, and to be decided about, day and night. */
export function writing(perSecond: number, costs: WritingCosts): Writing {
  const { secondsEach, hours, days, primaryProcessors, primaryLogBytes, retentionDays } = assumedOfWriting
  const { comment, decision } = costs
  const postgres = (perSecond * (comment.postgres + decision.postgres)) / planned
  const log = perSecond * costs.logBytes
  const [byProcessors, byLog] = [postgres / primaryProcessors, log / primaryLogBytes]
  const deciding = perSecond * secondsEach
  const bytesPerDay = perSecond * costs.bytes * 86_400
  return {
    processes: Math.ceil((perSecond * (comment.service + decision.service)) / planned),
    postgres: Math.ceil(postgres),
    log,
    primaries: Math.ceil(Math.max(byProcessors, byLog)),
    bound: byLog > byProcessors ? 'write-ahead log' : 'processors',
    deciding: Math.ceil(deciding),
    moderators: Math.ceil((deciding * (24 / hours) * 7) / days),
    bytesPerDay,
    bytesKept: bytesPerDay * retentionDays,
  }
}

/** A house as somebody may have it. */
export interface House {
  moderators: number
  processes: number
  primaryProcessors: number
  logBytes: number
  /** bytes of disk */
  disk: number
}

/** What ends first as more comments come a second, day and night: the least first. */
export function limitsOf(house: House, costs: WritingCosts): { what: string; perSecond: number }[] {
  const { secondsEach, hours, days, retentionDays } = assumedOfWriting
  const { comment, decision } = costs
  return [
    {
      what: 'people: more comes than is decided about, and waits longer every day',
      perSecond: (house.moderators * (hours / 24) * (days / 7)) / secondsEach,
    },
    {
      what: 'the disk, before the first comments are old enough to go',
      perSecond: house.disk / (costs.bytes * 86_400 * retentionDays),
    },
    {
      what: "the primary's processors, half of their time",
      perSecond: (house.primaryProcessors * planned) / (comment.postgres + decision.postgres),
    },
    {
      what: 'the write-ahead log: the disk and the replicas',
      perSecond: house.logBytes / costs.logBytes,
    },
    {
      what: "the service's processors, half of their time: screening falls behind, then 503",
      perSecond: (house.processes * planned) / (comment.service + decision.service),
    },
  ].toSorted((one, other) => one.perSecond - other.perSecond)
}
