import { allowed, found, refusal } from '../support/attacks.ts'
import { aGround, type Ground, move, newText, standing, submission, textHash } from '../support/forged.ts'
import { type House, openHouse } from '../support/house.ts'
import { aComment, decision, type TestComment } from '../support/people.ts'
import { aCommentIn, states } from '../support/states.ts'

/** What readers' connections see, whatever they ask. */
let house: House
let ground: Ground
/** the texts of all that is public, by comment; null where only the place of one is */
let shown: Record<string, string | null>

const asReader = 'set local role postbag_reader'
const hidden = 'A comment with something to say.'

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
  const due = await aPublished('Everybody may read this.')
  const edited = await aPublished('Everybody may read this before its edit.')
  const gone = await aPublished('It went, but was answered.')
  const answer = await aPublished('An answer to what went.', gone)
  await decide(gone, { action: 'unpublish', rules: ['topic'] })
  await decide(await aPublished('It went, and nobody had answered.'), {
    action: 'unpublish',
    rules: ['topic'],
  })

  await goesWithAnAnswerThatWaits()

  const on = await standing(house, edited)
  const rules = [ground.rule('respect')]
  const edit = move(on, 'edit', { person_id: ground.ada.id, rules, text_hash: textHash(hidden) })
  await allowed(house, 'desk', `${edit}; ${newText(on, { rules, text: hidden })}`)
  for (const state of states.filter((one) => one !== 'published, due')) {
    await aCommentIn(house, state, ground.site, ground.ada)
  }
  const erased = await aCommentIn(house, 'rejected', ground.site, ground.ada)
  await allowed(house, 'desk', `select erase_comment('${erased.id}', 'reader', null)`)
  shown = {
    [due.id]: 'Everybody may read this.',
    [edited.id]: 'Everybody may read this before its edit.',
    [gone.id]: null,
    [answer.id]: 'An answer to what went.',
  }
})
afterAll(() => house.close())

/** Every way in which a reader's connection reads comments. */
const ways: [string, () => string][] = [
  ['the view', () => 'select * from public_comment'],
  [
    'the view, comment by comment',
    () => 'select v.* from public_comment i join public_comment v on v.id = i.id',
  ],
  ['threads and replies, newest first', () => threadsAndReplies(true)],
  ['threads and replies, oldest first', () => threadsAndReplies(false)],
]

test.each(ways)('%s: what is published and due, and places of what was answered', async (_way, sql) => {
  const rows = await found(house, sql(), 'reader')
  expect(Object.fromEntries(rows.map(({ id, text }) => [id, text]))).toEqual(shown)
  expect(rows.filter((row) => row['gone'] !== (row['text'] === null))).toEqual([])
  expect(JSON.stringify(rows)).not.toMatch(/something to say|It went/)
})

test('an edit that is due shows, marked with its rules, and the text before it does not', async () => {
  const later = `update clock set ahead_ms = ahead_ms + 3600000`
  const rows = await findsAfter([later], `select text, edited from public_comment where edited is not null`)
  expect(rows).toEqual([{ text: hidden, edited: [{ code: 'respect', title: 'respect' }] }])
})

test('what never showed has no place, even if it was answered, which no route lets happen', async () => {
  const own = await aGround(house)
  const unseen = await aCommentIn(house, 'published, not due', own.site, own.ada)
  const id = crypto.randomUUID()
  const comment = { parent_id: unseen.id, root_id: unseen.id, ancestors: [unseen.id] }
  await allowed(house, 'desk', submission(own, { id, comment }))
  const unpublish = { person_id: own.ada.id, rules: [own.rule('topic')] }
  await allowed(house, 'desk', move(await standing(house, unseen), 'unpublish', unpublish))
  await allowed(house, 'desk', move(await standing(house, { id }), 'approve', { person_id: own.ada.id }))
  const later = 'update clock set ahead_ms = ahead_ms + 60000'
  const sql = `select id from public_comment where site = '${own.site}'`
  expect(await findsAfter([later], sql)).toEqual([{ id }])
})

