import { ask, type House } from './house.ts'
import { aComment, decision, receiptOf, type TestComment, type TestPerson } from './people.ts'

/** What a moderator decides against a reader's text, by what it is. */
export const against = {
  edit: { action: 'edit', rules: ['respect'], text: 'The boat was late.', reason: 'No insults here.' },
  reject: { action: 'reject', rules: ['topic'], reason: 'It is about another thing.' },
  return: { action: 'return', rules: ['topic'], reason: 'Please say how it connects.' },
  unpublish: { action: 'unpublish', rules: ['topic'], reason: 'It is about another thing.' },
} as const
export type Against = keyof typeof against

export const written = 'The boat, you fool, was late.'
export const objection = 'Please read the article again.'
export const explanation = 'I have read both again.'

/** A comment against which somebody decided; `written` is its text. */
export async function aDecided(
  house: House,
  site: string,
  decider: TestPerson,
  action: Against = 'reject',
): Promise<TestComment> {
  const comment = await aComment(house, site, { text: written, name: 'Wren' })
  if (action === 'unpublish') await succeed(decision(house, decider.key, comment.id, { action: 'approve' }))
  await succeed(decision(house, decider.key, comment.id, against[action]))
  return comment
}

async function succeed(answer: ReturnType<typeof decision>): Promise<void> {
  expect((await answer).status).toBe(201)
}

/** Appeals with a receipt. */
export function appeal(house: House, receipt: string | undefined, text = objection) {
  return ask(house, 'POST', '/v1/receipt/appeal', { key: receipt, body: { text } })
}

/** A comment whose reader has appealed, and the appeal's id. */
export async function anAppealed(
  house: House,
  site: string,
  decider: TestPerson,
  action: Against = 'reject',
): Promise<TestComment & { appeal: string }> {
  const comment = await aDecided(house, site, decider, action)
  const filed = await appeal(house, comment.receipt)
  expect(filed.status).toBe(202)
  const { rows } = await house.db.desk.query<{ id: string }>(
    'select id from appeal where comment_id = $1 order by position desc',
    [comment.id],
  )
  return { ...comment, appeal: rows[0]?.id ?? '' }
}

/** Decides about an appeal; with an explanation unless another body says otherwise. */
export function resolve(house: House, key: string, id: string, body: Record<string, unknown>) {
  return ask(house, 'POST', `/v1/moderation/appeals/${id}/resolution`, {
    key,
    body: { explanation, ...body },
  })
}

/** What the receipt says of an appeal. */
export async function ownAppeal(house: House, receipt: string) {
  return (await receiptOf(house, receipt)).appeal
}

/** The moves of a comment, as they are in the log. */
export async function movesOf(house: House, id: string): Promise<string[]> {
  const { rows } = await house.db.desk.query<{ action: string }>(
    'select action from move where comment_id = $1 order by seq',
    [id],
  )
  return rows.map(({ action }) => action)
}
