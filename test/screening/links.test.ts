import { findLinks } from '../../src/screening/links.ts'

function found(text: string) {
  return findLinks(text).map(({ start, end }) => text.slice(start, end))
}

describe('a link is found', () => {
  test.each([
    ['with its scheme', 'see https://example.com/a?b=1 now', 'https://example.com/a?b=1'],
    ['with its scheme, in the clear', 'see http://localhost:3000 now', 'http://localhost:3000'],
    ['with www', 'go to www.example.museum', 'www.example.museum'],
    ['bare', 'buy at cheap-pills.shop...', 'cheap-pills.shop'],
    ['bare, in capitals', 'CASINO.COM pays', 'CASINO.COM'],
    ['under a country', 'read example.fr', 'example.fr'],
    ['under a part of a country', 'read bbc.co.uk', 'bbc.co.uk'],
    ['under any country, where its schools are', 'read example.ac.ke', 'example.ac.ke'],
    ['where its firms are', 'read example.co.ke', 'example.co.ke'],
    ['or so', 'read example.com.bd', 'example.com.bd'],
    ['where its universities are', 'read example.edu.bd', 'example.edu.bd'],
    ['where its offices are', 'read example.gov.bd', 'example.gov.bd'],
    ['where its networks are', 'read example.net.bd', 'example.net.bd'],
    ['where its societies are', 'read example.org.bd', 'example.org.bd'],
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
  'the net profit of the club shop',
  'awww.so.cute',
  'first.then/after',
  '',
])('no link is in %j', (text) => {
  expect(found(text)).toEqual([])
})
