import type { Inquiry } from './inquiry.ts'
import type { AskedMove } from './ledger.ts'
import type { MoveRow } from './record.ts'

/** Every comment that was taken is there with its words, every other is not, and each stands where its life led. */
export function checkLives({ room, record, lives, words }: Inquiry): string[] {
  const faults = [...lives.values()].flatMap(({ faults: wrong }) => wrong)
  const { comments } = room.ledger
  for (const [id, { site, article, parent, withdrawn, erased, sentAgain }] of comments) {
    const row = record.comments.get(id)
    if (row?.site !== site || row.article !== article || row.parent !== parent)
      faults.push(`${id} is not where it was sent`)
    if (withdrawn !== (row?.status === 'withdrawn'))
      faults.push(`${id} is ${row?.status}, withdrawn: ${withdrawn}`)
    if (erased && !row?.erased) faults.push(`${id} was to be erased`)
    const again = row?.moves.filter(({ action }) => action === 'resubmit').length
    if (again !== sentAgain.length)
      faults.push(`${id} was sent again ${sentAgain.length} times, not ${again}`)
  }
  for (const { id, seq, status, revision, erased, moves, words: kept } of record.comments.values()) {
    if (!comments.has(id)) faults.push(`${id} was acknowledged to nobody`)
    const stand = lives.get(id)?.stand
    if (stand?.status !== status || stand.revision !== revision || seq !== moves.length)
      faults.push(`${id} says ${status} ${revision}, its life led to ${stand?.status} ${stand?.revision}`)
    if (erased && kept.size > 0) faults.push(`${id} is erased and has words`)
    for (const [number, { name, text }] of kept) {
      const known = words.get(`${id} ${number}`)
      if (known?.name !== name || known.text !== text)
        faults.push(`${id} ${number} has words that nobody sent`)
    }
    if (!erased && !kept.has(revision)) faults.push(`${id} has no words`)
  }
  return faults
}

interface Attributed extends AskedMove {
  id?: string
  /** whether it must have been made */
  isMade?: boolean
}

/** Every acknowledged decision is in the log once, as it was acknowledged; and nothing that nobody asked for. */
export async function checkDecisions({ room, record, words }: Inquiry): Promise<string[]> {
  const { ledger } = room
  const faults: string[] = []
  const acknowledged = new Map<string, Attributed>()
  for (const asked of [...ledger.moves, ...ledger.restoredFirst]) {
    const key = `${asked.comment} ${asked.version + 1}`
    if (acknowledged.has(key)) faults.push(`${key} was acknowledged twice`)
    acknowledged.set(key, asked)
  }
  const unheard = new Map(ledger.unheard.map((asked) => [keyOf(asked), asked]))
  const flooded = await floodMoves(room)

  for (const move of record.moves.filter(({ actor }) => actor === 'person')) {
    const key = `${move.comment} ${move.seq}`
    const { comment, action, person } = move
    const full = keyOf({ comment, action, by: person ?? '', version: move.seq - 1 })
    const [told, inFlood] = [acknowledged.get(key), flooded.get(full)]
    if (told && inFlood?.isMade) faults.push(`${key} was acknowledged alone and in a flood`)
    const asked = told ?? unheard.get(full) ?? inFlood
    acknowledged.delete(key)
    flooded.delete(full)
    if (!asked) faults.push(`${key}: nobody asked to ${action}`)
    else faults.push(...differences(move, asked, words.get(`${comment} ${move.revision}`)))
  }
  for (const [key, { action }] of acknowledged) faults.push(`${key}: the log does not know the ${action}`)
  for (const [key, { action, isMade }] of flooded)
    if (isMade) faults.push(`${key}: the log does not know the ${action} of a flood`)
  return faults
}

/** Tells apart what several people asked about the same version, of whom one was first. */
function keyOf({
  comment,
  version,
  by,
  action,
}: Pick<AskedMove, 'comment' | 'version' | 'by' | 'action'>): string {
  return `${comment} ${version + 1} ${by} ${action}`
}

/** A move is by whom and what was asked; and what it publishes is what that person had read, or wrote. */
function differences(move: MoveRow, asked: Attributed, published: { text: string } | undefined): string[] {
  const key = `${move.comment} ${move.seq}`
  const faults: string[] = []
  if (move.person !== asked.by || move.action !== asked.action)
    faults.push(`${key}: ${move.action} by ${move.person}, asked was ${asked.action} by ${asked.by}`)
  if (asked.id !== undefined && asked.id !== move.id) faults.push(`${key}: another decision`)
  const isPublishing = move.to === 'published' && move.action !== 'undo'
  const meant = asked.wrote ?? asked.read
  if (isPublishing && published?.text !== meant.text) faults.push(`${key}: published what was not read`)
  return faults
}

/** The moves that may follow from decisions about floods. */
async function floodMoves({ house, ledger }: Inquiry['room']): Promise<Map<string, Attributed>> {
  const { rows } = await house.owner.query<{
    decision: string
    comment: string
    version: number
    state: string
    undoer: string | null
  }>(
    `select k.decision_id as decision, k.comment_id as comment, k.version, k.state, d.undone_by as undoer
       from cluster_comment k join cluster_decision d on d.id = k.decision_id`,
  )
  const clusters = new Map(ledger.clusters.map((cluster) => [cluster.id, cluster]))
  const moves = new Map<string, Attributed>()
  for (const { decision, comment, version, state, undoer } of rows) {
    const cluster = clusters.get(decision)
    if (!cluster) continue
    const { by, action, read } = cluster
    // Once a decision is turned around, the version of what it had done is the one to be undone.
    const made = state === 'done' ? version + 1 : version
    const asked = { by, comment, action, version: made - 1, read, wrote: null }
    const isMade = state === 'done'
    if (isMade || !moves.has(keyOf(asked))) moves.set(keyOf(asked), { ...asked, isMade })
    if (state !== 'undone' || undoer === null || !cluster.undoers.includes(undoer)) continue
    const undoing = { ...asked, by: undoer, action: 'undo', version: made }
    moves.set(keyOf(undoing), undoing)
  }
  return moves
}
