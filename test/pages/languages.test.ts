import { languageOfTag, pageLanguage, pageLanguages } from '../../src/pages/languages.ts'

describe('the language of a page', () => {
  test.each([
    ['en-US', 'en'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['cmn', 'zh-Hans'],
    ['zh-TW', 'zh-Hant'],
    ['zh-Hant', 'zh-Hant'],
    ['zh-HK', 'yue'],
    ['zh-MO', 'yue'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['yue', 'yue'],
    ['yue-Hant-HK', 'yue'],
    ['yue-Hans', 'yue'],
    ['MY-mm', 'my'],
    ['ko-KP', 'ko'],
    ['ug-Arab', 'ug'],
    ['bo-IN', 'bo'],
  ])('%s is %s', (tag, language) => {
    expect(languageOfTag(tag)).toBe(language)
  })

  test.each(['ug-Latn', 'ug-Cyrl', 'fr', 'dz', 'th', 'shn', '', 'not a tag', '-', 'x'.repeat(100)])(
    '%j is none of ours',
    (tag) => {
      expect(languageOfTag(tag)).toBeUndefined()
    },
  )

  test('is that of the first tag that has one, else English', () => {
    expect(pageLanguage('fr', null, undefined, 'vi', 'ko')).toBe('vi')
    expect(pageLanguage('fr')).toBe('en')
    expect(pageLanguage()).toBe('en')
  })

  test('is one of eleven, each the language of its own tag', () => {
    expect(pageLanguages).toHaveLength(11)
    expect(pageLanguages.map((language) => languageOfTag(language))).toEqual(pageLanguages)
  })
})
