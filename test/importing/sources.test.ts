import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import sqlite from 'node-sqlite3-wasm'
import type { Found } from '../../src/importing/found.ts'
import { htmlToText } from '../../src/importing/plain-text.ts'
import { aFile, foundIn } from '../support/importing.ts'

/** Files made from each format's documentation, with what is known to break importers of it. */

test('WordPress: whatever its namespace is, drafts, trash, pingbacks, split CDATA, empty times', async () => {
  const file = `<?xml version="1.0"?><rss version="2.0" xmlns:wp="https://wordpress.org/export/1.2/" xmlns:content="x">
   <channel><wp:base_blog_url>https://www.news.example/</wp:base_blog_url>
   <item><title>Landing</title><link>https://news.example/landing/</link><wp:post_id>7</wp:post_id>
    <wp:comment_status><![CDATA[closed]]></wp:comment_status><wp:post_date_gmt>2019-01-01 00:00:00</wp:post_date_gmt>
    ${wordPress(
      '1',
      `<wp:comment_date_gmt><![CDATA[2019-01-02 03:04:05]]></wp:comment_date_gmt><wp:comment_content><![CDATA[One
two <b>bold</b> &amp;amp; ]]]]><![CDATA[> end]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_type></wp:comment_type><wp:comment_parent>0</wp:comment_parent>`,
    )}
    ${wordPress('2', `<wp:comment_date>2019-01-02 05:00:00</wp:comment_date><wp:comment_date_gmt>0000-00-00 00:00:00</wp:comment_date_gmt><wp:comment_content>Waits</wp:comment_content><wp:comment_approved>0</wp:comment_approved><wp:comment_type>comment</wp:comment_type><wp:comment_parent>1</wp:comment_parent>`)}
    ${wordPress('3', `<wp:comment_content>Thrown away</wp:comment_content><wp:comment_approved>post-trashed</wp:comment_approved>`)}
    ${wordPress('4', `<wp:comment_content>Elsewhere</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_type>pingback</wp:comment_type>`)}
   </item></channel></rss>`
  expect((await foundIn('wordpress', file)).map(inShort)).toEqual([
    'news.example 1 < none @1 published 2019-01-02T03:04:05.000Z Wren: One\ntwo bold &amp; ]]> end [email ip]',
    'news.example 2 < news.example 1 @1 pending 2019-01-02T05:00:00.000Z Wren: Waits [email ip]',
    'news.example 3 < none @1 gone no time Wren: Thrown away [email ip]',
    'a pingback left out',
    'article 1 https://news.example/landing/ "Landing" closed',
  ])
})

test('Isso: its SQLite file, of an old version too, with escaped names, and not written to', async () => {
  const path = await aFile('', 'comments.db')
  const database = new sqlite.Database(path)
  database.exec(`
    create table threads (id integer primary key, uri varchar(256) unique, title varchar(256));
    create table comments (tid references threads(id), id integer primary key, parent integer, created float not null,
      modified float, mode integer, remote_addr varchar, text varchar, author varchar, email varchar, website varchar,
      likes integer default 0, dislikes integer default 0, voters blob not null);
    insert into threads values (1, '/landing?p=1', 'Landing');
    insert into comments values
      (1, 1, null, 1400000000.25, null, 1, '192.0.2.0', 'Typed &amp; *as* <b>is</b>', 'A &amp; B', 'a@example.org', null, 2, 0, x'00'),
      (1, 2, 1, 1400000001, null, 2, '192.0.2.0', 'Waits', null, null, null, 0, 0, x'00'),
      (1, 3, 1, 1400000002, null, 4, '192.0.2.0', '', null, 'left@example.org', null, 0, 0, x'00')`)
  database.close()
  const bytes = await readFile(path)
  expect((await foundIn('isso', bytes)).map(inShort)).toEqual([
    'article 1 /landing?p=1 "Landing"',
    '1 < none @1 published 2014-05-13T16:53:20.250Z A & B: Typed &amp; *as* <b>is</b> [email ip votes]',
    '2 < 1 @1 pending 2014-05-13T16:53:21.000Z none: Waits [ip]',
    '3 < 1 @1 gone 2014-05-13T16:53:22.000Z none:  [email ip]',
  ])
  await expect(foundIn('isso', 'no database')).rejects.toThrow('no SQLite database')
})

