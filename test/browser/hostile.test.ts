import {
  asKey,
  asTyped,
  inParagraphs,
  inTheForm,
  inTheTerms,
  onAnArticle,
  onOnesOwnPage,
  onTheDesk,
  press,
  reasonOf,
  see,
  seenOnAll,
  type,
} from '../support/hostile-pages.ts'
import { type HostileStage, openHostileStage } from '../support/hostile-stage.ts'
import { lotsOf, naughtyStrings, nothingToRead, ownStrings } from '../support/hostile-strings.ts'
import { eightAtOnce, openWorld, packed, type World } from '../support/hostile-world.ts'
import { ask } from '../support/house.ts'
import { aComment, anArticle, aSite, decision, published } from '../support/people.ts'

test('there are enough hostile strings, and none of our own twice', () => {
  expect(naughtyStrings.length).toBeGreaterThan(450)
  expect(ownStrings.length).toBeGreaterThan(500)
  expect(new Set(ownStrings).size).toBe(ownStrings.length)
  expect(ownStrings.filter((string) => naughtyStrings.includes(string))).toEqual([])
})

describe('hostile strings', () => {
  let stage: HostileStage

  beforeAll(async () => {
    stage = await openHostileStage()
  })
  afterAll(() => stage.close())
  afterEach(() => stage.expectQuiet())

  describe.each(lotsOf(60))('$which', ({ strings }) => {
    let world: World

    beforeAll(async () => {
      world = await openWorld(stage.house, strings)
    })

    const pathOf = (article: string) =>
      `${stage.baseUrl}/${world.site}/articles/${encodeURIComponent(article)}`

    test('are taken as they are, unless there is nothing to read', () => {
      expect(world.refused).toEqual(
        strings
          .filter((string) => nothingToRead.has(string))
          .map((text) => ({ text, status: 422, code: 'text_empty' })),
      )
      expect(world.waiting).toHaveLength(strings.length - world.refused.length)
      const plain = world.waiting.filter(({ sent }) => /^[\x21-\x7E]+$/.test(sent))
      expect(plain.map(({ text }) => text)).toEqual(plain.map(({ sent }) => sent))
    })

    test('are words at the desk, in the field for an edit, in names, titles and rules', async () => {
      const pages = await seenOnAll(
        stage.desk,
        `${stage.baseUrl}/desk/forms`,
        onTheDesk,
        '/desk/forms?cursor=',
      )
      const texts = world.waiting.map(({ text }) => text)
      expect(pages.words).toEqual(texts)
      expect(pages.fields).toEqual(texts)
      expect(pages.names).toEqual(world.waiting.flatMap(({ name }) => name ?? []))
      expect(pages.titles).toEqual(texts.map(() => world.title))
      const options = world.rules.map(({ title }) => `\u2068${title}\u2069 (edit, reject, return, unpublish)`)
      expect(pages.rules?.slice(0, options.length + 1)).toEqual(['Choose a rule', ...options])
    })

    test('are kept at the desk when another was first, whose name they are', async () => {
      const id = `${world.waiting[0]?.id}`
      const [text, reason] = [`\n${world.heap}`, `\n${world.heap.slice(0, 3_900)}`]
      await stage.desk.page.goto(`${stage.baseUrl}/desk/forms`)
      await type(stage.desk, `[id="reason-${id}"]`, reason)
      await type(stage.desk, `[id="text-${id}"]`, text)
      await type(stage.desk, `[id="rule-${id}"]`, 'r0')
      const proposed = strings.toReversed().join('\n')
      const made = await decision(stage.house, world.rival.key, id, {
        action: 'escalate',
        proposal: 'edit',
        text: proposed,
        rules: ['r1'],
        note: reasonOf(strings),
      })
      expect(made.status).toBe(201)
      const history = await ask(stage.house, 'GET', `/v1/moderation/comments/${id}/history`, stage.moderator)
      await press(stage.desk, `[id="${id}"] button[value=reject]`)
      const { problem, before, ...shown } = await see(stage.desk, {
        reason: { at: `[id="reason-${id}"]` },
        text: { at: `[id="text-${id}"]` },
        problem: { at: '.error-summary a' },
        rival: { at: `[id="${id}"] > .by + .signal > bdi` },
        before: { at: '.change .words', without: 'ins, mark, sup' },
        note: { at: '.past > li:last-child > p:last-child > bdi' },
      })
      expect(shown).toEqual({
        reason: [asTyped(reason)],
        text: [asTyped(text)],
        rival: [world.rival.pseudonym],
        note: [history.body.moves[1].note],
      })
      expect(problem).toEqual([expect.stringContaining(`${world.rival.pseudonym} came first`)])
      expect(before).toEqual([world.waiting[0]?.text])
    })

    test('are words under an article, in comments, names, a reply, its title and the notice', async () => {
      const first = world.waiting[0]
      await eightAtOnce(world.waiting, async ({ id }) => {
        const version = id === first?.id ? 2 : 1
        const made = await decision(stage.house, stage.moderator.key, id, { action: 'approve' }, version)
        expect(made.status).toBe(201)
      })
      const answer = { text: world.heap, name: first?.name, parent: first?.id }
      const { receipt } = await aComment(stage.house, world.site, answer, world.article)
      await stage.decideAbout(receipt, { action: 'approve' })
      const stored: { name: string | null; text: string }[] = await published(
        stage.house,
        world.site,
        world.article,
        '?limit=100',
      )
      expect(stored).toHaveLength(world.waiting.length + 1)

      const address = pathOf(world.article)
      const further = `${new URL(address).pathname}?cursor=`
      const pages = await seenOnAll(stage.reader, address, onAnArticle, further)
      expect(pages.texts).toEqual(stored.map(({ text }) => inParagraphs(text)))
      expect(pages.names).toEqual(stored.flatMap(({ name }) => name ?? []))
      const [titles, sites] = [[...(pages.title ?? []), ...(pages.heading ?? [])], pages.site]
      expect([new Set(titles), new Set(sites)]).toEqual([new Set([world.title]), new Set([world.name])])
      expect(pages.notice?.[0]).toBe(`${world.notice} Terms of use · You have a receipt?`)
    })

    test('are kept in the form after an error, then taken, and the receipt leads back', async () => {
      const text = `\n${world.heap}`
      const name = `${world.name.replaceAll('\n', ' ')}${'n'.repeat(201)}`
      await stage.reader.page.goto(pathOf(world.article))
      await type(stage.reader, '#text', text)
      await type(stage.reader, '#name', name)
      await press(stage.reader, 'button[type=submit]')
      expect(await see(stage.reader, inTheForm)).toEqual({ text: [asTyped(text)], name: [name] })
      await type(stage.reader, '#name', '')
      await press(stage.reader, 'button[type=submit]')
      const { receipt } = await see(stage.reader, { receipt: { at: '.receipt' } })
      expect(receipt).toEqual([expect.stringMatching(/^(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}$/)])
      await press(stage.reader, 'text=Back to the article')
      expect(stage.reader.page.url()).toBe(pathOf(world.article))
      await stage.decideAbout(`${receipt?.[0]}`, { action: 'approve' })
    })

    test('are words on the reader’s own page: what was sent, changed and published, and why', async () => {
      await anArticle(stage.house, world.site, 'edited')
      const cited = world.rules.slice(0, 20)
      const { receipt } = await aComment(stage.house, world.site, { text: world.heap }, 'edited')
      const held = await stage.decideAbout(receipt, {
        action: 'edit',
        text: strings.toReversed().join('\n'),
        rules: cited.map(({ code }) => code),
        reason: reasonOf(strings),
      })
      const [before, after] = [held.submitted.text, held.published.text]
      await stage.seeReceipt(world.site, receipt)
      const page = await see(stage.reader, onOnesOwnPage)
      expect(page.words).toEqual(expect.arrayContaining([before, after]))
      expect(page).toMatchObject({ before: [before], after: [after], reason: [held.decision.reason] })
      expect(page.rules).toEqual(cited.map(({ title }) => `Rule: ${title}.`))
      expect(page.ruleTexts).toEqual(cited.map(({ text }) => text))
      await stage.reader.page.goto(pathOf('edited'))
      const { notes } = await see(stage.reader, { notes: { at: '.comments p.quiet' } })
      const titles = cited.map(({ title }) => `“${title}”`).join(', ')
      expect(notes).toEqual([`Edited by a moderator under the rules ${titles}.`])
    })

    test('are words and kept where a reader changes what was returned', async () => {
      const { receipt } = await aComment(stage.house, world.site, { text: world.heap })
      const asked = { action: 'return', rules: ['r0'], reason: reasonOf(strings) }
      const { submitted, decision: told } = await stage.decideAbout(receipt, asked)
      await stage.seeReceipt(world.site, receipt)
      const page = await see(stage.reader, onOnesOwnPage)
      expect(page).toMatchObject({ reason: [told.reason], field: [submitted.text] })
      const text = `\n${'x'.repeat(20_001)}${world.heap}`
      await type(stage.reader, '#text', text)
      await press(stage.reader, 'button[value=resubmit]')
      expect(await see(stage.reader, { field: { at: '#text' } })).toEqual({ field: [asTyped(text)] })
    })

    test('are words in the terms of use, and kept where they are no receipt', async () => {
      await stage.reader.page.goto(`${stage.baseUrl}/${world.site}/terms`)
      expect(await see(stage.reader, inTheTerms)).toEqual({
        title: [`Terms of use: ${world.name}`],
        introduction: [world.introduction],
        titles: world.rules.map(({ title }) => title),
        texts: world.rules.map(({ text }) => text),
      })
      const typed = packed(strings.map(asKey), 100).replaceAll('\n', ' ')
      await stage.seeReceipt(world.site, typed)
      expect(await see(stage.reader, { receipt: { at: '#receipt' } })).toEqual({ receipt: [typed] })
    })

    test('are words each alone: in an article’s key, its address and title, and kept in its form', async () => {
      const articles = strings
        .map((string) => packed([asKey(string)], 400))
        .map((text) => ({ text, key: `https://news.example/${text}`, name: `${text}${'n'.repeat(201)}` }))
      const askings = articles.map(({ key, text, name }) => ({
        url: `${pathOf(key)}/comments`,
        body: { nonce: 'n'.repeat(22), text, name },
      }))
      const { title, heading } = onAnArticle
      const pages = await stage.seeAlone(askings, { ...inTheForm, title, heading })
      expect(pages).toEqual(
        articles.map(({ text, key, name }) => ({
          text: [text],
          name: [name],
          heading: [key],
          title: [`Error: ${key}`],
        })),
      )
    })

    test('are never on a page that tells of a problem with them', async () => {
      const tens = Array.from({ length: Math.ceil(strings.length / 10) }, (_, at) =>
        strings.slice(at * 10, at * 10 + 10).map(asKey),
      )
      const heaps = tens.map((ten) => encodeURIComponent(packed(ten, 1_000)))
      const askings = heaps.map((heap) => ({ url: `/${world.site}/articles/nowhere${heap}?reply=-${heap}` }))
      expect(await stage.seeAlone(askings, { heading: { at: 'h1' } })).toEqual(
        heaps.map(() => ({ heading: ['That did not work'] })),
      )
    })
  })

  test.each([
    ['nothing to read', '\u200B\u2060'],
    ['too much', 'x'.repeat(4_001)],
  ])('with %s are no reason, and the desk says so', async (_name, reason) => {
    const site = await aSite(stage.house)
    const { id } = await aComment(stage.house, site)
    await stage.desk.page.goto(`${stage.baseUrl}/desk/forms`)
    await type(stage.desk, `[id="reason-${id}"]`, reason)
    await type(stage.desk, `[id="rule-${id}"]`, 'promotion')
    await press(stage.desk, `[id="${id}"] button[value=reject]`)
    expect(
      await see(stage.desk, { problem: { at: '.error-summary a' }, kept: { at: `[id="reason-${id}"]` } }),
    ).toEqual({
      problem: ['A reason has something to read, and at most 4,000 characters.'],
      kept: [reason],
    })
    await decision(stage.house, stage.moderator.key, id, { action: 'approve' })
  })
})
