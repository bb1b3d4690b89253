import type { ModeratedComment } from '../../../src/moderation/decision.ts'
import { missing } from './checks-public.ts'
import type { Inquiry } from './inquiry.ts'
import { type Newsroom, send } from './newsroom.ts'
import { readsLanguage } from './staff.ts'

/** The queue is what waits: in its table, and page by page for each of those who read it. */
export async function checkQueue({ room, record, lives }: Inquiry): Promise<string[]> {
  const waiting = [...record.comments.values()].filter(({ id }) => {
    const status = lives.get(id)?.stand.status
    return status === 'pending' || status === 'second_review'
  })
  const { rows } = await room.house.owner.query<{ id: string }>('select comment_id as id from waiting')
  const faults = missing(
    waiting.map(({ id }) => id),
    rows.map(({ id }) => id),
    'the queue’s table',
  )
  for (const person of room.staff) {
    const mine = waiting.filter(({ site, language }) => readsLanguage(person, site, language))
    const seen = await readQueue(room, person.key, '')
    faults.push(
      ...missing(
        mine.map(({ id }) => id),
        seen,
        `the queue of ${person.pseudonym}`,
      ),
    )
  }
  return faults
}

/** How many comments are in each state, over HTTP. */
export async function checkTotals({ room, lives }: Inquiry): Promise<string[]> {
  const faults: string[] = []
  const states = ['published', 'rejected', 'returned', 'unpublished', 'expired', 'withdrawn']
  for (const status of states) {
    const expected = [...lives].filter(([, { stand }]) => stand.status === status).map(([id]) => id)
    faults.push(...missing(expected, await readQueue(room, room.house.admin, `&status=${status}`), status))
  }
  return faults
}

async function readQueue(room: Newsroom, key: string, filter: string): Promise<string[]> {
  const found: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path = `/v1/moderation/queue?limit=100${filter}${cursor && `&cursor=${cursor}`}`
    const { body } = await send(room, 'queue', 'GET', path, { key })
    const comments: ModeratedComment[] = body.comments
    found.push(...comments.map(({ id }) => id))
    cursor = body.next
  }
  return found
}

/** What the statistics count is what the log says, by person and by day. */
export async function checkStatistics({ room, record }: Inquiry): Promise<string[]> {
  const { rows } = await room.house.owner.query<{ line: string }>(
    `select concat_ws(' ', site, day, language, action, person_id, made, undone) as line
       from statistic_person_day where rule = '' and (made, undone) <> (0, 0)
     union all
     select concat_ws(' ', site, day, language, action, made, undone)
       from statistic_day where rule = '' and (made, undone) <> (0, 0)`,
  )
  const counted = new Map<string, { made: number; undone: number }>()
  const count = (key: string, what: 'made' | 'undone') => {
    const line = counted.get(key) ?? { made: 0, undone: 0 }
    line[what] += 1
    counted.set(key, line)
  }
  for (const { site, language, moves } of record.comments.values()) {
    for (const [index, move] of moves.entries()) {
      const day = new Date(move.at).toISOString().slice(0, 10)
      for (const by of [[], move.person === null ? undefined : [move.person]])
        if (by) count([site, day, language, move.action, ...by].join(' '), 'made')
      const undone = move.action === 'undo' ? moves[index - 1] : undefined
      for (const by of undone ? [[], [undone.person ?? '']] : [])
        count([site, day, language, undone?.action, ...by].join(' '), 'undone')
    }
  }
  const expected = [...counted].map(([key, { made, undone }]) => `${key} ${made} ${undone}`)
  return missing(
    expected,
    rows.map(({ line }) => line),
    'the statistics',
  )
}

/** Each move was announced once, as what it was; and each person's decision against a text has its statement. */
export async function checkEvents({ room, record }: Inquiry): Promise<string[]> {
  const types: Record<string, string> = {
    submit: 'submitted',
    resubmit: 'resubmitted',
    approve: 'published',
    edit: 'edited',
    reject: 'rejected',
    return: 'returned',
    escalate: 'escalated',
    undo: 'undone',
    unpublish: 'unpublished',
    restore: 'restored',
    expire: 'expired',
    withdraw: 'withdrawn',
  }
  const { rows: events } = await room.house.owner.query<{ line: string }>(
    // What nobody sees is told when nobody can undo it any more.
    `select concat_ws(' ', e.comment_id, e.seq, e.type, (extract(epoch from e.due_at) * 1000)::bigint
              - case when e.type in ('comment.rejected', 'comment.returned', 'comment.escalated')
                     then s.publish_delay * 1000 else 0 end) as line
       from event e join site s on s.key = e.site where e.seq is not null`,
  )
  const { rows: statements } = await room.house.owner.query<{ line: string }>(
    `select concat_ws(' ', comment_id, seq) as line from statement`,
  )
  const against = new Set(['edit', 'reject', 'return', 'unpublish'])
  return [
    ...missing(
      record.moves.map(
        ({ comment, seq, action, at, showsFrom }) =>
          `${comment} ${seq} comment.${types[action]} ${showsFrom ?? at}`,
      ),
      events.map(({ line }) => line),
      'the outbox',
    ),
    ...missing(
      record.moves.filter(({ action }) => against.has(action)).map(({ comment, seq }) => `${comment} ${seq}`),
      statements.map(({ line }) => line),
      'the statements',
    ),
  ]
}

/** What is told of each decision about a flood adds up, and nothing of it is left to do. */
export async function checkFloods({ room }: Inquiry): Promise<string[]> {
  const faults: string[] = []
  for (const { id, key } of room.ledger.clusters) {
    const { body } = await send(room, 'flood', 'GET', `/v1/moderation/clusters/${key}/decisions/${id}`, {
      key: room.house.admin,
    })
    const { finished, size, waits, done, undone, left } = body
    const counted: number[] = Object.values(left ?? {})
    const sum = counted.reduce((all, one) => all + one, Number(done) + Number(undone))
    if (!finished || waits !== 0 || size !== sum) faults.push(`${id}: ${JSON.stringify(body)}`)
  }
  return faults
}