test('Remark42: lines with and without meta, zones, Markdown before HTML', async () => {
  const lines = [
    JSON.stringify({
      version: 1,
      users: [{ id: 'github_1', details: { email: 'w@example.org' } }],
      posts: [],
    }),
    remark({}),
    JSON.stringify({ version: 1, users: [], posts: [] }),
    remark({ id: 'b', pid: 'a', orig: '', votes: null, score: 0 }),
    remark({ id: 'c', pid: 'a', delete: true, orig: '', text: '' }),
    JSON.stringify({ id: 'd' }),
  ]
  expect((await foundIn('remark42', gzipSync(`${lines.join('\n')}\n`))).map(inShort)).toEqual([
    'a line about readers and pages left out',
    'article https://news.example/a?utm=1 https://news.example/a?utm=1',
    'news a < none @https://news.example/a?utm=1 published 2020-03-01T10:00:00.123Z Wren: As *typed* &lt; [account avatar ip votes]',
    'a line about readers and pages left out',
    'news b < news a @https://news.example/a?utm=1 published 2020-03-01T10:00:00.123Z Wren: HTML < [account avatar ip]',
    'news c < news a @https://news.example/a?utm=1 gone 2020-03-01T10:00:00.123Z Wren:  [account avatar ip votes]',
    'no comment of Remark42 left out',
  ])
})

test('Commento: names that come last, deleted rows without a mark, paths without a slash', async () => {
  const file = JSON.stringify({
    version: 1,
    comments: [
      {
        commentHex: 'c1',
        domain: 'news.example',
        url: 'landing',
        commenterHex: 'u1',
        markdown: 'One',
        parentHex: 'root',
        score: 3,
        state: 'approved',
        creationDate: '2018-01-01T00:00:00Z',
      },
      {
        commentHex: 'c2',
        domain: 'news.example',
        url: '/landing',
        commenterHex: 'anonymous',
        markdown: 'Two',
        parentHex: 'c1',
        state: 'unapproved',
        creationDate: '2018-01-02T00:00:00Z',
      },
      {
        commentHex: 'c3',
        domain: 'news.example',
        url: '/landing',
        commenterHex: '0'.repeat(64),
        markdown: '[deleted]',
        parentHex: 'c1',
        state: 'approved',
        creationDate: '2018-01-03T00:00:00Z',
        deleted: false,
      },
      {
        commentHex: 'c4',
        domain: 'news.example',
        url: '/landing',
        commenterHex: 'u1',
        markdown: 'Flagged',
        parentHex: 'c1',
        state: 'flagged',
        creationDate: '2018-01-03T00:00:00Z',
      },
    ],
    commenters: [
      { commenterHex: 'u1', email: 'w@example.org', name: 'Wren' },
      { commenterHex: 'u1', email: 'w@example.org', name: 'Wren' },
    ],
  })
  expect((await foundIn('commento', file)).map(inShort)).toEqual([
    'article https://news.example/landing https://news.example/landing',
    'c1 < none @https://news.example/landing published 2018-01-01T00:00:00.000Z u1?: One [account votes]',
    'c2 < c1 @https://news.example/landing pending 2018-01-02T00:00:00.000Z none: Two []',
    'c3 < c1 @https://news.example/landing gone 2018-01-03T00:00:00.000Z none: [deleted] []',
    'c4 < c1 @https://news.example/landing pending 2018-01-03T00:00:00.000Z u1?: Flagged [account]',
    'author u1 Wren',
    'author u1 Wren',
  ])
  await expect(foundIn('commento', JSON.stringify({ version: 2, comments: [] }))).rejects.toThrow('version 2')
})

test('Comentario: version 3, where what is neither approved nor pending was rejected', async () => {
  const user = '11111111-0000-4000-8000-000000000001'
  const comment = (id: string, more: Record<string, unknown>) => ({
    id,
    pageId: 'p',
    markdown: id,
    score: 0,
    isApproved: true,
    isPending: false,
    isDeleted: false,
    createdTime: '2024-02-01T00:00:00.000Z',
    userCreated: user,
    deletedTime: '0001-01-01T00:00:00.000Z',
    ...more,
  })
  const file = JSON.stringify({
    version: 3,
    pages: [{ id: 'p', path: '/landing', title: 'Landing', isReadonly: true }],
    comments: [
      comment('a', {}),
      comment('b', {
        parentId: 'a',
        isApproved: false,
        isPending: true,
        userCreated: '00000000-0000-0000-0000-000000000000',
        authorName: 'Ash',
        authorIp: '192.0.2.1',
      }),
      comment('c', { isApproved: false }),
      comment('d', { isDeleted: true }),
    ],
    commenters: [{ id: user, name: 'Wren', email: 'w@example.org' }],
  })
  expect((await foundIn('comentario', file)).map(inShort)).toEqual([
    'article p /landing "Landing" closed',
    'a < none @p published 2024-02-01T00:00:00.000Z 11111111-0000-4000-8000-000000000001?: a [account]',
    'b < a @p pending 2024-02-01T00:00:00.000Z Ash: b [ip]',
    'c < none @p gone 2024-02-01T00:00:00.000Z 11111111-0000-4000-8000-000000000001?: c [account]',
    'd < none @p gone 2024-02-01T00:00:00.000Z 11111111-0000-4000-8000-000000000001?: d [account]',
    `author ${user} Wren`,
  ])
})