describe('a condition that tells what it is tried on', () => {
  beforeAll(() =>
    house.owner.query(`
      create function peek(seen text) returns boolean language plpgsql strict cost 0.000001 as
        $$ begin raise notice 'peeked at %', seen; return true; end $$;
      grant execute on function peek(text) to public`),
  )

  test.each(['text', 'id::text', 'name', 'edited::text', 'first_shown_at::text', 'to_jsonb(c)::text'])(
    'sees only what is public: %s',
    async (what) => {
      const rows = await found(house, `select ${what} as seen from public_comment c`, 'reader')
      const visible = rows.flatMap(({ seen }) => (seen === null ? [] : [seen])).map(String)
      expect((await peekedAt(what)).toSorted()).toEqual(visible.toSorted())
    },
  )

  test('would see which comments wait, were there no barrier', async () => {
    await house.owner.query('alter view public_comment set (security_barrier = false)')
    try {
      expect((await peekedAt('id::text')).length).toBeGreaterThan(Object.keys(shown).length)
    } finally {
      await house.owner.query('alter view public_comment set (security_barrier = true)')
    }
  })

  test('can be made by a reader, and sees no more', async () => {
    const own = `create function pg_temp.look(seen text) returns boolean language sql strict cost 0.000001
                   return (1 / (seen <> '${hidden}')::int) = 1`
    const rows = await findsAfter([asReader, own], 'select id from public_comment where pg_temp.look(text)')
    expect(rows.length).toBe(3)
  })
})

test.each(['comment', 'revision', 'revision_text', 'move', 'move_text', 'shown_comment', 'person', 'event'])(
  'a reader does not see %s',
  async (table) => {
    expect(await refusal(house, 'reader', `select * from ${table}`)).toMatch(
      new RegExp(`^permission denied for (?:table|view) ${table}$`),
    )
  },
)

async function aPublished(text: string, parent?: TestComment): Promise<TestComment> {
  const comment = await aComment(house, ground.site, { text, ...(parent && { parent: parent.id }) })
  await decide(comment, { action: 'approve' })
  await house.ahead(31)
  return comment
}

async function goesWithAnAnswerThatWaits(): Promise<void> {
  const gone = await aPublished('It went, and its answer is not due.')
  const answer = await aComment(house, ground.site, { parent: gone.id })
  await decide(answer, { action: 'approve' })
  await decide(gone, { action: 'unpublish', rules: ['topic'] })
}

async function decide({ id }: TestComment, asked: Record<string, unknown>): Promise<void> {
  expect((await decision(house, ground.ada.key, id, asked)).status).toBe(201)
}

function threadsAndReplies(newest: boolean): string {
  const threads = `public_threads('${ground.article}', ${newest}, null, null, 100)`
  return `select * from ${threads} union all
          select r.* from ${threads} t cross join public_replies(t.id, null, null, 100) r`
}

/** What a condition was tried on, however the planner is pushed. */
async function peekedAt(what: string): Promise<string[]> {
  const seen: string[] = []
  const listen = ({ message = '' }: { message?: string | undefined }) => {
    if (message.startsWith('peeked at ')) seen.push(message.slice('peeked at '.length))
  }
  house.owner.on('notice', listen)
  for (const off of ['enable_nestloop', 'enable_hashjoin', 'enable_indexscan']) {
    await findsAfter(
      [asReader, `set local ${off} = off`],
      `select c.id from public_comment c where peek(${what})`,
    )
  }
  house.owner.off('notice', listen)
  return [...new Set(seen)]
}

/** The rows of a query after other statements, undone afterwards. */
async function findsAfter(before: string[], sql: string): Promise<Record<string, unknown>[]> {
  const { owner } = house
  await owner.query('begin')
  try {
    for (const statement of before) await owner.query(statement)
    return (await owner.query<Record<string, unknown>>(sql)).rows
  } finally {
    await owner.query('rollback')
  }
}
