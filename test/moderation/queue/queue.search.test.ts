import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

async function found(key: string, query: Record<string, string>): Promise<string[]> {
  const answer = await ask(house, 'GET', `/v1/moderation/queue?${new URLSearchParams(query)}`, { key })
  expect(answer.status).toBe(200)
  return answer.body.comments.map((comment: { id: string }) => comment.id)
}

describe('words in the queue', () => {
  const comments = {
    percent: { text: 'It is 100% sure, a_b and C:\\boats.' },
    plain: { text: 'It is 100 percent sure, aXb and C:/boats.' },
    burmese: { text: 'မြန်မာနိုင်ငံမှာ ဖြစ်ပါတယ်။' },
    chinese: { text: '他说谎话了，大家都知道。' },
    accents: { text: 'Le cafe\u0301 de la gare', name: 'Zoe\u0308' },
    hangul: { text: '\u1112\u1161\u11ab\u1100\u1173\u11af로 씁니다' },
    quotes: { text: `She said "no" and 'never'; --` },
    named: { text: 'Nothing about boats.', name: '100% Wren' },
    emoji: { text: 'A boat 🚢 for a 👨‍👩‍👧' },
    lines: { text: 'one line\nand another' },
  }
  type Name = keyof typeof comments
  let moderator: TestPerson
  const ids = new Map<string, string>()

  beforeAll(async () => {
    const site = await aSite(house)
    moderator = await aPerson(house, site)
    for (const [name, body] of Object.entries(comments)) ids.set((await aComment(house, site, body)).id, name)
  })

  test.each([
    ['a word', 'sure', ['percent', 'plain']],
    ['part of a word', 'erce', ['plain']],
    ['other case', 'BOATS', ['percent', 'plain', 'named']],
    ['several words as they stand', '100 percent sure', ['plain']],
    ['several words in another order', 'sure percent', []],
    ['a per cent sign', '100%', ['percent', 'named']],
    ['nothing but a per cent sign', '%', ['percent', 'named']],
    ['an underscore', 'a_b', ['percent']],
    ['nothing but an underscore', '_', ['percent']],
    ['a backslash', 'C:\\b', ['percent']],
    ['nothing but a backslash', '\\', ['percent']],
    ['a backslash before a per cent sign', '\\%', []],
    ['a Burmese word inside another', 'နိုင်ငံ', ['burmese']],
    ['a Burmese word', 'မြန်မာ', ['burmese']],
    ['Chinese characters without spaces', '谎话', ['chinese']],
    ['one Chinese character', '他', ['chinese']],
    ['an accent, composed', 'caf\u00e9', ['accents']],
    ['an accent, decomposed', 'cafe\u0301', ['accents']],
    ['an accent in a name, decomposed', 'zoe\u0308', ['accents']],
    ['Hangul, composed', '한글', ['hangul']],
    ['Hangul, decomposed', '한글'.normalize('NFD'), ['hangul']],
    ['double quotes', '"no"', ['quotes']],
    ['single quotes', `'never'; --`, ['quotes']],
    ['a name', 'wren', ['named']],
    ['an emoji', '🚢', ['emoji']],
    ['a family', '👨‍👩‍👧', ['emoji']],
    ['what nobody wrote', 'submarine', []],
  ] satisfies [string, string, Name[]][])('are found: %s', async (_what, q, expected) => {
    expect((await found(moderator.key, { q })).map((id) => ids.get(id))).toEqual(expected)
  })

  test('are those that stand now', async () => {
    const site = await aSite(house, { publishDelay: 3600 })
    const { key } = await aPerson(house, site)
    const { id, receipt } = await aComment(house, site, { text: 'The first words.' })
    await decision(house, key, id, { action: 'return', rules: ['topic'], reason: 'Please say more.' })
    await ask(house, 'PUT', '/v1/receipt/text', { key: receipt, body: { text: 'The second words.' } })
    expect(await found(key, { q: 'first' })).toEqual([])
    expect(await found(key, { q: 'second' })).toEqual([id])
    await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })
    expect(await found(key, { q: 'second', status: 'withdrawn' })).toEqual([])
    expect(await found(key, { status: 'withdrawn' })).toEqual([id])
  })

  test("are a moderator's after an edit, and the reader's again when it is undone or another revision is restored", async () => {
    const site = await aSite(house, { publishDelay: 30 })
    const { key } = await aPerson(house, site, 'editor')
    const { id } = await aComment(house, site, { text: 'What the reader wrote.', name: 'Wren' })
    const standing = async (q: string, status = 'published') => await found(key, { q, status })
    const edit = { action: 'edit', text: 'What was left of it.', name: null, rules: ['respect'] }
    await decision(house, key, id, edit)
    expect(await standing('left of it')).toEqual([id])
    expect(await standing('reader wrote')).toEqual([])
    expect(await standing('wren')).toEqual([])

    await decision(house, key, id, { action: 'undo' })
    expect(await standing('reader wrote', 'pending')).toEqual([id])
    expect(await standing('wren', 'pending')).toEqual([id])
    expect(await standing('left of it', 'pending')).toEqual([])

    await decision(house, key, id, edit)
    await house.ahead(31)
    await decision(house, key, id, { action: 'unpublish', rules: ['topic'] })
    expect(await standing('left of it', 'unpublished')).toEqual([id])
    await decision(house, key, id, { action: 'restore', revision: 1 })
    expect(await standing('reader wrote')).toEqual([id])
    expect(await standing('left of it')).toEqual([])
  })

  test('are not those that somebody has only proposed', async () => {
    const site = await aSite(house)
    const { key } = await aPerson(house, site)
    await aPerson(house, site)
    const { id } = await aComment(house, site, { text: 'What the reader wrote.' })
    const proposed = { action: 'escalate', proposal: 'edit', text: 'What is proposed.', rules: ['respect'] }
    expect((await decision(house, key, id, proposed)).status).toBe(201)
    expect(await found(key, { q: 'reader wrote' })).toEqual([id])
    expect(await found(key, { q: 'proposed' })).toEqual([])
  })

  test('are looked for within the other filters', async () => {
    const site = await aSite(house)
    const { key } = await aPerson(house, site)
    const plain = await aComment(house, site, { text: 'Boats' })
    const linked = await aComment(house, site, { text: 'Boats at https://boats.example/' })
    const held = await aComment(house, site, { text: 'Boats, held, at https://boats.example/' })
    await decision(house, key, held.id, { action: 'escalate', proposal: 'approve' })
    expect(await found(key, { q: 'boats' })).toEqual([plain.id, linked.id, held.id])
    expect(await found(key, { q: 'boats', signal: 'links' })).toEqual([linked.id, held.id])
    expect(await found(key, { q: 'boats', signal: 'links', status: 'second_review' })).toEqual([held.id])
    expect(await found(key, { q: 'trains', signal: 'links', status: 'second_review' })).toEqual([])
  })
})

