import * as fc from 'fast-check'
import { findContactDetails } from '../../src/screening/contact-details.ts'
import { contactDetails } from './sets/contact-details.ts'

function found(text: string) {
  return findContactDetails(text).map(({ kind, start, end }) => [kind, text.slice(start, end)])
}

describe('a phone number is found', () => {
  test.each([
    ['international', 'ring +44 20 7946 0958 now', '+44 20 7946 0958'],
    ['international with 00', '0044 20 7946 0958', '0044 20 7946 0958'],
    ['international with 00, each digit apart', '0-0-4-4-2-0-7-9-4-6-0-9-5-8', '0-0-4-4-2-0-7-9-4-6-0-9-5-8'],
    ['with an area in brackets', '(202) 555-0143', '(202) 555-0143'],
    ['in brackets itself', 'Ann (0912345678)', '0912345678'],
    ['in brackets, international', 'Ann (+44 20 7946 0958)', '+44 20 7946 0958'],
    ['with a plus in brackets', '+(44) 20 7946 0958', '+(44) 20 7946 0958'],
    ['after a bracket that was left open', '+(44 20 7946 0958', '+(44 20 7946 0958'],
    ['in Burmese digits', 'ဖုန်း ၀၉ ၇၇၁ ၂၃၄ ၅၆၇', '၀၉ ၇၇၁ ၂၃၄ ၅၆၇'],
    ['in Tibetan digits', 'ཁ་པར་ ༡༣༩༠༨༩༡༢༣༤༥', '༡༣༩༠༨༩༡༢༣༤༥'],
    [
      'in full-width digits',
      '０９１２ー３４５６７８ or ０９１２－３４５－６７８',
      '０９１２－３４５－６７８',
    ],
    ['in mathematical digits', '𝟎𝟗𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖', '𝟎𝟗𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖'],
    ['in keycaps', '0️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣', '0️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣'],
    ['in Chinese numerals', '一三八零零一三八零零零', '一三八零零一三八零零零'],
    ['in financial numerals', '壹叁捌〇〇壹叁捌〇〇〇', '壹叁捌〇〇壹叁捌〇〇〇'],
    ['each digit apart', '0.7.7.0.0.9.0.0.1.2.3', '0.7.7.0.0.9.0.0.1.2.3'],
    ['with invisible characters inside', '0912\u200B345\u200B678', '0912\u200B345\u200B678'],
    ['behind a word for phones', 'hotline 1900 1234', '1900 1234'],
    ['behind such a word and a full stop', 'Tel. 2345678', '2345678'],
    ['glued to such a word', 'tel0912345678', '0912345678'],
    ['before a messenger', '8613800138000 (WhatsApp)', '8613800138000'],
    ['that counts up but for one', '0123456780', '0123456780'],
    ['that counts down in a piece', '0987654321', '0987654321'],
    ['of France, in pairs', '06 39 98 12 34', '06 39 98 12 34'],
    ['of Hong Kong', '9123 4567', '9123 4567'],
    ['of Hong Kong, with a hyphen', '9123-4567', '9123-4567'],
  ])('%s: %s', (_how, text, number) => {
    expect(found(text)).toEqual([['phone', number]])
  })

  test.each([
    ['two with a slash', '0912345678/0987654321', ['0912345678', '0987654321']],
    ['two in groups', '0912 345 678 - 0987 654 321', ['0912 345 678', '0987 654 321']],
    ['one behind a date', '15/01/2024 0912345678', ['0912345678']],
    ['one before a date', '0912345678 2024-01-15', ['0912345678']],
    ['one before a small number', '0912345678 5 people', ['0912345678']],
  ])('apart from the next: %s', (_how, text, numbers) => {
    expect(found(text)).toEqual(numbers.map((number) => ['phone', number]))
  })
})

