import { aDecided, anAppealed, appeal, resolve } from './appeals.ts'
import { ask, type House } from './house.ts'
import { aComment, type TestPerson } from './people.ts'
import { aReport, keep } from './report-appeals.ts'
import { aCommentIn, expire } from './states.ts'

/** What the holder of a receipt meets: what they type and press on the page of it, if anything, and what it says then. */
export interface OwnState {
  receipt: string
  /** an action of the page, with a text for it */
  press?: 'resubmit' | 'appeal' | 'ask-withdraw' | 'ask-erase'
  text?: string
  says: string
}

const text = 'The evening boat matters most to those who work late.\n\nCall 555 0142 before you speak.'

/** Every state of a comment, and of a report, that the page of receipts tells of; made by `decider`, appeals by `other`. */
export async function ownStates(
  house: House,
  site: string,
  decider: TestPerson,
  other: TestPerson,
): Promise<Record<string, OwnState>> {
  const comment = async () => (await aComment(house, site, { text, name: 'Wren' })).receipt
  const inState = async (...[state, body]: [Parameters<typeof aCommentIn>[1], object?]) =>
    (await aCommentIn(house, state, site, decider, { text, name: 'Wren', ...body })).receipt
  const withdrawn = await inState('withdrawn')
  const erased = await comment()
  await succeed(ask(house, 'POST', '/v1/receipt/erasure', { key: erased }))
  const upheld = await anAppealed(house, site, decider)
  await succeed(resolve(house, other.key, upheld.appeal, { outcome: 'upheld' }))
  const late = await aComment(house, site, { text, name: 'Wren' })
  await expire(house, late.id)
  const held = await aCommentIn(house, 'published, due', site, decider, { text, name: 'Wren' })
  await succeed(
    ask(house, 'POST', `/v1/moderation/comments/${held.id}/holds`, {
      key: house.admin,
      body: { reason: 'A court asked for it.' },
    }),
  )
  expect((await ask(house, 'POST', '/v1/receipt/erasure', { key: held.receipt })).status).toBe(409)
  const shown = await aCommentIn(house, 'published, due', site, decider, { text })
  const reports = await Promise.all([1, 2, 3, 4].map(() => aReport(house, site, shown.id)))
  const [open, kept, back, gone] = reports.map(({ receipt }) => receipt)
  await keep(house, other, reports[1]?.id ?? '')
  await succeed(ask(house, 'DELETE', '/v1/receipt', { key: back }))
  await succeed(ask(house, 'POST', '/v1/receipt/erasure', { key: gone }))
  const appealed = await aReport(house, site, shown.id)
  await keep(house, other, appealed.id)
  await succeed(appeal(house, appealed.receipt))
  const waiting = await comment()
  const returned = await inState('returned')
  const published = await inState('published, due')
  const edited = (await aDecided(house, site, decider, 'edit')).receipt
  const rejected = (await aDecided(house, site, decider)).receipt

  return {
    waiting: { receipt: waiting, says: 'It waits for a moderator. Nobody else can see it yet.' },
    'in second review': { receipt: await inState('second_review'), says: 'It waits for a moderator.' },
    returned: { receipt: returned, says: 'Please say how it connects.' },
    'returned, and nothing typed': {
      receipt: returned,
      press: 'resubmit',
      text: ' ',
      says: 'The text is empty.',
    },
    published: { receipt: published, says: 'It is published.' },
    edited: { receipt: edited, says: 'It is published, with a change by a moderator.' },
    rejected: { receipt: rejected, says: 'You can appeal once, until' },
    'rejected, and too much typed': {
      receipt: rejected,
      press: 'appeal',
      text: 'x'.repeat(2_001),
      says: 'It may have at most 2,000 characters.',
    },
    appealed: { receipt: (await anAppealed(house, site, decider)).receipt, says: 'You have appealed.' },
    'appealed in vain': { receipt: upheld.receipt, says: 'the decision stands.' },
    'taken down': {
      receipt: (await aDecided(house, site, decider, 'unpublish')).receipt,
      says: 'taken down.',
    },
    expired: { receipt: late.receipt, says: 'That is our fault, not yours.' },
    withdrawn: { receipt: withdrawn, says: 'You have withdrawn it.' },
    erased: { receipt: erased, says: 'Every word of it is erased, as you asked.' },
    'withdrawn, erased later': { receipt: held.receipt, says: 'they are erased as soon as that ends.' },
    'not sure to withdraw': { receipt: waiting, press: 'ask-withdraw', says: 'for moderators only' },
    'not sure to erase': { receipt: published, press: 'ask-erase', says: 'go for good' },
    'a receipt that nobody has': { receipt: 'AAAAA-BBBBB', says: 'Check it for typing errors' },
    'a report': { receipt: open ?? '', says: 'It waits for a moderator.' },
    'a report, kept': { receipt: kept ?? '', says: 'The comment stays as it is.' },
    'a report, appealed': { receipt: appealed.receipt, says: 'You have appealed.' },
    'a report, taken back': { receipt: back ?? '', says: 'You have taken it back.' },
    'a report, erased': { receipt: gone ?? '', says: 'What you wrote is erased.' },
    'not sure to take a report back': { receipt: open ?? '', press: 'ask-withdraw', says: 'Nobody decides' },
    'not sure to erase a report': { receipt: open ?? '', press: 'ask-erase', says: 'who you are' },
  }
}

async function succeed(answer: Promise<{ status: number }>): Promise<void> {
  expect((await answer).status).toBeLessThan(300)
}
