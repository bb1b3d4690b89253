import { problems } from '../../src/http/problem-list.ts'
import type { ProblemCode } from '../../src/http/problems.ts'
import { pageLanguages } from '../../src/pages/languages.ts'
import { told } from '../../src/pages/told.ts'
import { voiceIn } from '../../src/pages/voice.ts'

const isCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code)
const other = voiceIn('en').say('problem.other')

/** What a reader can meet on the pages, by way of a form, an address or the service's own state. */
const met: ProblemCode[] = [
  'text_empty',
  'text_too_long',
  'text_too_large',
  'name_too_long',
  'replies_too_deep',
  'parent_not_published',
  'article_closed',
  'article_moved',
  'receipt_unknown',
  'not_returned',
  'nothing_to_appeal',
  'appeal_too_late',
  'already_appealed',
  'idempotency_key_reused',
  'still_running',
  'too_many_requests',
  'too_many_articles',
  'body_too_large',
  'invalid_cursor',
  'not_found',
  'site_not_found',
  'article_not_found',
  'comment_not_found',
  'terms_not_found',
  'unavailable',
  'internal',
]

describe('a problem as readers are told it', () => {
  test.each(met)('says more of %s than that it did not work', (code) => {
    expect(told(voiceIn('en'), code).what).not.toBe(other)
  })

  test('is a sentence in every language, for each problem that there is', () => {
    for (const language of pageLanguages) {
      const voice = voiceIn(language)
      for (const code of Object.keys(problems).filter(isCode)) {
        const { what, mend } = told(voice, code)
        expect([code, `${what}${mend ?? ''}`]).toEqual([code, expect.stringMatching(/\p{L}{2}/u)])
        expect([code, `${what}${mend ?? ''}`]).toEqual([code, expect.not.stringMatching(/[{}]|undefined/)])
      }
    }
  })

  test('names the limit that holds there', () => {
    const limits = { textGraphemes: 1_000, textBytes: 2_000, nameGraphemes: 1 }
    expect(told(voiceIn('en'), 'text_too_long', limits).what).toContain('at most 1,000 characters')
    expect(told(voiceIn('en'), 'name_too_long', limits).what).toContain('at most 1 character.')
  })

  test('tells nobody of what only moderators and programs meet', () => {
    expect(told(voiceIn('en'), 'claimed')).toEqual({ what: other, mend: null })
    expect(told(voiceIn('en'), 'person_not_found')).toEqual({ what: other, mend: null })
  })
})
