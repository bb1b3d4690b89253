import { allowed, refusal } from '../support/attacks.ts'
import {
  aGround,
  type Columns,
  type Ground,
  move,
  newReason,
  newText,
  reasonHash,
  type Standing,
  standing,
  submission,
  textHash,
} from '../support/forged.ts'
import { type House, openHouse } from '../support/house.ts'
import { aComment } from '../support/people.ts'
import { aCommentIn } from '../support/states.ts'

let house: House
let ground: Ground
let pending: Standing

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
  pending = await standing(house, await aComment(house, ground.site))
})
afterAll(() => house.close())

const aSalt = `substring(sha256('') for 16)`
const denied = /^permission denied for/

describe("a reader's words", () => {
  test.each(['revision_text', 'move_text'])('in %s are not rewritten', async (table) => {
    await aReason()
    for (const column of ['comment_id', 'seq', 'salt', table === 'move_text' ? 'reason' : 'text']) {
      const sql = `update ${table} set ${column} = ${column}`
      expect(await refusal(house, 'owner', sql)).toBe(`rows of ${table} are kept for ever: update is refused`)
      expect(await refusal(house, 'desk', sql)).toBe(`permission denied for table ${table}`)
      expect(await refusal(house, 'reader', sql)).toBe(`permission denied for table ${table}`)
    }
  })

  test.each(['revision_text', 'move_text'])('in %s do not go without a trace', async (table) => {
    await aReason()
    const sql = `delete from ${table}`
    expect(await refusal(house, 'owner', sql)).toBe('words are erased by erase_comment(), which logs it')
    expect(await refusal(house, 'desk', sql)).toBe(`permission denied for table ${table}`)
    expect(await refusal(house, 'reader', sql)).toBe(`permission denied for table ${table}`)
  })

  const unlogged = 'these words are not the ones of the log'
  const missing = 'a move brings the words whose hash it logs'
  test.each<[string, () => string, string]>([
    [
      'are the ones that the log knows',
      () => edit({}, { text: 'Other words.', text_hash: textHash('A new text.') }),
      unlogged,
    ],
    [
      'are the ones that were sent',
      () => edit({ text_hash: textHash('Other words.') }, {}),
      'revision_made_by_fkey',
    ],
    ['are there', () => edit({}, {}).split('; ').slice(0, 2).join('; '), missing],
    ['are there from the first', () => submission(ground).split('; ').slice(0, 3).join('; '), missing],
    ['come once', () => newText(pending, { seq: 1, text: 'More words.' }), 'revision_pkey'],
    [
      'are of a comment of this site',
      () => edit({}, { site: 'elsewhere' }),
      'revision_site_terms_version_fkey',
    ],
  ])('%s', async (_what, sql, reason) => {
    expect(await refusal(house, 'owner', sql())).toBe(reason)
    expect(await refusal(house, 'desk', sql())).toBe(reason)
    expect(await refusal(house, 'reader', sql())).toMatch(denied)
  })

  test.each<[string, () => string, string]>([
    ['are the ones that the log knows', () => approve({ words_hash: reasonHash('Yes.') }, 'No.'), unlogged],
    ['are ones that the log knows', () => approve({}, 'No.'), unlogged],
    ['are there', () => approve({ words_hash: reasonHash('Yes.') }), missing],
  ])("and a moderator's: they %s", async (_what, sql, reason) => {
    expect(await refusal(house, 'owner', sql())).toBe(reason)
    expect(await refusal(house, 'desk', sql())).toBe(reason)
    expect(await refusal(house, 'reader', sql())).toMatch(denied)
  })

  test.each<[string, string, string]>([
    ['are something', `1, '', ${aSalt}`, 'revision_text_size'],
    ['have an end', `1, repeat('x', 65537), ${aSalt}`, 'revision_text_size'],
    ['are salted', `1, 'Words.', '\\x5a'`, 'revision_text_salted'],
    ['are of a revision', `7, 'Words.', ${aSalt}`, 'revision_text_comment_id_seq_fkey'],
  ])('%s', async (_what, values, reason) => {
    const sql = `insert into revision_text (comment_id, seq, text, salt) values ('${pending.id}', ${values})`
    expect(await refusal(house, 'owner', sql)).toBe(reason)
    expect(await refusal(house, 'desk', sql)).toBe(reason)
  })

  test('and reasons are of a move', async () => {
    const sql = `insert into move_text (comment_id, seq, reason, salt) values ('${pending.id}', 7, 'Why.', ${aSalt})`
    expect(await refusal(house, 'owner', sql)).toBe('move_text_comment_id_seq_fkey')
    expect(await refusal(house, 'desk', sql)).toBe('move_text_comment_id_seq_fkey')
    const unsalted = sql.replace('7,', '1,').replace(aSalt, `'\\x5a'`)
    expect(await refusal(house, 'desk', unsalted)).toBe('move_text_salted')
    const silent = `insert into move_text (comment_id, seq, salt) values ('${pending.id}', 1, ${aSalt})`
    expect(await refusal(house, 'desk', silent)).toBe('move_text_says_something')
  })

  test.each([
    ['no letter', { graphemes: 0 }],
    ['no byte', { bytes: 0 }],
    ['too many bytes', { bytes: 65_537 }],
  ])('are not said to have %s', async (_what, measure) => {
    expect(await refusal(house, 'owner', edit({}, measure))).toBe('revision_says_something')
    expect(await refusal(house, 'desk', edit({}, measure))).toBe('revision_says_something')
  })

  const unmarked = 'an edited text is marked with every rule under which it was changed'
  test.each<[string, () => string, string]>([
    ['are not edited without a mark', () => edit({}, { rules: [] }), unmarked],
    ['are not edited under half of the rules', () => edit({ rules: cited('respect', 'form') }, {}), unmarked],
    ['are not edited under another rule', () => edit({}, { rules: cited('form') }), unmarked],
    ['are not edited under no rule', () => edit({}, { rules: [...cited('respect'), null] }), unmarked],
    ['are not edited under other terms', () => edit({}, { terms_version: 1 }), unmarked],
    ['are not proposed to be edited without a mark', () => propose({ rules: [] }), unmarked],
  ])('%s', async (_what, sql, reason) => {
    expect(await refusal(house, 'owner', sql())).toBe(reason)
    expect(await refusal(house, 'desk', sql())).toBe(reason)
  })

  test('keep their marks in every later edit', async () => {
    const on = await standing(house, await aComment(house, ground.site))
    const [respect, form] = [cited('respect'), cited('form')]
    await allowed(house, 'desk', edit({ rules: respect }, { rules: respect }, on))
    const edited = await standing(house, on)
    expect(await refusal(house, 'desk', edit({ rules: form }, { rules: form }, edited))).toBe(unmarked)
    await allowed(house, 'desk', edit({ rules: form }, { rules: cited('form', 'respect') }, edited))
  })

  test("are the reader's own until a person has changed them, and sent under published terms", async () => {
    const returned = await standing(house, await aCommentIn(house, 'returned', ground.site, ground.ada))
    const again = move(returned, 'resubmit')
    const draft = `insert into terms (site, version, language, introduction) values ('${ground.site}', 9, 'en', 'A draft.')`
    const marked = `${again}; ${newText(returned, { rules: cited('respect') })}`
    const early = `${draft}; ${again}; ${newText(returned, { terms_version: 9 })}`
    for (const role of ['owner', 'desk'] as const) {
      expect(await refusal(house, role, marked)).toBe(`a reader's own text is marked with no rule`)
      expect(await refusal(house, role, early)).toBe('a text is sent under published terms')
    }
    await allowed(house, 'desk', `${again}; ${newText(returned)}`)
  })
})

async function aReason(): Promise<void> {
  const on = await standing(house, await aComment(house, ground.site))
  const approved = move(on, 'approve', { person_id: ground.ada.id, words_hash: reasonHash('It is fine.') })
  await allowed(house, 'desk', `${approved}; ${newReason(on, 'It is fine.')}`)
}

/** An edit of a text, with its new revision; forged where the columns say so. */
function edit(columns: Columns, revision: Columns, on = pending): string {
  const rules = cited('respect')
  const edited = move(on, 'edit', { person_id: ground.ada.id, rules, ...columns })
  return `${edited}; ${newText(on, { rules, ...revision })}`
}

function propose(revision: Columns): string {
  const columns = { person_id: ground.ada.id, proposal: 'edit', rules: cited('respect') }
  return `${move(pending, 'escalate', columns)}; ${newText(pending, revision)}`
}

function approve(columns: Columns, reason?: string): string {
  const approved = move(pending, 'approve', { person_id: ground.ada.id, ...columns })
  return reason === undefined ? approved : `${approved}; ${newReason(pending, reason)}`
}

function cited(...codes: string[]): string[] {
  return codes.map((code) => ground.rule(code))
}
