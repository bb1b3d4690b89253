import { icuMessage, placeholdersOf } from '../../src/pages/icu.ts'
import { languages, pageLanguages } from '../../src/pages/languages.ts'
import type { MessageKey } from '../../src/pages/messages/message-file.ts'
import { sampleCounts, samplesFor } from '../../src/pages/own-texts.ts'
import { isMessageKey } from '../../src/pages/told.ts'
import { zawgyiProbability, zawgyiSuspected } from '../../src/screening/zawgyi.ts'
import { standardNotice } from '../../src/sites/site.ts'

const keys = Object.keys(languages.en.messages).filter(isMessageKey)

describe.each(pageLanguages)('the texts in %s', (language) => {
  const { messages, needsNativeReader } = languages[language]
  const placeholders = (of: typeof language, key: MessageKey) =>
    placeholdersOf(icuMessage(languages[of].messages[key], of))

  test('are all there, and no others', () => {
    expect(Object.keys(messages).toSorted()).toEqual(keys.toSorted())
    expect(keys.filter((key) => messages[key].trim() === '')).toEqual([])
  })

  test('have the placeholders that English has', () => {
    for (const key of keys) {
      expect([key, placeholders(language, key)]).toEqual([key, placeholders('en', key)])
    }
  })

  test('are filled, whatever the number', () => {
    for (const key of keys) {
      const message = icuMessage(messages[key], language)
      for (const count of sampleCounts) {
        const said = message.formatToParts(samplesFor(placeholdersOf(message), count))
        expect(said.map(({ value }) => value).join('')).not.toMatch(/[{}<>#]|undefined/)
      }
    }
  })

  test('name the categories that its plurals have, and no others', () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    for (const key of keys) {
      for (const element of icuMessage(messages[key], language).getAst()) {
        const named = 'options' in element ? Object.keys(element.options) : categories
        expect([key, named.toSorted()]).toEqual([key, categories.toSorted()])
      }
    }
  })

  test('say of themselves whether somebody who grew up with it has read them', () => {
    expect(needsNativeReader).toBe(language !== 'en')
  })
})

test('the notice of pages in English is the one that forms elsewhere get', () => {
  expect(languages.en.messages['form.notice']).toBe(standardNotice)
})

describe('a text in another language than English', () => {
  const others = pageLanguages.filter((language) => language !== 'en')
  const script: Partial<Record<string, RegExp>> = {
    my: /\p{sc=Myanmar}/u,
    bo: /\p{sc=Tibetan}/u,
    km: /\p{sc=Khmer}/u,
    ko: /\p{sc=Hangul}/u,
    lo: /\p{sc=Lao}/u,
    ug: /\p{sc=Arabic}/u,
    yue: /\p{sc=Han}/u,
    'zh-Hans': /\p{sc=Han}/u,
    'zh-Hant': /\p{sc=Han}/u,
  }
  /** what is the same in every language: placeholders, and what ICU and UTC are called */
  const foreign = /\{\w+, (?:plural|number)|\b(?:one|other|UTC|link)\b|<\/?(?:link|del|ins)>|\{\w+\}/g

  test.each(others)('is in its own script and in no other: %s', (language) => {
    const { messages } = languages[language]
    for (const key of keys) {
      const words = messages[key].replaceAll(foreign, '').replace(/^\P{L}+$/u, '')
      const isLatin = language === 'vi'
      expect([key, isLatin ? null : words.match(/[A-Za-z]+/g)]).toEqual([key, null])
      expect([key, words !== '' && words === languages.en.messages[key]]).toEqual([key, false])
      expect([key, words === '' || (script[language] ?? /\p{sc=Latin}/u).test(words)]).toEqual([key, true])
    }
  })

  test('has no private characters, is in NFC, and in Burmese not in Zawgyi', () => {
    for (const text of Object.values(languages.my.messages)) {
      expect([text, zawgyiProbability(text) < zawgyiSuspected]).toEqual([text, true])
    }
    for (const language of others) {
      for (const key of keys) {
        const text = languages[language].messages[key]
        expect([key, /[\p{Co}\uFFFD]/u.test(text), text === text.normalize('NFC')]).toEqual([
          key,
          false,
          true,
        ])
      }
    }
  })

  test('of Chinese is in one kind of characters', () => {
    expect(all('zh-Hans').match(/[評論審員條這發還個們過錯應執閱讀則]/g)).toBeNull()
    expect((all('zh-Hant') + all('yue')).match(/[评论审员条这发还个们过错应执阅读则]/g)).toBeNull()
  })
})

function all(language: 'zh-Hans' | 'zh-Hant' | 'yue'): string {
  return Object.values(languages[language].messages).join('')
}