test('Coral: what mongoexport makes, the last revision, statuses, and its CSV without a header', async () => {
  const lines = [
    {
      _id: { $oid: 'x' },
      id: 's',
      url: 'https://news.example/a',
      metadata: { title: 'Landing' },
      createdAt: { $date: '2021-01-01T00:00:00Z' },
    },
    { id: 'u', username: 'Wren', email: 'w@example.org' },
    {
      id: 'a',
      storyID: 's',
      authorID: 'u',
      revisions: [{ body: 'first' }, { body: '<div>last</div>' }],
      status: 'NONE',
      createdAt: { $date: { $numberLong: '1609459200000' } },
    },
    {
      id: 'b',
      storyID: 's',
      authorID: null,
      parentID: 'a',
      revisions: [{ body: 'b' }],
      status: 'SYSTEM_WITHHELD',
      createdAt: { $date: '2021-01-02T00:00:00Z' },
    },
    {
      id: 'c',
      storyID: 's',
      authorID: 'u',
      parentID: 'a',
      revisions: [{ body: 'c' }],
      status: 'REJECTED',
      createdAt: { $date: { $numberLong: '-62135596800000' } },
    },
    {
      id: 'd',
      storyID: 's',
      authorID: 'u',
      parentID: 'a',
      revisions: [],
      status: 'APPROVED',
      deletedAt: { $date: '2022-01-01T00:00:00Z' },
      createdAt: { $date: '2021-01-02T00:00:00Z' },
    },
  ]
  const said = [
    'article s https://news.example/a "Landing"',
    'author u Wren',
    'a < none @s published 2021-01-01T00:00:00.000Z u?: last [account]',
    'b < a @s pending 2021-01-02T00:00:00.000Z none: b []',
    'c < a @s gone no time u?: c [account]',
    'd < a @s gone 2021-01-02T00:00:00.000Z u?:  [account]',
  ]
  expect((await foundIn('coral', lines.map((one) => JSON.stringify(one)).join('\n'))).map(inShort)).toEqual(
    said,
  )
  expect((await foundIn('coral', JSON.stringify(lines))).map(inShort)).toEqual(said)

  const csv = `u,w@example.org,Wren,COMMENTER,false,2021-01-01T00:00:00Z
s,https://news.example/a,"Landing, again",Ed,2021-01-01T00:00:00Z,,COMMENTS
a,u,s,2021-01-01T00:00:00Z,"<p>two ""words""
on lines</p>",,APPROVED,
b,u,s,2021-01-01T00:00:00Z,b,a,,5
x,y
`
  expect((await foundIn('coral', csv)).map(inShort)).toEqual([
    'author u Wren',
    'article s https://news.example/a "Landing, again"',
    'a < none @s published 2021-01-01T00:00:00.000Z u?: two "words"\non lines [account]',
    'b < a @s published 2021-01-01T00:00:00.000Z u?: b [account votes]',
    'no story, user or comment of Coral left out',
  ])
})