describe('no phone number is', () => {
  test.each([
    ['a year, or a span of years', 'In 1997, 2003 and 2019-2024, 1592-1598.'],
    ['a span of years beside a word for phones', 'contact 2019-2024'],
    ['a round amount beside a word for phones', 'my phone cost 1 200 000'],
    ['a date', '2024-01-15, 15.01.2024, 01/02/2024 5'],
    ['a date without separators', '2024011512 is its name'],
    ['what only seems a date', '45-67-2024 99'],
    ['an amount', '$1234567890, 1234567890원, VND 2025550143, 2025550143 views'],
    ['a number in thousands', '1 234 567 890 and 1.234.567.890'],
    ['a round number', '8000000000 of us'],
    ['two round numbers', '3500-4200 or 5000 6000'],
    ['a range', '2345-2399 of them'],
    ['a decimal', '3.14159265358979, 0.0123456789, 0,123456789'],
    ['a percentage', '9876543210%'],
    ['counting', '0123456789, 01234567890, 9 8 7 6 5 4 3 2 1 0'],
    ['the same digit', '0000000000, 9999999999'],
    ['scores', '0-0 2-1 3-3 1-1 2-2, 6-4 3-6 7-6 6-7 6-4'],
    ['pairs that were drawn', '05 12 23 34 45'],
    ['too many groups', '012 34 56 78 90 12'],
    ['a tag or an identifier', '#0912345678, id=0912345678, no_0912345678, №0912345678'],
    ['an ISBN', 'ISBN 0306406152, ISBN-10: 0306406152'],
    ['part of a word', 'A0912345678 and 0912345678B and 0912345678_x'],
    ['part of a longer number', '0912345678,5 or 5:0912345678'],
    ['half of an account with a domain', '0912345678@shop'],
    ['too long', '+123456789012345678, 012345678901234'],
    ['of no country', '+831234567890, 00831234567890, 0010000000000'],
    ['too short', '+49 123, 09 123'],
    ['in a link', 'https://example.com/0912345678 and example.com/a/0912345678'],
    ['in Chinese numerals that count', '一二三四五六七八九'],
    ['of two four-digit groups and a rest', '9123 4567 8912 34'],
  ])('%s: %s', (_what, text) => {
    expect(found(text)).toEqual([])
  })
})

describe('a mail address is found', () => {
  test.each([
    ['plain', 'write to jane.doe+x@mail.example.co.uk.', 'jane.doe+x@mail.example.co.uk', 'notice'],
    ['between Chinese letters', '发到ann88@example.cn吧', 'ann88@example.cn', 'notice'],
    ['in another script', '用户@例子.公司', '用户@例子.公司', 'notice'],
    ['with full-width signs', 'jane＠example．com', 'jane＠example．com', 'notice'],
    ['with signs in brackets', 'jane [at] example (dot) com', 'jane [at] example (dot) com', 'info'],
    ['with a sign in brackets', 'jane(@)example.com', 'jane(@)example.com', 'info'],
    ['with words', 'jane at example dot com', 'jane at example dot com', 'info'],
    ['with a word, at a known provider', 'jane AT gmail.com', 'jane AT gmail.com', 'info'],
    ['with spaces', 'jane @ example . com', 'jane @ example . com', 'info'],
    ['with a space, at a known provider', 'jane @gmail.com', 'jane @gmail.com', 'info'],
    ['with a Korean word', 'kim 골뱅이 naver.com', 'kim 골뱅이 naver.com', 'info'],
  ])('%s: %s', (_how, text, address, severity) => {
    const [detail] = findContactDetails(text)
    expect(found(text)).toEqual([['email', address]])
    expect(detail?.severity).toBe(severity)
  })

  test.each([
    '@john, thanks',
    'look at example.com',
    '5 @ $3.00',
    'a@b',
    '@example.com',
    '...@',
    'me at home dot',
  ])('but not in %s', (text) => {
    expect(found(text)).toEqual([])
  })
})

describe('a handle of a messenger is found', () => {
  test.each([
    ['as a link', 'join https://t.me/fast2024 now', 'https://t.me/fast2024'],
    ['as a link without a scheme', 'wa.me/85291234567', 'wa.me/85291234567'],
    ['with an @', 'telegram @jane', '@jane'],
    ['with a colon', 'LINE ID: jane1234.', 'jane1234'],
    ['with an underscore alone', 'tg: jane_doe', 'jane_doe'],
    ['behind an app in another script', '微信 abc12345', 'abc12345'],
    ['behind a word for adding', 'add me: my telegram jane99', 'jane99'],
    ['in the end', 'skype live:jane.doe_5', 'live:jane.doe_5'],
    ['of digits, at QQ', '加QQ群 987654321', '987654321'],
  ])('%s: %s', (_how, text, handle) => {
    expect(found(text)).toEqual([['handle', handle]])
  })

  const others = [
    'Telegram 10.5.0|WhatsApp covid19 rumours|the LINE update|Signal: better|wechat 12345678 views',
    'telegram channel was closed|QQ音乐|example.com/t.me/',
  ]
  test.each(others.flatMap((texts) => texts.split('|')))('but not in %s', (text) => {
    expect(found(text)).toEqual([])
  })
})

