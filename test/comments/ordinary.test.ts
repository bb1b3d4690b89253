import { screenLater } from '../../src/comments/screen-later.ts'
import { normalizeName, normalizeText } from '../../src/comments/text.ts'
import { primaryLanguage } from '../../src/http/language.ts'
import type { Reserved } from '../../src/screening/facts.ts'
import { detectLanguage } from '../../src/screening/language.ts'
import { screener } from '../../src/screening/screener.ts'
import { screen } from '../../src/screening/signals.ts'
import { defaultLimits } from '../../src/sites/site.ts'
import { factsOf } from '../screening/facts.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aPerson, aSite, decision, receiptOf, type TestPerson } from '../support/people.ts'
import { burmese } from './ordinary/burmese.ts'
import { cantonese } from './ordinary/cantonese.ts'
import { english } from './ordinary/english.ts'
import { khmer } from './ordinary/khmer.ts'
import { korean } from './ordinary/korean.ts'
import { lao } from './ordinary/lao.ts'
import { simplifiedMandarin, traditionalMandarin } from './ordinary/mandarin.ts'
import type { Ordinary } from './ordinary/ordinary.ts'
import { tibetan } from './ordinary/tibetan.ts'
import { uyghur } from './ordinary/uyghur.ts'
import { vietnamese } from './ordinary/vietnamese.ts'

const chinese = [cantonese, simplifiedMandarin, traditionalMandarin]
const everyLanguage = [english, burmese, ...chinese, khmer, korean, lao, tibetan, uyghur, vietnamese]
const rows = everyLanguage.map((speech) => [speech.language, speech] as const)

const textLimits = { graphemes: defaultLimits.textGraphemes, bytes: defaultLimits.textBytes }
const nameLimits = { graphemes: defaultLimits.nameGraphemes, bytes: defaultLimits.textBytes }