test('Waline: rows without a status or with odd votes; its users are not looked at', async () => {
  const file = JSON.stringify({
    type: 'waline',
    version: 1,
    time: 1,
    tables: ['Comment', 'Counter', 'Users'],
    data: {
      Counter: [{ url: '/a', time: 3 }],
      Comment: [
        {
          objectId: 5,
          url: '/a',
          nick: 'Wren',
          mail: 'w@example.org',
          comment: 'One **bold**',
          insertedAt: '2022-01-01 10:00:00',
          like: true,
        },
        {
          objectId: 6,
          url: '/a',
          pid: 5,
          rid: 5,
          comment: 'Two',
          status: 'waiting',
          insertedAt: '2022-01-01T11:00:00.000Z',
          ip: '192.0.2.1',
          ua: 'x',
        },
        { objectId: 7, url: '/a', comment: 'Three', status: 'spam', insertedAt: 'never' },
        { url: '/a', comment: 'nobody' },
      ],
      Users: [{ email: 'a@example.org', password: '$2a$secret' }],
    },
  })
  expect((await foundIn('waline', file)).map(inShort)).toEqual([
    'article /a /a',
    '5 < none @/a published 2022-01-01T10:00:00.000Z Wren: One **bold** [email votes]',
    '6 < 5 @/a pending 2022-01-01T11:00:00.000Z none: Two [ip userAgent]',
    '7 < none @/a gone no time none: Three []',
    'a comment without an id or a page left out',
  ])
})

test('Twikoo: an array or lines, ObjectIds and long numbers; what is hidden waits', async () => {
  const entries = [
    {
      _id: { $oid: 'a' },
      url: '/a',
      nick: 'Wren',
      mail: 'w@example.org',
      comment: '<p>One<br>two</p>',
      created: { $numberLong: '1640995200000' },
      isSpam: false,
      like: ['x'],
    },
    {
      _id: 'b',
      url: '/a',
      comment: '<p>Hidden</p>',
      created: 1640995201000,
      isSpam: 'true',
      pid: 'a',
      rid: 'a',
      ip: '192.0.2.1',
    },
  ]
  const said = [
    'article /a /a',
    'a < none @/a published 2022-01-01T00:00:00.000Z Wren: One\ntwo [email votes]',
    'b < a @/a pending 2022-01-01T00:00:01.000Z none: Hidden [ip]',
  ]
  expect((await foundIn('twikoo', JSON.stringify(entries))).map(inShort)).toEqual(said)
  expect(
    (await foundIn('twikoo', entries.map((one) => JSON.stringify(one)).join('\n'))).map(inShort),
  ).toEqual(said)
})

describe('a file that is none', () => {
  test.each([
    ['disqus', '<disqus><post', 'ends in the middle'],
    ['commento', '{"version":1,"comments":[{"secret":', 'not the JSON that it should be'],
    ['remark42', 'secret words', 'Line 1 is no JSON'],
    ['postbag', '{"kind":"secret"}', "Line 1 is none of Postbag's export"],
    ['wordpress', Buffer.from([0x3c, 0x61, 0xff, 0xfe]), 'not in UTF-8'],
    ['disqus', Buffer.from('PK\u0003\u0004zip'), 'ZIP'],
  ] as const)('of %s is refused without a word of it', async (source, content, said) => {
    const fault = await foundIn(source, content).then(
      () => 'nothing',
      (error: unknown) => String(error),
    )
    expect(fault).toContain(said)
    expect(fault).not.toContain('secret')
  })
})

function inShort(found: Found): string {
  if (found.kind === 'skipped') return `${found.reason} left out`
  if (found.kind === 'author') return `author ${found.ref} ${found.name}`
  if (found.kind === 'article') {
    const { ref, url, title, isOpen = true } = found
    return `article ${ref} ${url}${title === undefined ? '' : ` "${title}"`}${isOpen ? '' : ' closed'}`
  }
  const { id, parent = 'none', article, status, at, name, author, body, drops } = found
  const who = name ?? (author === undefined ? 'none' : `${author}?`)
  const words = 'html' in body ? htmlToText(body.html) : body.text
  return `${id} < ${parent} @${article} ${status} ${at?.toISOString() ?? 'no time'} ${who}: ${words} [${drops.toSorted().join(' ')}]`
}

function wordPress(id: string, inner: string): string {
  return `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author><![CDATA[Wren]]></wp:comment_author>
     <wp:comment_author_email>w@example.org</wp:comment_author_email><wp:comment_author_IP>192.0.2.1</wp:comment_author_IP>
     ${inner}</wp:comment>`
}

function remark(more: Record<string, unknown>): string {
  return JSON.stringify({
    id: 'a',
    pid: '',
    text: '<p>HTML &lt;</p>',
    orig: 'As *typed* &lt;',
    time: '2020-03-01T12:00:00.123456789+02:00',
    user: { name: 'Wren', id: 'github_1', picture: 'https://x/y', ip: 'hash' },
    votes: { u: true },
    score: 1,
    locator: { site: 'news', url: 'https://news.example/a?utm=1' },
    ...more,
  })
}
