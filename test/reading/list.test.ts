import { ask, type House, openHouse } from '../support/house.ts'
import {
  aComment,
  anArticle,
  aPerson,
  aSite,
  decision,
  published,
  type TestPerson,
} from '../support/people.ts'
import { problemIn } from '../support/problem.ts'

interface Listed {
  id: string
  text: string | null
  name: string | null
  publishedAt: string
  parent?: string
  moreReplies?: string
}

const tags = (comments: { language: string }[]) => comments.map(({ language }) => language)

describe('the published list', () => {
  let house: House
  let site: string
  let moderator: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
    moderator = await aPerson(house, site)
  })
  afterAll(() => house.close())

  const listAt = (article = 'news', of = site) =>
    `/v1/sites/${of}/articles/${encodeURIComponent(article)}/comments`

  async function publish(body: Record<string, unknown>, article = 'news', of = site): Promise<string> {
    const { id } = await aComment(house, of, body, article)
    expect((await decision(house, house.admin, id, { action: 'approve' }, 1)).status).toBe(201)
    return id
  }

  /** Every page to the end, as it comes; `between` happens after each. */
  async function allPages(url: string, between = async () => {}, from = ''): Promise<Listed[]> {
    const seen: Listed[] = []
    for (let cursor: string | null = from; cursor !== null; ) {
      const { status, body } = await ask(house, 'GET', cursor === '' ? url : `${url}&cursor=${cursor}`)
      expect(status).toBe(200)
      seen.push(...body.comments)
      cursor = body.next
      await between()
    }
    return seen
  }

  describe('of 60 comments, of which many show at the same moment,', () => {
    let batched: string
    let inOrder: string[]
    let moments: number | undefined

    beforeAll(async () => {
      batched = await aSite(house, { publishEvery: 60 })
      for (let i = 0; i < 60; i += 1) {
        await publish({ text: `Number ${i}.` }, 'news', batched)
        if (i % 20 === 19) await house.ahead(61)
      }
      const { rows } = await house.owner.query<{ id: string; moments: number }>(
        `select id, (select count(distinct first_shown_at)::int from comment where site = $1) as moments
           from comment where site = $1 order by first_shown_at, id`,
        [batched],
      )
      moments = rows[0]?.moments
      inOrder = rows.map(({ id }) => id)
    })

    test.each(['oldest', 'newest'] as const)(
      'pages of 7, %s first, lose and repeat nothing',
      async (order) => {
        expect(moments).toBeLessThan(10)
        const seen = await allPages(`${listAt('news', batched)}?order=${order}&limit=7`)
        expect(seen.map(({ id }) => id)).toEqual(order === 'oldest' ? inOrder : inOrder.toReversed())
      },
    )

    test('shows the newest first unless asked otherwise, 50 of them', async () => {
      const { body } = await ask(house, 'GET', listAt('news', batched))
      expect(body.comments.map(({ id }: Listed) => id)).toEqual(inOrder.toReversed().slice(0, 50))
      expect(body.article).toMatchObject({ count: 60 })
      expect(body.next).toEqual(expect.any(String))
    })

    test('loses and repeats nothing while others are published and go', async () => {
      const known = new Set(inOrder)
      const seen = await allPages(`${listAt('news', batched)}?limit=7`, async () => {
        await publish({ text: 'In between.' }, 'news', batched)
        await house.ahead(61)
      })
      expect(seen.map(({ id }) => id).filter((id) => known.has(id))).toEqual(inOrder.toReversed())
    })
  })

  describe('of replies', () => {
    let root: string
    const replies: string[] = []

    beforeAll(async () => {
      await anArticle(house, site, 'talk')
      root = await publish({ text: 'What do you think?' }, 'talk')
      for (let i = 0; i < 25; i += 1) {
        const parent = i % 5 === 4 ? replies[i - 1] : root
        replies.push(await publish({ text: `Reply ${i}.`, parent }, 'talk'))
        await house.ahead(0.002)
      }
      await publish({ text: 'Another thread.' }, 'talk')
    })

    test('puts the first twenty, at any depth, behind their thread, oldest first', async () => {
      const comments: Listed[] = await published(house, site, 'talk')
      expect(comments.map(({ id }) => id).slice(1)).toEqual([root, ...replies.slice(0, 20)])
      expect(comments[1]).not.toHaveProperty('parent')
      expect(comments[2]).toMatchObject({ parent: root })
      expect(comments[6]).toMatchObject({ parent: replies[3] })
    })

    test('and gives a cursor for the rest', async () => {
      const comments: Listed[] = await published(house, site, 'talk')
      expect(comments.filter(({ moreReplies }) => moreReplies !== undefined)).toHaveLength(1)
      const { moreReplies } = comments[1] ?? {}
      const rest = await allPages(`${listAt('talk')}?parent=${root}&limit=2`, undefined, moreReplies)
      expect(rest.map(({ id }) => id)).toEqual(replies.slice(20))
    })

    test('gives all replies of one thread by pages', async () => {
      const all = await allPages(`${listAt('talk')}?parent=${root}&limit=7`)
      expect(all.map(({ id }) => id)).toEqual(replies)
    })

    test('counts a page in threads', async () => {
      const { body } = await ask(house, 'GET', `${listAt('talk')}?limit=1&order=oldest`)
      expect(body.comments).toHaveLength(21)
      expect(body.article.count).toBe(27)
    })

    test('knows no thread that is none', async () => {
      const waiting = await aComment(house, site, { text: 'Waiting.' }, 'talk')
      for (const parent of [replies[0], waiting.id, '6f9619ff-8b86-4011-b42d-00c04fc964ff']) {
        const answer = await ask(house, 'GET', `${listAt('talk')}?parent=${parent}`)
        expect(problemIn(answer)).toBe('404 comment_not_found')
      }
      expect(problemIn(await ask(house, 'GET', `${listAt()}?parent=${root}`))).toBe('404 comment_not_found')
    })
  })

  test('marks what a moderator edited, and under which rules', async () => {
    await anArticle(house, site, 'edited')
    const { id } = await aComment(house, site, { text: 'Call 555 0142, you fools.', name: 'Wren' }, 'edited')
    const edit = { action: 'edit', text: 'Call […].', rules: ['respect', 'private_details'] }
    expect((await decision(house, moderator.key, id, edit)).status).toBe(201)
    const [comment] = await published(house, site, 'edited')
    expect(comment).toEqual({
      id,
      name: 'Wren',
      text: 'Call […].',
      language: 'en',
      publishedAt: expect.any(String),
      edited: { rules: [expect.anything(), expect.anything()] },
    })
    expect(comment.edited.rules.map(({ code }: { code: string }) => code).toSorted()).toEqual([
      'private_details',
      'respect',
    ])
    expect(comment.edited.rules).toContainEqual({ code: 'respect', title: expect.stringMatching(/\w/) })
  })

  test('says in which language each comment and each answer is', async () => {
    await anArticle(house, site, 'languages', { language: 'zh-Hant' })
    const khmer = 'ខ្ញុំសូមអរគុណដល់អ្នកដែលធ្វើការនៅកំពង់ចម្លងនេះ។'
    const root = await publish({ text: khmer }, 'languages')
    await publish({ text: 'မြန်မြန်ပြီးပါစေ။ ဈေးသွားရတာ ပိုလွယ်သွားမှာပါ။', parent: root }, 'languages')
    await publish({ text: '?!', parent: root }, 'languages')
    expect(tags(await published(house, site, 'languages'))).toEqual(['km', 'my', 'zh-Hant'])
    expect(tags(await published(house, site, 'languages', `?parent=${root}`))).toEqual(['my', 'zh-Hant'])
  })

  test.each([
    ['minute', /:00\.000Z$/, 60],
    ['hour', /:00:00\.000Z$/, 3_600],
    ['day', /T00:00:00\.000Z$/, 86_400],
  ])('tells times by the %s, rounded down, where the site says so', async (times, form, seconds) => {
    const coarse = await aSite(house, { times })
    const id = await publish({ text: 'When?' }, 'news', coarse)
    const [{ publishedAt }] = await published(house, coarse)
    const { rows } = await house.owner.query('select first_shown_at from comment where id = $1', [id])
    const behind = rows[0].first_shown_at.getTime() - Date.parse(publishedAt)
    expect(publishedAt).toMatch(form)
    expect(behind).toBeGreaterThanOrEqual(0)
    expect(behind).toBeLessThan(seconds * 1_000)
  })

  test('shows nothing before its delay is over', async () => {
    const slow = await aSite(house, { publishDelay: 600 })
    await publish({ text: 'Later.' }, 'news', slow)
    expect(await published(house, slow)).toEqual([])
    await house.ahead(590)
    expect(await published(house, slow)).toEqual([])
    await house.ahead(11)
    expect(await published(house, slow)).toHaveLength(1)
  })

  test('shows a batch at once, at a multiple of its rhythm', async () => {
    const rhythmic = await aSite(house, { publishDelay: 0, publishEvery: 7_200 })
    const first = await publish({ text: 'One.' }, 'news', rhythmic)
    const second = await publish({ text: 'Two.' }, 'news', rhythmic)
    expect(await published(house, rhythmic)).toEqual([])
    const { rows } = await house.owner.query(
      `select extract(epoch from shows_from)::int as second, extract(epoch from shows_from - moment())::float as wait
         from comment where id = any($1)`,
      [[first, second]],
    )
    expect(rows.map(({ second: at }) => at % 7_200)).toEqual([0, 0])
    await house.ahead(rows[0].wait)
    expect(await published(house, rhythmic)).toHaveLength(2)
  })

  test('shows a reply no earlier than what it answers', async () => {
    const slow = await aSite(house, { publishDelay: 60 })
    const root = await publish({ text: 'A question.' }, 'news', slow)
    await house.ahead(61)
    const reply = await publish({ text: 'An answer.', parent: root }, 'news', slow)
    await decision(house, house.admin, root, { action: 'unpublish', rules: ['topic'] })
    await house.ahead(30)
    expect(await published(house, slow)).toEqual([])
    await decision(house, house.admin, root, { action: 'restore' })
    await house.ahead(61)
    expect((await published(house, slow)).map(({ id }: Listed) => id)).toEqual([root, reply])
  })

  test('tells the article and the notice', async () => {
    const polite = await aSite(house, { notice: 'Be kind.' })
    await anArticle(house, polite, 'closed', { open: false })
    const { body } = await ask(house, 'GET', listAt('closed', polite))
    expect(body).toEqual({
      comments: [],
      next: null,
      article: { key: 'closed', open: false, count: 0 },
      notice: 'Be kind.',
    })
  })

  test('is not there for an unknown site or article, but empty for a page within the origins', async () => {
    const mine = await aSite(house, { origins: ['https://news.example'] })
    expect(problemIn(await ask(house, 'GET', listAt('news', 'no-site')))).toBe('404 site_not_found')
    expect(problemIn(await ask(house, 'GET', listAt('none', mine)))).toBe('404 article_not_found')
    const key = 'https://news.example/a-page-that-nobody-commented-on'
    const { status, body } = await ask(house, 'GET', listAt(key, mine))
    expect(status).toBe(200)
    expect(body).toMatchObject({ comments: [], next: null, article: { key, open: true, count: 0 } })
  })

  test('counts several articles at once; unknown ones show none', async () => {
    const counted = await aSite(house)
    await publish({ text: 'One.' }, 'news', counted)
    await aComment(house, counted, { text: 'Waiting.' })
    const query = ['news', 'none', '__proto__', 'constructor', 'toString', 'news'].map(
      (key) => `article=${key}`,
    )
    const { text } = await ask(house, 'GET', `/v1/sites/${counted}/counts?${query.join('&')}`)
    expect(text).toBe('{"counts":{"news":1,"none":0,"__proto__":0,"constructor":0,"toString":0}}')
    expect((await ask(house, 'GET', '/v1/sites/no-site/counts?article=news')).body).toEqual({
      counts: { news: 0 },
    })
    const many = Array.from({ length: 101 }, (_, i) => `article=${i}`).join('&')
    expect((await ask(house, 'GET', `/v1/sites/${counted}/counts?${many}`)).status).toBe(400)
    expect((await ask(house, 'GET', `/v1/sites/${counted}/counts`)).status).toBe(400)
  })
})
