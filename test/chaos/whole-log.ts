import { patiently } from '../with-services/postgres.ts'
import { sites } from './lives.ts'
import type { Stage } from './stage.ts'

/** What the service says is wrong with the log of a site, once all of it is sealed; nothing where it is whole. */
export async function wholeLog({ services, key, asOwner }: Stage): Promise<string[]> {
  await patiently('all of the log is sealed', () =>
    asOwner(async (owner) => (await owner.query('select from unsealed limit 1')).rowCount === 0),
  )
  const [service] = services
  const faults: string[] = []
  for (const site of Object.keys(sites)) {
    let verified = 0
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path = `/v1/moderation/log/verification?site=${site}${cursor && `&cursor=${cursor}`}`
      const said = await service?.ask({ path, key })
      if (said?.status !== 200) return [`the log of ${site} is not verified: ${said?.status} ${said?.text}`]
      const part: { verified: number; firstBad: unknown; next: string | null } = JSON.parse(said.text)
      verified += part.verified
      if (part.firstBad !== null) faults.push(`the log of ${site}: ${JSON.stringify(part.firstBad)}`)
      cursor = part.next
    }
    const moves = await asOwner(async (owner) => {
      const { rows } = await owner.query<{ moves: number }>(
        'select count(*)::integer as moves from move where site = $1',
        [site],
      )
      return rows[0]?.moves
    })
    if (moves !== verified)
      faults.push(`the log of ${site} has ${moves} moves, of which ${verified} are verified`)
  }
  return faults
}
