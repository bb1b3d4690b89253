import { ask, type House } from './house.ts'
import { aComment, decision, type TestComment, type TestPerson } from './people.ts'

/** Every state of a comment; what is published is told apart by whether it is due. */
export const states = [
  'pending',
  'second_review',
  'published, not due',
  'published, due',
  'rejected',
  'returned',
  'unpublished',
  'expired',
  'withdrawn',
] as const
export type State = (typeof states)[number]

/** The status that a comment in this state has. */
export function statusIn(state: State) {
  return state === 'published, due' || state === 'published, not due' ? 'published' : state
}

/**
 * A comment in this state, brought there by `decider` where it takes a person. `published, due` moves the clock on:
 * make these before anything that must not be due yet.
 */
export async function aCommentIn(
  house: House,
  state: State,
  site: string,
  decider: TestPerson,
  body: Record<string, unknown> = {},
): Promise<TestComment> {
  const comment = await aComment(house, site, body)
  await ways[state](house, comment, decider)
  return comment
}

type Way = (house: House, comment: TestComment, decider: TestPerson) => Promise<void>

const ways: Record<State, Way> = {
  pending: async () => undefined,
  second_review: (house, { id }, { key }) =>
    decided(house, key, id, { action: 'escalate', proposal: 'reject', rules: ['at_risk'] }),
  'published, not due': (house, { id }, { key }) => decided(house, key, id, { action: 'approve' }),
  'published, due': async (house, { id }, { key }) => {
    await decided(house, key, id, { action: 'approve' })
    await untilShown(house, id)
  },
  rejected: (house, { id }, { key }) => decided(house, key, id, { action: 'reject', rules: ['topic'] }),
  returned: (house, { id }, { key }) =>
    decided(house, key, id, { action: 'return', rules: ['topic'], reason: 'Please say how it connects.' }),
  unpublished: async (house, { id }, { key }) => {
    await decided(house, key, id, { action: 'approve' })
    await decided(house, key, id, { action: 'unpublish', rules: ['topic'] })
  },
  expired: (house, { id }) => expire(house, id),
  withdrawn: async (house, { receipt }) => {
    expect((await ask(house, 'DELETE', '/v1/receipt', { key: receipt })).status).toBe(204)
  },
}

async function decided(house: House, key: string, id: string, asked: Record<string, unknown>): Promise<void> {
  expect((await decision(house, key, id, asked)).status).toBe(201)
}

/** Moves the clock to where a published comment shows. */
async function untilShown(house: House, id: string): Promise<void> {
  await house.owner.query(
    `update clock set ahead_ms = ahead_ms + coalesce(
       (select ceil(extract(epoch from shows_from - moment()) * 1000) from comment where id = $1 and shows_from > moment()), 0)`,
    [id],
  )
}

/** The system's legal move, which nobody may ask for over HTTP. */
export async function expire(house: House, id: string): Promise<void> {
  const { rowCount } = await house.owner.query(
    `with made as (
       insert into move (comment_id, seq, site, action, from_status, to_status, actor, cites, judged_revision, revision)
       select id, seq + 1, site, 'expire', status, 'expired', 'system', false, revision, revision from comment where id = $1
       returning *)
     insert into event (site, type, comment_id, seq, due_at)
     select site, 'comment.expired', comment_id, seq, decided_at from made`,
    [id],
  )
  expect(rowCount).toBe(1)
}

interface Traces {
  comment: { seq: number; status: string }
  moves: unknown[]
  events: unknown[]
  revisions: unknown[]
  texts: unknown[] | null
  remarks: unknown[] | null
  citations: unknown[] | null
  escalations: unknown[] | null
  screenings: unknown[] | null
}

/** Every row that there is of a comment and its moves; events of what is no move (an appeal, an erasure) apart: equal before and after what changed nothing. */
export async function tracesOf(house: House, id: string) {
  const { rows } = await house.owner.query<Traces>(
    `select to_jsonb(c) as comment, ${rowsOf('move')} as moves, ${rowsOf('event', 't.seq is not null')} as events,
            ${rowsOf('revision')} as revisions, ${rowsOf('revision_text')} as texts, ${rowsOf('move_text')} as remarks,
            ${rowsOf('citation')} as citations, ${rowsOf('escalation')} as escalations, ${rowsOf('screening')} as screenings
       from comment c where c.id = $1`,
    [id],
  )
  const [traces] = rows
  if (!traces) throw new Error('There is no such comment.')
  return { ...traces, version: traces.comment.seq, status: traces.comment.status }
}

function rowsOf(table: string, which = 'true'): string {
  return `(select jsonb_agg(to_jsonb(t) order by t.seq, t::text) from ${table} t where t.comment_id = c.id and ${which})`
}

/** An answer in short: `201 approve`, `422 rule_missing`. */
export function outcomeOf({ status, body }: { status: number; body: { code?: string; action?: string } }) {
  return [status, body.code ?? body.action].filter((part) => part !== undefined).join(' ')
}
