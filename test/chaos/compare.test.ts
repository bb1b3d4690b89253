import { differences, type Found } from './compare.ts'
import { type Pursued, pursuedIn, wrongAnswers } from './history.ts'
import type { Entry, Heard, Intention } from './ledger.ts'

const place = { site: 'swift', article: 'ferry' }

/** Entries of one comment's life, in which each intention is followed by what was heard of it. */
function life(...parts: [Partial<Intention>, ...Partial<Heard>[]][]): Pursued[] {
  const entries = parts.flatMap(([intention, ...heard], at): Entry[] => [
    {
      intends: {
        n: at,
        at: 0,
        mark: 'a-1',
        ...place,
        action: 'submit',
        what: 'submit',
        version: 0,
        ...intention,
      },
    },
    ...heard.map((one) => ({ heard: { n: at, at: 0, port: 1, status: 0, ...one } })),
  ])
  return pursuedIn(entries)
}

const sent = { text: 'a-1 Hello.' }
const taken = { status: 202, id: 'one', receipt: 'R' }
const submitted: [Partial<Intention>, ...Partial<Heard>[]] = [sent, taken]
const decided = (action: string) => ({ what: 'decide', action, version: 1 }) as const
const rivals = (one: Partial<Heard>, other: Partial<Heard>) =>
  life(
    submitted,
    [{ ...decided('approve'), isRival: true }, one],
    [{ ...decided('reject'), isRival: true }, other],
  )
const heard = (...all: Partial<Heard>[]) => wrongAnswers(life([sent, ...all]))
const there: Found = { id: 'one', ...place, actions: ['submit'], texts: { 1: 'a-1 Hello.' }, keys: 1 }
const after = (...actions: string[]): Found => ({ ...there, actions: ['submit', ...actions] })

describe('the checker finds', () => {
  test('nothing where all that was acknowledged is there once, and nothing else', () => {
    expect(differences(life(submitted), [there])).toEqual([])
    const all = life(submitted, [decided('approve'), { status: 503 }, { status: 201 }])
    expect(differences(all, [after('approve')])).toEqual([])
  })

  test('what was acknowledged and is lost', () => {
    expect(differences(life(submitted), [])).toEqual([expect.stringMatching(/^lost: a-1/)])
    const all = life(submitted, [decided('approve'), { status: 201 }])
    expect(differences(all, [there])).toEqual([expect.stringMatching(/^lost: a-1/)])
  })

  test('what is there twice, or was acknowledged as another', () => {
    expect(differences(life(submitted), [there, { ...there, id: 'other' }])).toEqual([
      expect.stringMatching(/^doubled: a-1 is there 2 times/),
    ])
    const other = life(
      [sent, { status: 0 }, taken],
      [
        { ...sent, what: 'submit again' },
        { ...taken, id: 'other' },
      ],
    )
    expect(differences(other, [there])).toEqual([expect.stringMatching(/^doubled: a-1 is one, and other/)])
    const all = life(submitted, [decided('approve'), { status: 201 }])
    expect(differences(all, [after('approve', 'approve')])).toEqual([expect.stringMatching(/^doubled: a-1/)])
  })

  test('what nobody asked for, or was refused', () => {
    expect(differences([], [there])).toEqual([expect.stringMatching(/^unasked: nobody sent a-1/)])
    expect(differences(life([sent, { status: 422 }]), [there])).toEqual([expect.stringMatching(/^unasked/)])
    expect(differences(life(submitted), [after('withdraw')])).toEqual([expect.stringMatching(/^unasked/)])
    expect(differences(life(submitted), [{ ...there, texts: { 1: 'a-1 Hullo.' } }])).toEqual([
      expect.stringMatching(/^unasked: a-1 has another text/),
    ])
    expect(differences(life(submitted), [{ ...there, article: 'market' }])).toEqual([
      expect.stringMatching(/^unasked: a-1 is where/),
    ])
  })

  test('a half', () => {
    expect(differences(life(submitted), [{ ...there, keys: 0 }])).toEqual([
      expect.stringMatching(/^half: a-1/),
    ])
  })

  test('that what nobody heard of is there once or not at all', () => {
    const unheard = life([sent, { status: 503 }, { status: 0 }])
    expect(differences(unheard, [])).toEqual([])
    expect(differences(unheard, [there])).toEqual([])
    expect(differences(unheard, [there, there])).toHaveLength(1)
  })

  test('that what came first without being heard of has to be there', () => {
    const stale = { status: 412, code: 'stale_version' }
    const proven = life(submitted, [decided('approve'), { status: 0 }, stale])
    expect(differences(proven, [after('approve')])).toEqual([])
    expect(differences(proven, [there])).toHaveLength(1)
    const refused = life(submitted, [decided('approve'), stale])
    expect(differences(refused, [after('approve')])).toHaveLength(1)
  })

  test('that of two who decide at once one wins, and who was told so', () => {
    const [won, lost] = [{ status: 201 }, { status: 412, code: 'stale_version' }]
    expect(differences(rivals(won, lost), [after('approve')])).toEqual([])
    expect(differences(rivals(won, lost), [after('reject')])).toHaveLength(1)
    expect(differences(rivals(won, won), [after('approve')])).toHaveLength(1)
    expect(differences(rivals({ status: 0 }, { status: 0 }), [after('reject')])).toEqual([])
    expect(differences(rivals({ status: 0 }, { status: 0 }), [after('approve', 'reject')])).toHaveLength(1)
  })

  test('answers that nobody may get', () => {
    expect(heard({ status: 503, retryAfter: '5' }, { status: 0 }, taken)).toEqual([])
    expect(heard({ status: 503 })).toHaveLength(1)
    expect(heard({ status: 500, code: 'internal' })).toHaveLength(1)
    expect(heard({ status: 404, code: 'article_not_found' })).toHaveLength(1)
  })
})