describe('signals in the queue', () => {
  const noticed = [
    ['links', 'notice', 'See https://boats.example/ for more.', ['https://boats.example/']],
    ['shouting', 'info', 'THE BOATS ARE ALWAYS LATE HERE', ['THE', 'BOATS', 'ARE', 'ALWAYS', 'LATE', 'HERE']],
    ['markup', 'info', 'The <b>boats', ['<b>']],
    ['private_use', 'info', 'The \ue000 boats', ['\ue000']],
  ] as const
  let moderator: TestPerson
  const ids: string[] = []

  beforeAll(async () => {
    const site = await aSite(house)
    moderator = await aPerson(house, site)
    await aComment(house, site, { text: 'Nothing to notice.' })
    for (const [, , text] of noticed) ids.push((await aComment(house, site, { text })).id)
  })

  test.each(noticed)('%s shows where it was noticed, and filters', async (code, severity, text, places) => {
    const query = new URLSearchParams({ signal: code })
    const { body } = await ask(house, 'GET', `/v1/moderation/queue?${query}`, { key: moderator.key })
    expect(body.comments).toHaveLength(1)
    const [comment] = body.comments
    expect(comment.text).toBe(text)
    const [signal] = comment.signals
    expect(signal).toMatchObject({ code, severity, message: expect.stringMatching(/\S/) })
    expect(
      signal.ranges.map(({ start, end }: { start: number; end: number }) => comment.text.slice(start, end)),
    ).toEqual(places)
  })

  test('a signal that nothing gave finds nothing', async () => {
    expect(await found(moderator.key, { signal: 'bidi_controls' })).toEqual([])
  })

  test('a comment with two signals is found by each', async () => {
    const site = await aSite(house)
    const { key } = await aPerson(house, site)
    const { id } = await aComment(house, site, {
      text: 'THE BOATS ARE ALWAYS LATE HERE, AND NOBODY CARES: www.b.org',
    })
    for (const signal of ['links', 'shouting']) expect(await found(key, { signal })).toEqual([id])
  })

  test('signals are those of the words that stand', async () => {
    const site = await aSite(house, { publishDelay: 3600 })
    const { key } = await aPerson(house, site)
    const { id, receipt } = await aComment(house, site, { text: 'See https://boats.example/' })
    await decision(house, key, id, { action: 'return', rules: ['topic'], reason: 'No links, please.' })
    await ask(house, 'PUT', '/v1/receipt/text', { key: receipt, body: { text: 'See the boats.' } })
    expect(await found(key, { signal: 'links' })).toEqual([])
    await decision(house, key, id, { action: 'return', rules: ['topic'], reason: 'With a link, please.' })
    await ask(house, 'PUT', '/v1/receipt/text', { key: receipt, body: { text: 'www.boats.example' } })
    expect(await found(key, { signal: 'links' })).toEqual([id])
  })
})
