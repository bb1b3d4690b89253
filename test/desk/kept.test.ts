import { isPlace, isWithin, linkTo, placeIn } from '../../src/desk/frame/place.ts'
import { preferencesIn, preferencesText } from '../../src/desk/frame/preferences.ts'
import { draftsOn } from '../../src/desk/queue/drafts.ts'
import { aCommentToJudge, aShelf } from './support.ts'

describe('drafts', () => {
  const draft = {
    version: 2,
    form: 'edit' as const,
    text: 'Other words.',
    name: null,
    reason: 'Why.',
    note: '',
    rules: ['spam'],
    cuts: [{ start: 0, end: 3, rule: 'spam' }],
  }

  test('are kept as they were written, and are gone when they are erased', () => {
    const drafts = draftsOn(aShelf())
    drafts.write('a', draft)
    drafts.write('b', draft)
    expect(drafts.read('a')).toEqual(draft)
    drafts.erase('a')
    expect(drafts.read('a')).toBeUndefined()
    drafts.eraseAll()
    expect(drafts.read('b')).toBeUndefined()
  })

  test('leave alone what is not theirs', () => {
    const shelf = aShelf()
    shelf.setItem('other', 'stays')
    const drafts = draftsOn(shelf)
    for (const id of ['a', 'b', 'c']) drafts.write(id, draft)
    drafts.eraseAll()
    expect(shelf.length).toBe(1)
  })

  test('that cannot be kept or read are none', () => {
    const drafts = draftsOn(aShelf(10))
    drafts.write('a', draft)
    expect(drafts.read('a')).toBeUndefined()
    const shelf = aShelf()
    for (const broken of ['{', '7', '{"version":"1"}', '{"version":1,"form":"other"}']) {
      shelf.setItem('postbag.desk.draft.a', broken)
      expect(draftsOn(shelf).read('a')).toBeUndefined()
    }
  })
})

describe('a place at the desk', () => {
  test.each([
    '#/queue',
    '#/queue?site=demo&language=my&signal=links',
    '#/comment/00000000-0000-4000-8000-000000000001',
    '#/search?q=caf%C3%A9+%26+more&status=rejected',
  ])('is its link: %s', (link) => {
    expect(linkTo(placeIn(link))).toBe(link)
  })

  test.each(['', '#', '#/', '#/nowhere', '#/comment/%E0%A4%A', '#x'])(
    'is somewhere for anything: %s',
    (hash) => {
      expect(['queue', 'comment']).toContain(placeIn(hash).area)
    },
  )

  test('takes no signal or state that there is not', () => {
    expect(placeIn('#/list?signal=none&status=none').filter).toEqual({})
  })

  test('is not the code of a sign-in link', () => {
    expect(isPlace('#/queue')).toBe(true)
    expect(isPlace('')).toBe(true)
    expect(isPlace('#1e-MALxP83eQ9lXvi1JbpAhKxSHciYKVU29WVzAhcSE')).toBe(false)
  })

  test('has the comments that were asked for', () => {
    const signals = [{ code: 'links' as const, severity: 'info' as const, message: 'm', ranges: [] }]
    const comment = aCommentToJudge({ language: 'zh-Hant', signals })
    expect(isWithin({}, comment)).toBe(true)
    expect(isWithin({ site: 'demo', language: 'zh', signal: 'links' }, comment)).toBe(true)
    expect(isWithin({ site: 'other' }, comment)).toBe(false)
    expect(isWithin({ language: 'en' }, comment)).toBe(false)
    expect(isWithin({ signal: 'repeat' }, comment)).toBe(false)
  })
})

describe('preferences', () => {
  test('are read as they were written', () => {
    const usual = preferencesIn(null)
    const mine = {
      ...usual,
      keysOn: false,
      collapse: false,
      limit: 20,
      direction: 'rtl' as const,
      size: 'huge' as const,
    }
    expect(preferencesIn(preferencesText(mine))).toEqual(mine)
  })

  test('are as usual for whatever cannot be read', () => {
    const usual = preferencesIn(null)
    for (const broken of ['', '[]', '{"limit":-3,"size":"tiny","direction":7}']) {
      expect(preferencesIn(broken)).toEqual(usual)
    }
  })
})
