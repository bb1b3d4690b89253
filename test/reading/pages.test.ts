import { EventEmitter, once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import {
  type Arbitrary,
  array,
  assert,
  asyncProperty,
  boolean,
  constant,
  constantFrom,
  oneof,
  record,
  string,
  uniqueArray,
} from 'fast-check'
import { type Page, pageOf, weightOf } from '../../src/reading/page.ts'
import { boundedPages } from '../../src/reading/pages.ts'
import { asJson, type Change, type Shown } from '../../src/reading/shown.ts'

const sites = ['a', 'b'] as const
const articles = ['1', '2', '3'] as const

const shown: Arbitrary<Shown<string>> = record({
  answer: string({ maxLength: 3_000 }),
  site: constantFrom(...sites),
  articles: uniqueArray(constantFrom(...articles)),
  everyArticle: boolean(),
  about: constant([]),
  lacks: boolean(),
  changesIn: constant(null),
})
const change: Arbitrary<Change> = oneof(
  record({
    what: constant('article' as const),
    article: constantFrom(...articles),
    site: constantFrom(...sites),
  }),
  record({ what: constantFrom('site' as const, 'absent' as const), site: constantFrom(...sites) }),
)

function hangsOn({ shown: { site, articles: parts, everyArticle, lacks } }: Page, what: Change): boolean {
  if (what.what === 'article')
    return parts.includes(what.article) || (everyArticle === true && what.site === site)
  return what.site === site && (what.what === 'site' || lacks)
}

describe('pages in memory', () => {
  test('go with what they hang on, and with nothing else', async () => {
    await assert(
      asyncProperty(
        array(shown, { maxLength: 20 }),
        array(change, { maxLength: 5 }),
        async (all, changes) => {
          const pages = boundedPages(2 ** 30)
          const made = await Promise.all(
            all.map((one, n) => pages.make(`/${n}`, async () => pageOf(asJson(one), 0))),
          )
          for (const one of changes) pages.forget(one, 0)
          for (const [n, page] of made.entries()) {
            const isGone = changes.some((one) => hangsOn(page, one))
            expect(pages.get(`/${n}`)).toBe(isGone ? undefined : page)
          }
          pages.forgetAll()
          expect(made.filter((_, n) => pages.get(`/${n}`))).toEqual([])
        },
      ),
    )
  })

  test('take no more room than they are given, and what was asked for last stays', async () => {
    await assert(
      asyncProperty(array(shown, { minLength: 1, maxLength: 60 }), async (all) => {
        const room = 20_000
        const pages = boundedPages(room)
        for (const [n, one] of all.entries()) {
          const page = await pages.make(`/${n}`, async () => pageOf(asJson(one), 0))
          expect(pages.get(`/${n}`)).toBe(page)
          const kept = all.flatMap((_, at) => pages.get(`/${at}`) ?? [])
          expect(kept.reduce((sum, held) => sum + weightOf(held), 0)).toBeLessThanOrEqual(room)
        }
      }),
    )
  })

  test('one that is larger than all the room is sent and not kept', async () => {
    const pages = boundedPages(1_000)
    const page = await pages.make('/', async () => pageOf(asJson(of('x'.repeat(5_000))), 0))
    expect(page.ready.identity?.bytes).toHaveLength(5_002)
    expect(pages.get('/')).toBeUndefined()
  })

  test('what changes while a page is being made, it may lack: it is not kept, and the next is made anew', async () => {
    const pages = boundedPages(2 ** 20)
    const [later, when] = [new EventEmitter(), 'it is read']
    const waiting = pages.make('/', async () => {
      await once(later, when)
      return pageOf(asJson(of('old')), 0)
    })
    expect(pages.make('/', async () => pageOf(asJson(of('never')), 0))).toBe(waiting)
    pages.forget({ what: 'article', article: 'another', site: 'a' }, 0)
    const second = await pages.make('/', async () => pageOf(asJson(of('new')), 0))
    later.emit(when)
    expect((await waiting).hash).not.toBe(second.hash)
    expect(pages.get('/')).toBe(second)
  })

  test.each([
    ['something was added to it', { what: 'article', article: '1', site: 'a', onlyAdds: true }, true],
    ['something of it went', { what: 'article', article: '1', site: 'a' }, false],
    ['something of another went', { what: 'article', article: '2', site: 'a' }, true],
    ['its site became another', { what: 'site', site: 'a' }, false],
  ] as const)(
    'while a page is being made, or when it is there, %s: it is not sent to whoever asks, and what of that can be is kept',
    async (_what, meanwhile, isKept) => {
      const pages = boundedPages(2 ** 20)
      const page = pageOf(asJson(of('old')), 0)
      const waiting = pages.make('/', async () => {
        await setImmediate()
        return page
      })
      pages.makeAnew(1)
      pages.forget(meanwhile, 2)
      expect(await waiting).toBe(page)
      expect(pages.get('/')).toBeUndefined()
      expect(pages.last('/')).toEqual(isKept ? { ...page, outdatedAt: 1 } : undefined)

      const newer = await pages.make('/', async () => pageOf(asJson(of('newer')), 3))
      expect([pages.get('/'), pages.last('/')]).toEqual([newer, newer])
      pages.forget(meanwhile, 4)
      const isAbout = !('article' in meanwhile) || meanwhile.article === '1'
      expect(pages.get('/') === newer).toBe(!isAbout)
      expect(pages.last('/')).toBe(isKept ? newer : undefined)
    },
  )

  test('one that cannot be made is tried again by the next who asks', async () => {
    const pages = boundedPages(2 ** 20)
    await expect(pages.make('/', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    const page = await pages.make('/', async () => pageOf(asJson(of('yes')), 0))
    expect(pages.get('/')).toBe(page)
  })
})

function of(answer: string): Shown<string> {
  return { answer, site: 'a', articles: ['1'], about: [], lacks: false, changesIn: null }
}