describe('the sentences', () => {
  test('are in all ten languages, Chinese in both kinds of characters', () => {
    expect(everyLanguage.map(({ language }) => language).toSorted()).toEqual(
      ['bo', 'en', 'km', 'ko', 'lo', 'my', 'ug', 'vi', 'yue', 'zh-Hans', 'zh-Hant'].toSorted(),
    )
  })

  test.each(rows)('in %s are at least 45, each another, in NFC and with names', (_language, speech) => {
    const { sentences, names } = speech
    expect(sentences.length).toBeGreaterThanOrEqual(45)
    expect(names.length).toBeGreaterThanOrEqual(5)
    expect(new Set(sentences).size).toBe(sentences.length)
    expect(new Set(names).size).toBe(names.length)
  })

  test('hold what readers write besides letters', () => {
    const all = everyLanguage.flatMap(({ sentences }) => sentences).join('\n')
    for (const kind of [
      /\d\d:\d\d/,
      /\p{Sc}/u,
      /%/,
      /[“«「‘]/,
      /[(（]/,
      /\p{Extended_Pictographic}/u,
      /\u200B/,
    ])
      expect(all).toMatch(kind)
    for (const kind of [
      /\d[–-]\d/,
      /\d:\d/,
      /\d\.\d+\.\d/,
      /UNICEF/,
      /[་།]/,
      /[၀-၉]/,
      /[០-៩]/,
      /[༠-༩]/,
      /\n\S/,
    ])
      expect(all).toMatch(kind)
    expect(chinese.flatMap(({ names }) => names).filter(isHanWithLatin).length).toBeGreaterThanOrEqual(5)
  })
})

describe('the text of an ordinary comment', () => {
  test.each(rows)('in %s is stored as it was typed', (_language, { sentences }) => {
    const stored = sentences.map((typed) => normalizeText(typed, textLimits))
    expect(stored).toEqual(sentences.map((typed) => ({ text: typed.normalize('NFC'), removed: {} })))
  })

  test.each(rows)('in %s is the same from a keyboard that decomposes', (_language, { sentences }) => {
    const stored = sentences.map((typed) => normalizeText(typed.normalize('NFD'), textLimits))
    expect(stored).toEqual(sentences.map((typed) => ({ text: typed.normalize('NFC'), removed: {} })))
  })

  test.each(rows)('in %s keeps its name', (_language, { names }) => {
    const stored = names.map((typed) => normalizeName(typed, nameLimits))
    expect(stored).toEqual(names.map((typed) => ({ text: typed.normalize('NFC'), removed: {} })))
  })
})

describe('an ordinary comment gives no signal', () => {
  test.each(rows)('in %s, on an article in its own language', async (language, speech) => {
    expect(await remarks(speech, language)).toEqual([])
  })

  test.each(rows)('in %s, by whatever reader', async (language, { names, site, staff, sentences }) => {
    const [text = ''] = sentences
    const facts = { text, reserved: reservedBy({ site, staff }), expectedLanguage: language }
    const noticed = names.map((name) => ({ name, signals: screen(factsOf({ ...facts, name })) }))
    expect(noticed.filter(({ signals }) => signals.length > 0)).toEqual([])
  })

  test.each(chinese.map((speech) => [speech.language, speech] as const))(
    'in %s, on an article in any Chinese',
    async (_language, speech) => {
      for (const { language } of chinese) expect(await remarks(speech, language)).toEqual([])
      expect(await remarks(speech, 'zh-HK')).toEqual([])
    },
  )
})

describe('on an article in another language', () => {
  test.each(rows)('that is all there is to say of an ordinary comment in %s', async (language, speech) => {
    const elsewhere = language === 'en' ? ['vi', 'ko', 'zh-Hant', 'my'] : ['en']
    for (const other of elsewhere) {
      const codes = (await remarks(speech, other)).flatMap(({ signals }) => signals.map(({ code }) => code))
      expect(new Set(codes)).toEqual(new Set(['language']))
    }
  })
})

describe('through the whole service', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
    await detectLanguage('To have loaded what a screening waits a second for, and no longer.')
  })
  afterAll(() => house.close())

  test.each(rows)(
    'comments in %s reach the queue, the list and their readers unchanged and unremarked',
    async (language, speech) => {
      const site = await aSite(house, { name: speech.site, language })
      for (const pseudonym of speech.staff) await aModerator(site, pseudonym)
      const moderator = await aPerson(house, site)
      const sent = await submitAll(site, speech)
      await screenLater(house.db, screener(house.db), 0)

      const waiting = await pagesOf(`/v1/moderation/queue?site=${site}&limit=25`, moderator.key)
      expect(
        byId(waiting.map(({ id, name, text, signals, screened }) => ({ id, name, text, signals, screened }))),
      ).toEqual(byId(sent.map(({ id, name, text }) => ({ id, name, text, signals: [], screened: true }))))
      const primaries = new Set(waiting.map((comment) => primaryLanguage(comment.language)))
      expect([...primaries].filter((primary) => !isLike(primary, language))).toEqual([])

      await approveAll(sent, moderator)
      const list = await pagesOf(`/v1/sites/${site}/articles/news/comments?limit=25`)
      expect(byId(list.map(({ id, name, text }) => ({ id, name, text })))).toEqual(
        byId(sent.map(({ id, name, text }) => ({ id, name, text }))),
      )
      await inBatches(sent, async ({ receipt, name, text }) => {
        const answer = await receiptOf(house, receipt)
        expect(answer).toMatchObject({
          status: 'published',
          submitted: { name, text },
          published: { name, text },
        })
        expect(answer).not.toHaveProperty('difference')
      })
      expect(await storedBytes(sent)).toEqual(new Map(sent.map(({ id, text }) => [id, hex(text)])))
    },
    120_000,
  )

  async function aModerator(site: string, pseudonym: string) {
    const body = { pseudonym, admin: false, roles: [{ site, role: 'moderator', languages: [] }] }
    const invited = await ask(house, 'POST', '/v1/people', { key: house.admin, body })
    expect(invited.status).toBe(201)
  }

  interface Sent {
    id: string
    receipt: string
    name: string | null
    /** in NFC, as it must come back */
    text: string
  }

  /** Every second reader signs. */
  async function submitAll(site: string, { sentences, names }: Ordinary): Promise<Sent[]> {
    const comments = sentences.map((typed, at) => ({
      typed,
      name: at % 2 === 0 ? (names[(at / 2) % names.length] ?? null) : null,
    }))
    return inBatches(comments, async ({ typed, name }) => {
      const body = name === null ? { text: typed } : { text: typed, name }
      const { status, body: taken } = await ask(house, 'POST', `/v1/sites/${site}/articles/news/comments`, {
        body,
      })
      expect(status).toBe(202)
      return { id: taken.id, receipt: taken.receipt, name, text: typed.normalize('NFC') }
    })
  }

  async function approveAll(sent: Sent[], { key }: TestPerson) {
    await inBatches(sent, async ({ id }) => {
      expect((await decision(house, key, id, { action: 'approve' }, 1)).status).toBe(201)
    })
  }

  /** All comments of a list, page by page. */
  async function pagesOf(url: string, key?: string) {
    const comments = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof ask>> = await ask(house, 'GET', `${url}${cursor}`, { key })
      expect(page.status).toBe(200)
      comments.push(...page.body.comments)
      cursor = page.body.next === null ? null : `&cursor=${encodeURIComponent(page.body.next)}`
    }
    return comments
  }

  /** What PostgreSQL keeps, in UTF-8. */
  async function storedBytes(sent: Sent[]) {
    const { rows: stored } = await house.owner.query<{ id: string; bytes: string }>(
      `select comment_id as id, encode(convert_to(text, 'UTF8'), 'hex') as bytes
         from revision_text where comment_id = any($1)`,
      [sent.map(({ id }) => id)],
    )
    return new Map(stored.map(({ id, bytes }) => [id, bytes]))
  }
})

/** What screening says of a speech's sentences on an article in `expectedLanguage`; the silent ones are left out. */
async function remarks({ sentences, ...house }: Ordinary, expectedLanguage: string) {
  const reserved = reservedBy(house)
  const looks = sentences.map(async (typed) => {
    const { text, removed } = normalizeText(typed, textLimits)
    const detected = await detectLanguage(text, [expectedLanguage])
    const signals = screen(factsOf({ text, removed, reserved, expectedLanguage, detected }))
    return { text, detected, signals }
  })
  return (await Promise.all(looks)).filter(({ signals }) => signals.length > 0)
}

function reservedBy({ site, staff }: Pick<Ordinary, 'site' | 'staff'>): Reserved[] {
  const moderators = staff.map((name) => ({ name, whose: 'moderator' as const }))
  return [{ name: site, whose: 'site' }, ...moderators]
}

function isHanWithLatin(name: string): boolean {
  return /\p{Script=Han}/u.test(name) && /\p{Script=Latin}/u.test(name)
}

/** Cantonese and Mandarin count as one: the articles of one language are in both. */
function isLike(primary: string, language: string): boolean {
  return written(primary) === written(primaryLanguage(language))
}

function written(primary: string): string {
  return primary === 'yue' ? 'zh' : primary
}

async function inBatches<T, R>(things: readonly T[], act: (thing: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let from = 0; from < things.length; from += 10) {
    results.push(...(await Promise.all(things.slice(from, from + 10).map(act))))
  }
  return results
}

function byId<T extends { id: string }>(things: T[]): T[] {
  return things.toSorted((one, other) => one.id.localeCompare(other.id))
}

function hex(text: string): string {
  return Buffer.from(text).toString('hex')
}
