import { findHandles } from '../../src/screening/handles.ts'

function found(text: string) {
  return findHandles(text).map(({ start, end }) => text.slice(start, end))
}

describe('a link to an account is found', () => {
  test.each([
    'http://t.me/fast2024',
    'https://telegram.me/fast2024',
    'api.whatsapp.com/send?phone=85291234567',
    'chat.whatsapp.com/AbC123',
    'line.me/ti/p/~jane',
    'lin.ee/abc123',
    'm.me/jane.doe',
    'u.wechat.com/AbC-12',
    'T.ME/FAST2024',
    't.me/+AbC_123%20=',
  ])('%s', (link) => {
    expect(found(`join ${link} now`)).toEqual([link])
  })

  test.each(['start.me/fast2024', 'x-t.me/fast2024', 'foo.t.me/fast2024', 'txme/fast', 't.me/a', 'm.me/'])(
    'but not in %s',
    (text) => {
      expect(found(text)).toEqual([])
    },
  )
})

describe('an account is found behind', () => {
  test.each([
    ['a colon without a space', 'tg:jane_doe', 'jane_doe'],
    ['an equals sign', 'tg=jane_doe', 'jane_doe'],
    ['a full-width colon', 'tg：jane_doe', 'jane_doe'],
    ['several words and signs', 'Telegram account is: jane99', 'jane99'],
    ['a name in two words', 'whats app id jane99', 'jane99'],
    ['a name in one', 'wechat id jane99', 'jane99'],
    ['a name that is short for another', 'insta id jane99', 'jane99'],
    ['a messenger and an @', 'discord @jane', '@jane'],
    ['a request before the messenger', 'please add my telegram jane99', 'jane99'],
    ['a request in Vietnamese', 'nhắn telegram jane99', 'jane99'],
    ['a request in Chinese', '联系 telegram jane99', 'jane99'],
    ['a messenger in Korean', '텔레그램 jane99', 'jane99'],
    ['a messenger in Chinese', '加微信jane99', 'jane99'],
    ['a short word for one, where it is added', '加wx jane99', 'jane99'],
    ['one letter for it', '加v：jane99', 'jane99'],
    ['QQ in Chinese, with digits', '扣扣 987654321', '987654321'],
  ])('%s: %s', (_what, text, handle) => {
    expect(found(text)).toEqual([handle])
  })

  test.each([
    ['without the dots behind it', 'LINE ID: jane1234...', 'jane1234'],
    ['without the hyphens behind it', 'LINE ID: jane1234-- please', 'jane1234'],
    ['with those inside', 'LINE ID: jane-12.x4', 'jane-12.x4'],
    ['where only its end is that of a version', '微信 kaios18', 'kaios18'],
    ['where only its beginning is', '微信 ios18fan', 'ios18fan'],
    ['where it begins as the name of another app', 'tg: line_dancer', 'line_dancer'],
  ])('%s: %s', (_what, text, handle) => {
    expect(found(text)).toEqual([handle])
  })
})

describe('no account is found', () => {
  test.each([
    ['behind a request far before it', 'Please add a comma there, dear editor. My telegram jane99 broke'],
    ['in a word with a digit that nobody was asked for', 'Signal room101 was full'],
    ['in a word with an underscore alone, not introduced', 'the telegram group_chat feature'],
    ['in a word without either, introduced', 'telegram name: jane'],
    ['in a version of several parts', '카톡 iOS18.1.2에서'],
    ['in a version with a hyphen', '微信 covid-19'],
    ['in digits elsewhere than at QQ', '微信 987654321'],
    ['in digits that go on', 'QQ 123456789012'],
    ['in few digits', 'QQ 1234'],
    ['in digits that begin with 0', 'QQ 0987654321'],
    ['in three letters', 'tg: a_1'],
    ['inside of a word', 'offline jane_99x, hotline jane_99x'],
    ['behind the beginning of a word', 'lineage: jane_99x'],
    ['in ออนไลน์, online', 'ออนไลน์ jane_99x'],
    ['in 온라인, online', '온라인 jane_99x'],
    ['one letter that nothing is added to', 'v jane_99x'],
    ['more than six words and signs behind', 'tg : : : : : : jane_99x'],
  ])('%s: %s', (_why, text) => {
    expect(found(text)).toEqual([])
  })
})
