import type { Inquiry } from './inquiry.ts'
import type { GivenBack, Lease } from './ledger.ts'
import type { CommentRow, MoveRow } from './record.ts'
import { type Colleague, isEditor, readsLanguage } from './staff.ts'

/** No two people held a comment at once, nobody was given what they do not read, and nobody decided past a lease. */
export function checkLeases({ room, record }: Inquiry): string[] {
  const people = new Map(room.staff.map((person) => [person.id, person]))
  const held = grouped(room.ledger.leases)
  return [...held].flatMap(([id, leases]) => {
    const comment = record.comments.get(id)
    if (!comment) return [`${id} was given to somebody and is not there`]
    const givenBack = room.ledger.givenBack.filter((back) => (back.comment ?? id) === id)
    return faultsOf(comment, leases, givenBack, people)
  })
}

function faultsOf(
  comment: CommentRow,
  leases: readonly Lease[],
  givenBack: readonly GivenBack[],
  people: ReadonlyMap<string, Colleague>,
): string[] {
  const { id, site, language, moves } = comment
  const faults: string[] = []
  /** Whether a lease was over by then: another move ended it, or it was given back. */
  const hadEnded = ({ person, from }: Lease, by: number, except?: MoveRow) =>
    moves.some((move) => move !== except && move.at >= from && move.at <= by) ||
    givenBack.some((back) => back.person === person && back.to >= from && back.from <= by)

  const inOrder = leases.toSorted((one, other) => one.from - other.from)
  for (const [index, lease] of inOrder.entries()) {
    const holder = people.get(lease.person)
    if (!holder || !readsLanguage(holder, site, language))
      faults.push(`${id} is in ${language}, which ${lease.person} does not read`)
    for (const next of inOrder.slice(index + 1)) {
      if (next.person !== lease.person && next.from < lease.until && !hadEnded(lease, next.from))
        faults.push(`${id} was held by ${lease.person}, and given to ${next.person}`)
    }
    for (const move of moves) {
      const decider = move.person === null ? undefined : people.get(move.person)
      const waited = move.from === 'pending' || move.from === 'second_review'
      const isWithin = waited && move.at > lease.from && move.at < lease.until
      if (!decider || !isWithin || decider.id === lease.person || isEditor(decider, site)) continue
      if (!hadEnded(lease, move.at, move))
        faults.push(`${id} was held by ${lease.person}, decided by ${move.person}`)
    }
  }
  return faults
}

function grouped(leases: readonly Lease[]): Map<string, Lease[]> {
  const groups = new Map<string, Lease[]>()
  for (const lease of leases) {
    const group = groups.get(lease.comment)
    if (group) group.push(lease)
    else groups.set(lease.comment, [lease])
  }
  return groups
}
