import type { Inquiry } from './inquiry.ts'
import type { GivenBack, Lease } from './ledger.ts'
import type { CommentRow } from './record.ts'
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
  const wasGivenBack = ({ person, from }: Lease, by: number) =>
    givenBack.some((back) => back.person === person && back.to >= from && back.from <= by)

  const inOrder = leases.toSorted((one, other) => one.version - other.version || one.from - other.from)
  for (const [index, lease] of inOrder.entries()) {
    const holder = people.get(lease.person)
    if (!holder || !readsLanguage(holder, site, language))
      faults.push(`${id} is in ${language}, which ${lease.person} does not read`)
    // Every move ends a lease. What came before what is told by versions: the time of a statement is when it began, and
    // of two that begin at once, the one that began later may be done first.
    for (const next of inOrder.slice(index + 1)) {
      const isOfTheSame = next.version === lease.version && next.person !== lease.person
      if (isOfTheSame && next.from < lease.until && !wasGivenBack(lease, next.from))
        faults.push(`${id} was held by ${lease.person}, and given to ${next.person}`)
    }
    const move = moves.find(({ seq }) => seq === lease.version + 1)
    const decider = move?.person ? people.get(move.person) : undefined
    if (!move || !decider || decider.id === lease.person || isEditor(decider, site)) continue
    const isWithin = move.at > lease.from && move.at < lease.until
    if (isWithin && !wasGivenBack(lease, move.at))
      faults.push(`${id} was held by ${lease.person}, decided by ${move.person}`)
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
