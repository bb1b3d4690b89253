import { makeSearchable } from '../../../src/comments/make-searchable.ts'
import { keyring } from '../../../src/http/keyring.ts'
import { carryOnWithClusters } from '../../../src/moderation/clusters/decide-cluster.ts'
import { eraseOldWords, expireOverdue } from '../../../src/moderation/expiry/expire.ts'
import { signingKey } from '../../../src/moderation/log/head.ts'
import { sealLog, signHeads } from '../../../src/moderation/log/seal.ts'
import { countHandled } from '../../../src/moderation/statistics/count-handled.ts'
import { countSealedMoves } from '../../../src/moderation/statistics/count-moves.ts'
import { testSecret } from '../house.ts'
import { workOnObjections } from './editor.ts'
import { workAtTheDesk } from './moderator.ts'
import { actor, type Newsroom } from './newsroom.ts'
import { passBy } from './passer-by.ts'
import { aReader, readAndWrite } from './reader.ts'
import { isEditor } from './staff.ts'

const readers = 6

/** By so many seconds the clock moves after each shift: to where something is due, where leases lapse, to the next day. */
const steps = [20, 150, 310, 86_400]

export const headKey = signingKey(keyring(testSecret).logHeads)

/** Some days of a newsroom, in shifts within which everybody acts at once, until so many comments have come in. */
export async function work(room: Newsroom, comments: number): Promise<void> {
  const shifts = 12
  const each = Math.ceil(comments / shifts / readers)
  const decisions = Math.ceil((comments / shifts / room.staff.length) * 1.2)
  const crowd = Array.from({ length: readers }, (_, number) => aReader(room, number))
  const passers = ['one', 'other'].map((name) => actor(room, `passer-by ${name}`))
  const director = actor(room, 'director')
  for (let shift = 0; shift < shifts; shift += 1) {
    const flooding = director.below(readers)
    const flood = Math.min(each, 12 + director.below(20))
    await allOf([
      ...crowd.map((reader, number) =>
        readAndWrite(room, reader, { comments: each, flood: number === flooding ? flood : 0 }),
      ),
      ...room.staff.map((person) => workAtTheDesk(room, person, decisions)),
      ...room.staff
        .filter((person) => room.sites.some(({ key }) => isEditor(person, key)))
        .map((person) => workOnObjections(room, person, Math.ceil(decisions / 2))),
      ...passers.map((chance) => passBy(room, chance, Math.ceil(decisions / 2))),
      doChores(room),
    ])
    await room.ahead(steps[shift % steps.length] ?? 0)
  }
}

/** What the service does by itself, all at once, as two processes would. */
export async function doChores({ house: { db } }: Newsroom): Promise<void> {
  const once = async () => {
    await expireOverdue(db)
    await sealLog(db)
    await countSealedMoves(db)
    await countHandled(db)
    await eraseOldWords(db)
    await makeSearchable(db)
    await carryOnWithClusters(db)
    await signHeads(db, headKey)
  }
  await allOf([once(), once()])
}

/** Waits for all of them, whatever becomes of one, so that nobody goes on in a newsroom that is closed. */
async function allOf(shift: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(shift)).filter((one) => one.status === 'rejected')
  if (failed.length > 0)
    throw new AggregateError(
      failed.map(({ reason }) => reason),
      String(failed[0]?.reason),
    )
}
