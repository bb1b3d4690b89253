import { findMailAddresses } from '../../src/screening/mail-addresses.ts'

function found(text: string) {
  return findMailAddresses(text).map(({ start, end }) => text.slice(start, end))
}

describe('an address is found', () => {
  test.each([
    ['of one letter, where the text begins', 'a@example.com is mine', 'a@example.com'],
    ['of one letter, behind Chinese', '发到a@example.org吧', 'a@example.org'],
    ['with a sign inside', '发到a+b%c.d-e_f@example.org吧', 'a+b%c.d-e_f@example.org'],
    ['without the sign before it', '发到.ann@example.org吧', 'ann@example.org'],
    ['behind words in its own script', '写信 用户@例子.公司', '用户@例子.公司'],
    ['with digits in another script', '写信 用9户@例子9.公司 9', '用9户@例子9.公司'],
    ['with marks', 'लिखें संपर्क@उदाहरण.भारत', 'संपर्क@उदाहरण.भारत'],
    ['that begins with digits of another script', 'लिखें १२३@उदाहरण.भारत', '१२३@उदाहरण.भारत'],
    ['with a domain in three parts', '用户@邮.例子.公司 好', '用户@邮.例子.公司'],
    ['with a full stop of its own script', '用户@例子。公司', '用户@例子。公司'],
    ['with a domain in nine parts', 'a@b.c.d.e.f.g.h.i.com', 'a@b.c.d.e.f.g.h.i.com'],
    ['without the full stop behind it', 'to ann@example.org. Thanks', 'ann@example.org'],
  ])('%s: %s', (_how, text, address) => {
    expect(found(text)).toEqual([address])
    expect(findMailAddresses(text)).toMatchObject([{ disguised: false }])
  })

  test.each([
    ['with a space before it, at a provider', 'jane @mail.ru now', 'jane @mail.ru'],
    ['with spaces in the brackets', 'jane [ at ] example.com now', 'jane [ at ] example.com'],
    ['with braces', 'jane{at}example{dot}com', 'jane{at}example{dot}com'],
    ['with both signs in brackets', 'jane (@) example (.) com now', 'jane (@) example (.) com'],
    [
      'with a bracket and three parts',
      'jane (at) mail.example (dot) com now',
      'jane (at) mail.example (dot) com',
    ],
    ['with spaces around both signs', 'jane @ example . com now', 'jane @ example . com'],
    ['with a space before them', 'jane @ example .com now', 'jane @ example .com'],
    ['with a bracket and a word', 'jane (at) example dot com now', 'jane (at) example dot com'],
    [
      'in words, in four parts',
      'jane at mail dot example dot co dot uk now',
      'jane at mail dot example dot co dot uk',
    ],
    ['in words, at a provider', 'jane at mail.ru now', 'jane at mail.ru'],
    ['in words, at another', 'jane at googlemail.com now', 'jane at googlemail.com'],
    ['in words, at a third', 'jane at proton.me now', 'jane at proton.me'],
    ['in words, at a fourth', 'jane at protonmail.com, now', 'jane at protonmail.com'],
    ['in words, with figures', 'jane at 163.com now', 'jane at 163.com'],
    ['in Cantonese', 'jane 圈a gmail.com', 'jane 圈a gmail.com'],
    ['in Mandarin', 'jane 艾特 qq.com', 'jane 艾特 qq.com'],
  ])('that is disguised %s: %s', (_how, text, address) => {
    expect(found(text)).toEqual([address])
    expect(findMailAddresses(text)).toMatchObject([{ disguised: true }])
  })
})

describe('no address is', () => {
  test.each([
    ['a sign with a page further on', 'jane@home, see example.com'],
    ['a sign with a page in another script further on', 'ann@家 例子.公司'],
    ['a sign in brackets with a page further on', 'jane (at) home, or example.com'],
    ['a word with a page further on', 'jane at the shop, example dot com'],
    ['a word with a provider further on', 'jane at work, gmail.com is down'],
    ['a word and a page of somebody else', 'look at example.com'],
    ['a word and a provider that goes on', 'jane at gmail.commerce'],
    ['a word and an ending that is a word too', 'be at example dot so what'],
    ['a word and an ending that goes on', 'be at example dot commerce'],
    ['a sign behind nothing', '... @example.com'],
    ['a sign in a sentence', 'we met @ noon. Then we left'],
  ])('%s: %s', (_what, text) => {
    expect(found(text)).toEqual([])
  })
})
