import { pageLanguages } from '../../src/pages/languages.ts'
import { inLanguage, voiceIn } from '../../src/pages/voice.ts'

const moment = '2026-11-24T15:00:00.000Z'

describe('a voice', () => {
  test('fills what is only text, and what is more', () => {
    const voice = voiceIn('en')
    expect(voice.say('form.textHint', { most: 5_000 })).toBe('At most 5,000 characters.')
    expect(voice.say('form.textHint', { most: 1 })).toBe('At most 1 character.')
    const pieces = voice.compose<{ bold: unknown }>('form.answering', { link: (bold) => ({ bold }) })
    expect(pieces).toEqual(['You answer ', { bold: ['this comment'] }, '.'])
  })

  test.each([
    ['en', '24 November 2026, 15:00 UTC', 'Comments (1,234)'],
    ['my', '၂၀၂၆ နိုဝင်ဘာ ၂၄၊ ၁၅:၀၀ UTC', 'မှတ်ချက်များ (၁,၂၃၄)'],
    ['bo', 'སྤྱི་ལོ་2026 ཟླ་བ་བཅུ་གཅིག་པའི་ཚེས་24 15:00 UTC', 'བསམ་འཆར། (1,234)'],
    ['km', '24 វិច្ឆិកា 2026 ម៉ោង 15:00 UTC', 'មតិ (1,234)'],
    ['ko', '2026년 11월 24일 15:00 UTC', '댓글(1,234)'],
    ['lo', '24 ພະຈິກ 2026 ເວລາ 15:00 UTC', 'ຄຳເຫັນ (1.234)'],
    ['ug', '24-نويابىر، 2026، 15:00 UTC', 'ئىنكاسلار (1,234)'],
    ['vi', '15:00 UTC, 24 tháng 11, 2026', 'Bình luận (1.234)'],
    ['yue', '2026年11月24日 15:00 UTC', '留言（1,234）'],
    ['zh-Hans', '2026年11月24日 15:00 UTC', '评论（1,234）'],
    ['zh-Hant', '2026年11月24日 15:00 UTC', '留言（1,234）'],
  ] as const)('tells times and counts in %s as it is done there', (language, time, title) => {
    const voice = voiceIn(language)
    expect(voice.moment(moment, 'hour')).toBe(time)
    expect(voice.say('list.title', { count: 1_234 })).toBe(title)
  })

  test('shows no more of a time than the site lets leave', () => {
    for (const language of pageLanguages) {
      const voice = voiceIn(language)
      expect(voice.moment(moment, 'day')).toBe(voice.day(moment))
      expect(voice.day(moment)).not.toMatch(/15|၁၅|UTC/)
      expect(voice.moment(moment, 'minute')).toContain('UTC')
    }
  })

  test('is from right to left in Uyghur alone', () => {
    expect(pageLanguages.filter((language) => voiceIn(language).direction === 'rtl')).toEqual(['ug'])
  })

  test('says a publisher’s own texts, and the standard one where it cannot', () => {
    const own = {
      'list.empty': 'Be the first.',
      'list.title': '{count, number} of {readers}',
      'form.textHint': 'At most {most',
      constructor: 'no text',
    }
    const voice = voiceIn('en', own)
    expect(voice.say('list.empty')).toBe('Be the first.')
    expect(voice.say('list.title', { count: 2 })).toBe('Comments (2)')
    expect(voice.say('form.textHint', { most: 2 })).toBe('At most 2 characters.')
    expect(voice.say('list.older')).toBe('Older comments')
  })

  test('keeps the language in links where a reader chose it, before the fragment', () => {
    expect(voiceIn('ko').link('/a#b', { reply: '1', cursor: undefined })).toBe('/a?reply=1#b')
    expect(voiceIn('ko', {}, true).link('/a#b', { reply: '1' })).toBe('/a?reply=1&lang=ko#b')
    expect(voiceIn('zh-Hant', {}, true).link('/a')).toBe('/a?lang=zh-Hant')
    expect(inLanguage('/a', undefined)).toBe('/a')
    expect(inLanguage('/a', 'my')).toBe('/a?lang=my')
  })
})