describe('an address in a town is found, as low advice', () => {
  test.each([
    ['at 221B Baker St. today', '221B Baker St.'],
    ['an der Hauptstraße 12a', 'Hauptstraße 12a'],
    ['au 12 bis, rue de la Paix', '12 bis, rue de la Paix'],
    ['住在彌敦道123號', '彌敦道123號'],
    ['마포구 월드컵로 12길 34', '월드컵로 12길 34'],
    ['nhà số 12/3 đường Lê Lợi', 'số 12/3 đường Lê Lợi'],
    ['အမှတ် ၁၂၊ ဗိုလ်ချုပ်လမ်း', 'အမှတ် ၁၂၊ ဗိုလ်ချုပ်လမ်း'],
    ['ផ្ទះលេខ 12 ផ្លូវ 271', 'ផ្ទះលេខ 12 ផ្លូវ 271'],
  ])('%s', (text, address) => {
    expect(findContactDetails(text)).toMatchObject([{ kind: 'address', severity: 'info' }])
    expect(found(text)).toEqual([['address', address]])
  })

  const others = [
    'I live on Main Street|5 Street musicians|all 12 High Street banks|In 2011 Tahrir Square was full',
    'ngày 12 đường Lê Lợi|10/12 năm 2019 đường Lê Lợi|서울로 7017',
    '這條路有123個洞|他知道8號|這條街15號|國道1號|中山路8號風球|中山路8号线|彌敦道15號才',
  ]
  test.each(others.flatMap((texts) => texts.split('|')))('but not in %s', (text) => {
    expect(found(text)).toEqual([])
  })
})

test.each(['0912 345 678', 'telegram @jane', 'jane@example.com'])(
  'what is sure is no low advice: %s',
  (text) => {
    expect(findContactDetails(text)).toMatchObject([{ severity: 'notice' }])
  },
)

describe('of details that overlap', () => {
  test.each([
    ['a mail address goes before a phone number', '0912345678@example.com', 'email'],
    ['a mail address goes before the link around it', 'http://jane@example.com/', 'email'],
    ['a mail address goes before a handle', 'telegram @x @example.com', undefined],
    ['a handle goes before a phone number', 'zalo.me/0912345678', 'handle'],
    ['a handle goes before the link that it is', 't.me/jane', 'handle'],
    ['a handle of digits goes before the number that it could be', 'QQ 13912345678', 'handle'],
    ['a mail address goes before a handle that begins before it', 'tg: @jane@example.com', 'email'],
    ['a phone number goes before the house that its end could be', '0912 345 678 Baker Street', 'phone'],
  ])('%s: %s', (_rule, text, kind) => {
    expect(found(text).map(([of]) => of)).toEqual(kind === undefined ? [] : [kind])
  })

  test('those that touch do not', () => {
    expect(found('jane@example.com彌敦道123號')).toEqual([
      ['email', 'jane@example.com'],
      ['address', '彌敦道123號'],
    ])
  })

  test('those before them stay', () => {
    expect(found('ann@example.com tg: @jane@example.com, 0912 345 678 Baker Street')).toEqual([
      ['email', 'ann@example.com'],
      ['email', 'jane@example.com'],
      ['phone', '0912 345 678'],
    ])
  })

  test('a later one that was found first replaces the earlier', () => {
    expect(found('12 Aaa Street 0912345678')).toEqual([
      ['address', '12 Aaa Street'],
      ['phone', '0912345678'],
    ])
  })
})

describe('for any text', () => {
  const scraps = contactDetails.flatMap((text) => text.split(/(?<=[ @.:|{}/-])/))
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(fc.constantFrom(...scraps), { maxLength: 80 }).map((parts) => parts.join('')),
  )

  test('details lie in it, in order and apart', () => {
    fc.assert(
      fc.property(anything, (text) => {
        let last = 0
        for (const { start, end } of findContactDetails(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 2000 },
    )
  })

  const digits = [
    '1',
    '0',
    '1 ',
    '09',
    '1-',
    '1.',
    '1 . ',
    '0 - ',
    '0 / ',
    '0912345678 ',
    '+84 ',
    '(0',
    '2024-01-15 ',
    '𝟎',
    '一',
    '1\u200B',
  ]
  const mail = ['@', 'a@', 'a@a.', 'a at ', '[at]', 'x at y dot ', 'a @ b . ']
  const handles = ['telegram ', 'id ', 'line : id ', 'qq1', '加', 't.me/', 'https://t.me/aa ']
  const streets = [
    '1 Aaaa ',
    'Aaaa',
    '路',
    '中路1',
    '시 가나로 ',
    'အမှတ် ၁',
    'က',
    '1/',
    '12 rue de ',
    'số 1 đường A',
  ]
  test.each([...digits, ...mail, ...handles, ...streets])(
    'no text is too long or too strange: %j',
    (scrap) => {
      const text = scrap.repeat(Math.ceil(200_000 / scrap.length))
      expect(() => findContactDetails(text)).not.toThrow()
    },
  )
})
