import { chores } from '../../src/chores.ts'
import { keyring } from '../../src/http/keyring.ts'
import { sealCursor } from '../../src/http/paging.ts'
import { screener } from '../../src/screening/screener.ts'
import { type Explained, explainAll, fewRows } from '../support/explained.ts'
import { ask, type House, openHouse, testSecret } from '../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestComment, type TestPerson } from '../support/people.ts'
import { type Grown, growTo } from './growing.ts'

/** Something that somebody asks for, and what PostgreSQL does for that. */
interface Asked {
  what: string
  run: () => Promise<unknown>
}

interface Touched {
  rows: number
  pages: number
  statements: Explained[]
}

let house: House
let site: string
let ada: TestPerson
let bea: TestPerson
let lao: TestPerson
let editor: TestPerson
let mine: Record<'waiting' | 'rejected' | 'published', TestComment>
let explain: Awaited<ReturnType<typeof explainAll>>
const few = new Map<string, Touched>()
const many = new Map<string, Touched>()
let large: Set<string>

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house, { replyDepth: 5 })
  ada = await aPerson(house, site)
  bea = await aPerson(house, site)
  lao = await aPerson(house, site, 'moderator', ['lo'])
  editor = await aPerson(house, site, 'editor')
  mine = {
    waiting: await aComment(house, site),
    rejected: await aComment(house, site),
    published: await aComment(house, site),
  }
  await decision(house, ada.key, mine.rejected.id, { action: 'reject', rules: ['topic'] })
  await decision(house, ada.key, mine.published.id, { action: 'approve' })
  explain = await explainAll(house)
  await measure(askedOf(await growTo(house, site, [ada, bea], 10_000)), few)
  await measure(askedOf(await growTo(house, site, [ada, bea], 100_000)), many)
  const { rows } = await house.owner.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and reltuples > $1 and relnamespace = 'public'::regnamespace`,
    [fewRows],
  )
  large = new Set(rows.map(({ name }) => name))
}, 240_000)
afterAll(() => house.close())

/** What is looked up once for a connection, and the pages that the first to come by tidies up, are not counted. */
async function measure(all: Asked[], into: Map<string, Touched>): Promise<void> {
  const faults: string[] = []
  for (const { what, run } of all) {
    const looks: Touched[] = []
    for (let look = 0; look < 2; look += 1) {
      house.memory.forget()
      const statements = await explain(() =>
        run().catch((fault: unknown) => faults.push(`${what}: ${String(fault)}`)),
      )
      const sum = (of: 'rows' | 'pages') => statements.reduce((total, statement) => total + statement[of], 0)
      looks.push({ rows: sum('rows'), pages: sum('pages'), statements })
    }
    const [least] = looks.toSorted((one, other) => one.pages - other.pages)
    if (least) into.set(what, least)
  }
  expect(faults).toEqual([])
}

async function ok(request: Promise<{ status: number; body: unknown }>): Promise<void> {
  const { status, body } = await request
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
}

function get(path: string, key?: string): () => Promise<void> {
  return () => ok(ask(house, 'GET', path, { key }))
}

function post(
  path: string,
  key: string | undefined,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<void> {
  return ok(ask(house, 'POST', path, { key, body, headers }))
}

function decide(by: TestPerson, id: string, body: Record<string, unknown>, version: number): Promise<void> {
  return post(`/v1/moderation/comments/${id}/decisions`, by.key, body, { 'if-match': `"${version}"` })
}

/** Everything that readers and moderators ask for all day long. */
function askedOf(grown: Grown): Asked[] {
  const list = (article: string, query = '') => get(`/v1/sites/${site}/articles/${article}/comments${query}`)
  const cursors = keyring(testSecret).cursors
  const late = (order: string) =>
    sealCursor(cursors, `threads ${order}`, [grown.long.article, grown.long.shownAt, grown.long.id])
  const lateReply = sealCursor(cursors, `replies ${grown.root}`, [grown.reply.shownAt, grown.reply.id])
  const articles = Array.from({ length: 20 }, (_, at) => `article=article-${at + 1}`).join('&')
  const queue = (query: string, by = ada) => get(`/v1/moderation/queue?site=${site}&limit=20${query}`, by.key)
  const next = (of: keyof Grown['next']) => {
    const id = grown.next[of].pop()
    if (id === undefined) throw new Error(`There is nothing left of: ${of}`)
    return id
  }
  const comments = `/v1/sites/${site}/articles/news/comments`
  let sent = 0
  const words = () => ({
    text: `Something that nobody has said before, number ${(sent += 1)} of ${grown.size}.`,
  })
  const again = { 'idempotency-key': `used-again-and-again-${grown.size}-of-them` }
  const chore = (name: string) => async () => {
    const all = chores({
      db: house.db,
      screen: screener(house.db),
      tell: () => undefined,
      headKey: grown.headKey,
      ledger: undefined,
    })
    await all.find((one) => one.name === name)?.run()
  }

  return [
    { what: 'a first page', run: list('article-7') },
    { what: 'a first page of a long article', run: list('long-1') },
    { what: 'the oldest of a long article', run: list('long-1', '?order=oldest') },
    { what: 'a late page of a long article', run: list('long-1', `?cursor=${late('newest')}`) },
    { what: 'a late page, oldest first', run: list('long-1', `?order=oldest&cursor=${late('oldest')}`) },
    { what: 'a page of a thread with many replies', run: list('thread-1', '?limit=1&order=oldest') },
    { what: 'a page of replies', run: list('thread-1', `?parent=${grown.root}`) },
    { what: 'a late page of replies', run: list('thread-1', `?parent=${grown.root}&cursor=${lateReply}`) },
    { what: 'twenty counts', run: get(`/v1/sites/${site}/counts?${articles}`) },
    { what: 'the count of a long article', run: get(`/v1/sites/${site}/counts?article=long-1`) },
    { what: 'the feed of a site', run: get(`/v1/sites/${site}/feed.atom`) },
    { what: 'the feed of an article', run: get(`/v1/sites/${site}/articles/long-1/feed.json`) },
    { what: 'the page of an article', run: get(`/${site}/articles/long-1`) },
    { what: 'the page of a comment', run: get(`/${site}/articles/long-1/comments/${grown.long.id}`) },
    { what: 'the page of a reply', run: get(`/${site}/articles/thread-1/comments/${grown.reply.id}`) },
    { what: 'what a form needs', run: get(`/v1/sites/${site}`) },

    { what: 'a comment', run: () => post(comments, undefined, words()) },
    {
      what: 'a reply',
      run: () =>
        post(`/v1/sites/${site}/articles/thread-1/comments`, undefined, {
          ...words(),
          parent: grown.reply.id,
        }),
    },
    {
      what: 'a comment that is sent again',
      run: () => post(comments, undefined, { text: 'The very same.' }, again),
    },
    {
      what: 'a text that others sent',
      run: () => post(comments, undefined, { text: 'The very same words as others.' }),
    },
    { what: 'a receipt of what waits', run: get('/v1/receipt', mine.waiting.receipt) },
    { what: 'a receipt of what was rejected', run: get('/v1/receipt', mine.rejected.receipt) },
    { what: 'a receipt of what is published', run: get('/v1/receipt', mine.published.receipt) },
    { what: 'a statement of reasons', run: get('/v1/receipt/statement', mine.rejected.receipt) },
    {
      what: 'a report',
      run: () =>
        post(`/v1/sites/${site}/comments/${next('published')}/reports`, undefined, {
          kind: 'rule',
          rule: 'respect',
          explanation: 'It is no way to talk.',
        }),
    },

    { what: 'a claim', run: () => post('/v1/moderation/claims', ada.key, { site, limit: 5 }) },
    {
      what: 'a claim in one language',
      run: () => post('/v1/moderation/claims', lao.key, { site, limit: 5 }),
    },
    { what: 'what somebody holds', run: get('/v1/moderation/claims', ada.key) },
    { what: 'a renewal of claims', run: () => post('/v1/moderation/claims/renewal', ada.key, {}) },
    { what: 'a skip', run: () => post(`/v1/moderation/comments/${next('waiting')}/skip`, bea.key, {}) },
    {
      what: 'what is given back',
      run: () => ok(ask(house, 'DELETE', '/v1/moderation/claims', { key: ada.key })),
    },
    { what: 'the queue', run: queue('') },
    { what: 'the queue in one language', run: queue('', lao) },
    { what: 'the queue of a language', run: queue('&language=ko') },
    { what: 'the queue of a signal', run: queue('&signal=links') },
    { what: 'the queue of what needs a second person', run: queue('&status=second_review') },
    { what: 'the queue of what is published', run: queue('&status=published') },
    { what: 'the queue of what was rejected', run: queue('&status=rejected') },
    { what: 'the queue of what expired', run: queue('&status=expired') },
    { what: 'the queue of words that few wrote', run: queue('&q=comment%201004%20') },
    { what: 'the queue of words that nobody wrote', run: queue('&q=submarine') },
    { what: 'the desk', run: get('/desk', ada.key) },
    { what: 'a comment for moderators', run: get(`/v1/moderation/comments/${grown.long.id}`, ada.key) },
    { what: 'its history', run: get(`/v1/moderation/comments/${grown.long.id}/history`, ada.key) },
    { what: 'an approval', run: () => decide(ada, next('waiting'), { action: 'approve', next: 1 }, 1) },
    {
      what: 'an edit',
      run: () => decide(ada, next('waiting'), { action: 'edit', rules: ['respect'], text: 'Cut.' }, 1),
    },
    {
      what: 'a rejection',
      run: () => decide(ada, next('waiting'), { action: 'reject', rules: ['topic'], reason: 'Not here.' }, 1),
    },
    {
      what: 'what is unpublished',
      run: () => decide(ada, next('published'), { action: 'unpublish', rules: ['respect'] }, 2),
    },
    {
      what: 'what is restored',
      run: () => decide(editor, next('rejected'), { action: 'restore', revision: 1 }, 2),
    },
    {
      what: 'a batch',
      run: () =>
        post('/v1/moderation/decisions', ada.key, {
          decisions: [next('waiting'), next('waiting')].map((id) => ({ id, version: 1, action: 'approve' })),
        }),
    },
    {
      what: 'a note',
      run: () => post(`/v1/moderation/comments/${grown.long.id}/notes`, ada.key, { text: 'Look.' }),
    },

    { what: 'open reports', run: get(`/v1/moderation/reports?site=${site}&limit=20`, editor.key) },
    {
      what: 'resolved reports',
      run: get(`/v1/moderation/reports?site=${site}&status=resolved&limit=20`, editor.key),
    },
    { what: 'open appeals', run: get(`/v1/moderation/appeals?limit=20`, editor.key) },
    { what: 'decided appeals', run: get(`/v1/moderation/appeals?status=decided&limit=20`, editor.key) },
    { what: 'the log', run: get(`/v1/moderation/log?site=${site}&limit=50`, editor.key) },
    {
      what: 'a late page of the log',
      run: get(
        `/v1/moderation/log?site=${site}&limit=50&cursor=${sealCursor(cursors, JSON.stringify(['log', site]), [String(grown.size)])}`,
        editor.key,
      ),
    },

    { what: 'the log is sealed', run: chore('seal the log') },
    { what: 'texts are made searchable', run: chore('make texts searchable') },
    { what: 'what changed is summed up', run: chore('sum up what changed') },
    { what: 'what was handled is counted', run: chore('count what was handled') },
    { what: 'clusters are carried on with', run: chore('carry on with clusters') },
    { what: 'what is not screened is screened', run: chore('screen what is not screened') },
    { what: 'what nobody reviewed expires', run: chore('expire what nobody reviewed') },
  ]
}

test('with ten times as many comments, nothing that is asked for touches more rows', () => {
  expect(grownIn('rows')).toEqual({})
})

test('nor many more pages: an index of more rows is a level or two higher', () => {
  expect(grownIn('pages')).toEqual({})
})

test('no large table is read from its beginning to its end', () => {
  const whole = [...many].flatMap(([what, { statements }]) =>
    statements.flatMap(({ statement, whole: tables }) =>
      tables
        .filter((table) => large.has(table))
        .map((table) => `${what}: ${table}: ${statement.slice(0, 300)}`),
    ),
  )
  expect([...large]).toEqual(
    expect.arrayContaining(['comment', 'move', 'revision', 'waiting', 'report', 'sealed_move']),
  )
  expect(whole).toEqual([])
})

/** What is not as it was, with the statements that are at fault. Tables of a few rows are read in one way or another. */
function grownIn(of: 'rows' | 'pages'): Record<string, unknown> {
  const grown: Record<string, unknown> = {}
  for (const [what, after] of many) {
    const before = few.get(what)
    if (!before) throw new Error(`It was not asked for before: ${what}`)
    if (after[of] <= before[of] * 1.5 + 60) continue
    grown[what] = {
      [of]: `${before[of]} → ${after[of]}`,
      most: after.statements
        .toSorted((one, other) => other[of] - one[of])
        .slice(0, 3)
        .map((one) => `${one[of]}: ${one.statement.replaceAll(/\s+/g, ' ').slice(0, 400)}`),
    }
  }
  return grown
}
