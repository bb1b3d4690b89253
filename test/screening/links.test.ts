import { findLinks } from '../../src/screening/links.ts'

function found(text: string) {
  return findLinks(text).map(({ start, end }) => text.slice(start, end))
}

describe('a link is found', () => {
  test.each([
    ['with its scheme', 'see https://example.com/a?b=1 now', 'https://example.com/a?b=1'],
    ['with www', 'go to www.example.museum', 'www.example.museum'],
    ['bare', 'buy at cheap-pills.shop...', 'cheap-pills.shop'],
    ['bare, in capitals', 'CASINO.COM pays', 'CASINO.COM'],
    ['under a country', 'read bbc.co.uk', 'bbc.co.uk'],
    ['under any country, with a path', 'join t.me/abc', 't.me'],
    ['with a label in another script', '例え.com', '.com'],
  ])('%s: %s', (_how, text, link) => {
    expect(found(text)).toEqual([link])
  })
})

test.each([
  'ann@example.com',
  'net.com@example.org',
  'the .com boom',
  'Yes.Shop there',
  'so...what',
  'えa..com',
  'foo.bar.ke',
  'co.ke',
  '',
])('no link is in %j', (text) => {
  expect(found(text)).toEqual([])
})
