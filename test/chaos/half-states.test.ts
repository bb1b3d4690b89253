import { type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, decision } from '../support/people.ts'
import { halfStates } from './half-states.ts'

/** What makes each half: what somebody would have to do to the database behind everybody's back. */
const halves: Record<keyof typeof halfStates, string> = {
  'a comment that does not show its newest move': `update comment set status = 'pending' where status = 'rejected'`,
  'a life with a gap': 'delete from move where seq = 1',
  'a broken link between two moves': `update move set prev_hash = '\\x00' where seq = 2`,
  'a text that was sent without its revision': 'delete from revision_text where seq = 1',
  'a text that nobody can find': 'with a as (delete from search_key) delete from search_key_missing',
  'what waits without its place in the queue, or a place for what does not': 'delete from waiting',
  'a move without its event, or with another one': 'delete from event where seq = 2',
  'a move that is neither sealed nor to be sealed, or both': 'delete from unsealed',
  'a decision against a text without its statement of reasons, its rule or its words':
    'delete from statement',
  'a site whose sealed log has a gap': `
    insert into sealed_move (site, position, comment_id, seq, hash, sealed_at)
    select site, 5, comment_id, seq, hash, moment() from move limit 1`,
  'an article of which more or fewer are counted than are published': `
    insert into public_change (site, what, article_id, published)
    select site, 'article', id, 1 from article limit 1`,
}

describe('of what is whole, no query finds a half; and it finds', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
    const site = await aSite(house)
    const { key } = await aPerson(house, site)
    const rejection = { action: 'reject', rules: ['topic'], reason: 'It is about another thing.' }
    for (const asked of [undefined, rejection, { action: 'approve' }]) {
      const { id } = await aComment(house, site)
      if (asked) await decision(house, key, id, asked, 1)
    }
  })
  afterAll(() => house.close())

  test.each(Object.entries(halfStates))('%s', async (what, sql) => {
    expect((await house.owner.query(sql, ['0'])).rows).toEqual([])
    const made = await house.owner.query<{ seq: number }>('select seq from comment order by position')
    expect(made.rows.map(({ seq }) => seq)).toEqual([1, 2, 2])
    await house.owner.query('begin')
    // So that no trigger and no key prevents it, as they otherwise do.
    await house.owner.query('set local session_replication_role = replica')
    await house.owner.query(halves[what] ?? 'there is none')
    const { rowCount } = await house.owner.query(sql, ['0'])
    await house.owner.query('rollback')
    expect(rowCount).toBeGreaterThan(0)
  })
})
