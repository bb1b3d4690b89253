import { sealLog } from '../../src/moderation/log/seal.ts'
import { countHandled } from '../../src/moderation/statistics/count-handled.ts'
import { countSealedMoves } from '../../src/moderation/statistics/count-moves.ts'
import { ask, type House } from './house.ts'
import { aComment, decision, type TestPerson } from './people.ts'

/** Seals and counts all that happened. */
export async function countAll({ db }: House): Promise<void> {
  await sealLog(db)
  await countSealedMoves(db)
  await countHandled(db)
}

/** Today in UTC by the database's clock, or so many days later. */
export async function dayOf({ owner }: House, later = 0): Promise<string> {
  const { rows } = await owner.query<{ day: string }>(
    `select ((moment() at time zone 'UTC')::date + $1::int)::text as day`,
    [later],
  )
  return String(rows[0]?.day)
}

export const texts = {
  en: 'The boat was late yesterday evening, as always.',
  my: 'မြန်မာနိုင်ငံမှာ လှေတစ်စင်း ဖြစ်ပါတယ်။',
}

/**
 * A day in the life of a site that publishes after half a minute: something of every move, decided by Ada, with Ben, an
 * editor, as second person. The clock runs on by some minutes.
 */
export async function aDay(
  house: House,
  site: string,
  { ada, ben }: { ada: TestPerson; ben: TestPerson },
): Promise<void> {
  const send = (text: string = texts.en) => aComment(house, site, { text })
  const decide = async ({ key }: TestPerson, id: string, asked: Record<string, unknown>) => {
    const made = await decision(house, key, id, asked)
    expect({ asked, status: made.status }).toEqual({ asked, status: 201 })
  }
  const [approved, burmese, edited, rejected, undone, returned, escalated, unpublished, restored] = [
    await send(),
    await send(texts.my),
    await send(),
    await send(texts.my),
    await send(),
    await send(),
    await send(),
    await send(),
    await send(),
  ]
  const withdrawn = await send()
  await house.ahead(100)
  await decide(ada, approved.id, { action: 'approve' })
  await decide(ben, burmese.id, { action: 'approve' })
  await decide(ada, edited.id, { action: 'edit', text: 'The boat was late.', rules: ['respect'] })
  await decide(ada, rejected.id, { action: 'reject', rules: ['topic', 'promotion'] })
  await decide(ada, undone.id, { action: 'reject', rules: ['topic'] })
  await decide(ada, undone.id, { action: 'undo' })
  await decide(ben, undone.id, { action: 'approve' })
  await decide(ada, returned.id, { action: 'return', rules: ['form'], reason: 'Please say more.' })
  await house.ahead(1_000)
  await ask(house, 'PUT', '/v1/receipt/text', {
    key: returned.receipt,
    body: { text: 'The boat was late yesterday evening, by an hour.' },
  })
  await house.ahead(300)
  await decide(ada, returned.id, { action: 'approve' })
  await decide(ada, escalated.id, { action: 'escalate', proposal: 'reject', rules: ['defamation'] })
  await decide(ben, escalated.id, { action: 'reject', rules: ['defamation'] })
  await decide(ada, unpublished.id, { action: 'approve' })
  await house.ahead(60)
  await decide(ada, unpublished.id, { action: 'unpublish', rules: ['facts'] })
  await decide(ada, restored.id, { action: 'reject', rules: ['topic'] })
  await house.ahead(60)
  await decide(ben, restored.id, { action: 'restore', revision: 1 })
  await decide(ben, rejected.id, { action: 'restore', revision: 1 })
  await decide(ben, rejected.id, { action: 'undo' })
  await ask(house, 'DELETE', '/v1/receipt', { key: withdrawn.receipt })
}
