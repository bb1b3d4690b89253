import { discussionData, inScript } from '../../src/pages/structured-data.ts'
import { naughtyStrings, ownStrings } from '../support/hostile-strings.ts'

const about = {
  site: 'gazette',
  article: { key: 'boats', title: 'Evening boats', language: 'en' },
  canonical: 'https://news.example/boats',
  baseUrl: 'https://comments.example',
  unnamed: 'unnamed',
}
const listOf = (comments: Parameters<typeof discussionData>[0]['list']['comments']) => ({
  comments,
  next: null,
  article: { key: 'boats', open: true, count: comments.length },
  notice: '',
})
const comment = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  name: 'Wren',
  text: `Text of ${id}.`,
  language: 'en',
  publishedAt: '2026-11-24T16:00:00.000Z',
  ...more,
})

const at = (id: string) => `https://comments.example/gazette/articles/boats/comments/${id}`

describe('what search engines are told of an article', () => {
  test('is its comments as schema.org has them, each reply within what it answers', () => {
    const comments = [
      comment('a'),
      comment('b', { parent: 'a', name: null }),
      comment('c', { parent: 'b', text: null, name: null, language: null, gone: true }),
      comment('d', { parent: 'c', language: 'bo' }),
      comment('e'),
    ]
    const place = { '@type': 'Comment', datePublished: '2026-11-24T16:00:00.000Z' }
    const told = (id: string, name: string, answers: unknown[], inLanguage = 'en') => ({
      ...place,
      '@id': at(id),
      url: at(id),
      text: `Text of ${id}.`,
      inLanguage,
      author: { '@type': 'Person', name },
      comment: answers,
    })
    expect(JSON.parse(discussionData({ ...about, list: listOf(comments) }))).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Article',
      '@id': 'https://news.example/boats',
      url: 'https://news.example/boats',
      headline: 'Evening boats',
      inLanguage: 'en',
      discussionUrl: 'https://comments.example/gazette/articles/boats',
      commentCount: 5,
      comment: [
        told('a', 'Wren', [
          told('b', 'unnamed', [
            {
              ...place,
              '@id': at('c'),
              creativeWorkStatus: 'Deleted',
              comment: [told('d', 'Wren', [], 'bo')],
            },
          ]),
        ]),
        told('e', 'Wren', []),
      ],
    })
  })

  test('is the beginning of a long page, and not a second copy of all of it', () => {
    const comments = Array.from({ length: 50 }, (_, n) => comment(`${n}`, { text: 'x'.repeat(20_000) }))
    const json = discussionData({ ...about, list: listOf(comments) })
    expect(JSON.parse(json).comment).toHaveLength(3)
    expect(json.length).toBeLessThan(70_000)
  })

  test('ends no script element and begins none, and is what it was', () => {
    const strings = [...naughtyStrings, ...ownStrings, '</script>', '<!--<script>', ']]>', '\u2028\u2029']
    const json = inScript(strings)
    expect(json).not.toContain('<')
    expect(JSON.parse(json)).toEqual(strings)
  })
})
