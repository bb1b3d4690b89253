import { comparing } from '../../src/comments/comparing.ts'
import { changesIn } from '../../src/desk/deciding/changes.ts'
import { cutText, passage, rulesOf, withCut } from '../../src/desk/deciding/cuts.ts'
import { decisionOf, isBegun, newDraft, proposalOf } from '../../src/desk/deciding/decide.ts'
import { lettered, permitting } from '../../src/desk/deciding/rule-letters.ts'
import { atOnce } from '../../src/http/steps.ts'
import { isOnlyCuts } from '../../src/moderation/removals.ts'
import { aCommentToJudge, aRule } from './support.ts'

describe('the letter of a rule', () => {
  test('is the first free one of its code, and nobody else has it', () => {
    const rules = lettered(['respect', 'topic', 'threats', 'spam', 'sources'].map((code) => aRule({ code })))
    expect(rules.map(({ letter }) => letter)).toEqual(['r', 't', 'h', 's', 'o'])
  })

  test('is the same in every list of the same rules', () => {
    const rules = lettered([
      aRule({ code: 'a', permits: ['reject'] }),
      aRule({ code: 'ab', permits: ['edit'] }),
    ])
    expect(permitting(rules, 'edit').map(({ letter }) => letter)).toEqual(['b'])
  })

  test('is a number where letters run out, and nothing where these do', () => {
    const rules = lettered(Array.from({ length: 40 }, () => aRule({ code: 'xx' })))
    expect(rules[25]?.letter).toBe('z')
    expect(rules[26]?.letter).toBe('0')
    expect(rules[36]?.letter).toBe('')
    expect(new Set(rules.slice(0, 36).map(({ letter }) => letter)).size).toBe(36)
  })
})

describe('cuts', () => {
  const text = 'One two 👨‍👩‍👧 three.'

  test('take whole characters, whichever way something was selected', () => {
    expect(passage(text, 4, 4)).toBeUndefined()
    expect(passage(text, 4, 7)).toEqual({ start: 4, end: 7 })
    expect(passage(text, 7, 4)).toEqual({ start: 4, end: 7 })
    expect(passage(text, 10, 11)).toEqual({ start: 8, end: 16 })
  })

  test('that touch become one, under the newer rule', () => {
    const first = withCut([], { start: 0, end: 3, rule: 'a' })
    const second = withCut(first, { start: 8, end: 16, rule: 'b' })
    expect(cutText(text, second)).toBe('[…] two […] three.')
    expect(rulesOf(second)).toEqual(['a', 'b'])
    const joined = withCut(second, { start: 3, end: 9, rule: 'c' })
    expect(joined).toEqual([{ start: 0, end: 16, rule: 'c' }])
  })

  test('are what the service takes for cuts', () => {
    for (let start = 0; start < text.length; start += 1) {
      for (let end = start + 1; end <= text.length; end += 1) {
        const place = passage(text, start, end)
        const cut = cutText(text, place ? withCut([], { ...place, rule: 'a' }) : [])
        expect({ start, end, is: isOnlyCuts(text, cut) }).toEqual({ start, end, is: true })
      }
    }
  })
})

test('the changes of an edit are told in few characters, a replacement as one', () => {
  const difference = atOnce(comparing('You fool, go home now.', 'You […], go now and rest.'))
  expect(changesIn(difference).map(({ said }) => said)).toEqual([
    '“fool” → “[…]”',
    '“home” → ∅',
    '∅ → “and rest”',
  ])
})

describe('what a draft asks for', () => {
  const rules = lettered([aRule({ code: 'spam' }), aRule({ code: 'hatred', needsSecond: true })])
  const comment = aCommentToJudge()
  const draft = (form: Parameters<typeof newDraft>[1]) => newDraft(comment, form)

  test('is nothing without a rule, and nothing is kept of what nobody wrote', () => {
    expect(decisionOf(draft('reject'), comment, rules)).toBeUndefined()
    expect(decisionOf({ ...draft('edit'), text: 'Other' }, comment, rules)).toBeUndefined()
    expect(decisionOf({ ...draft('edit'), rules: ['spam'] }, comment, rules)).toBeUndefined()
    expect(decisionOf({ ...draft('return'), rules: ['spam'] }, comment, rules)).toBeUndefined()
    expect(decisionOf({ ...draft('note'), note: 'Hm.' }, comment, rules)).toBeUndefined()
    expect(isBegun(draft('edit'), comment)).toBe(false)
    expect(isBegun({ ...draft('edit'), reason: 'x' }, comment)).toBe(true)
  })

  test('is to reject, to return, to edit', () => {
    expect(decisionOf({ ...draft('reject'), rules: ['spam'], note: ' ' }, comment, rules)).toEqual({
      action: 'reject',
      rules: ['spam'],
    })
    expect(decisionOf({ ...draft('return'), rules: ['spam'], reason: 'Why.' }, comment, rules)).toEqual({
      action: 'return',
      rules: ['spam'],
      reason: 'Why.',
    })
    const edit = { ...draft('edit'), text: 'Other', name: '', rules: ['spam', 'spam', ''] }
    expect(decisionOf(edit, comment, rules)).toEqual({
      action: 'edit',
      text: 'Other',
      name: null,
      rules: ['spam'],
    })
    expect(proposalOf(edit, comment, rules)).toMatchObject({ action: 'escalate', proposal: 'edit' })
  })

  test('is to cut, under the rule of each cut', () => {
    const cuts = [{ start: 0, end: 3, rule: 'spam' }]
    expect(decisionOf({ ...draft('cut'), cuts }, comment, rules)).toEqual({
      action: 'edit',
      text: '[…] is there an evening boat?',
      rules: ['spam'],
    })
  })

  test('is a proposal under a rule that needs two people, until the second one decides', () => {
    const asked = { ...draft('reject'), rules: ['hatred'] }
    expect(decisionOf(asked, comment, rules)).toMatchObject({ action: 'escalate', proposal: 'reject' })
    const second = aCommentToJudge({ status: 'second_review' })
    expect(decisionOf(asked, second, rules)).toMatchObject({ action: 'reject' })
  })

  test('is to pass on, with what one would do', () => {
    expect(decisionOf(draft('escalate'), comment, rules)).toMatchObject({ proposal: 'approve' })
    expect(decisionOf({ ...draft('escalate'), rules: ['spam'] }, comment, rules)).toMatchObject({
      action: 'escalate',
      proposal: 'reject',
    })
  })

  test('takes down what is published', () => {
    const shown = aCommentToJudge({ status: 'published' })
    expect(decisionOf({ ...draft('reject'), rules: ['spam'] }, shown, rules)).toMatchObject({
      action: 'unpublish',
    })
  })

  test('begins with what somebody proposed', () => {
    const cited = [{ code: 'spam', title: 'Spam' }]
    const at = '2026-11-24T00:00:00.000Z'
    const proposed = aCommentToJudge({
      status: 'second_review',
      last: { action: 'escalate', by: 'Robin', at, rules: cited, proposal: 'reject' },
    })
    expect(newDraft(proposed, 'reject').rules).toEqual(['spam'])
    expect(newDraft(proposed, 'edit').rules).toEqual([])
  })
})
