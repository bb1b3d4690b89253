import { gzipSync } from 'node:zlib'
import { ask, type House, openHouse } from '../support/house.ts'
import { anEmptySite, imported, readable } from '../support/importing.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const page = 'https://news.example/2014/landing'

/** As docs.disqus.com/developers/export describes it, with what real exports hold besides. */
const file = `<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<category dsq:id="1"><forum>news</forum><title>General</title><isDefault>true</isDefault></category>
<thread dsq:id="10">
<id>1600 http://news.example/?p=1600</id><forum>news</forum><category dsq:id="1" />
<link>${page}#disqus_thread</link><title>The &amp; landing</title><message />
<createdAt>2014-05-01T08:00:00Z</createdAt>
<author><email>editor@example.org</email><name>Editor</name><isAnonymous>false</isAnonymous><username>ed</username></author>
<isClosed>true</isClosed><isDeleted>false</isDeleted>
</thread>
<thread dsq:id="11"><id /><forum>news</forum><link /><title /><createdAt>2014-05-01T08:00:00Z</createdAt></thread>
<post dsq:id="100"><id /><message><![CDATA[<p>First &amp; foremost: a &lt;b&gt; is a tag.</p><p>See <a href="https://example.org/very/long/address" rel="nofollow">https://example.org/very/lo...</a></p>]]></message>
<createdAt>2014-05-02T09:10:11Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
<author><email>wren@example.org</email><name>
Wren
</name><isAnonymous>false</isAnonymous><username>wren</username></author><ipAddress>192.0.2.7</ipAddress><thread dsq:id="10" /></post>
<post dsq:id="102"><id>wp_id=5</id><message><![CDATA[<p>An answer to an answer.</p>]]></message>
<createdAt>2014-05-02T09:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
<author><name>Ash</name><isAnonymous>true</isAnonymous></author><thread dsq:id="10" /><parent dsq:id="101" /></post>
<post dsq:id="101"><id /><message><![CDATA[<p>An answer<br>on two lines.</p>]]></message>
<createdAt>2014-05-02T10:00:00</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
<author><name>Ash</name><isAnonymous>true</isAnonymous></author><thread dsq:id="10" /><parent dsq:id="100" /></post>
<post dsq:id="103"><id /><message /><createdAt>2014-05-03T00:00:00Z</createdAt><isDeleted>true</isDeleted><isSpam>false</isSpam>
<author><name>Gone</name><isAnonymous>true</isAnonymous></author><thread dsq:id="10" /></post>
<post dsq:id="104"><id /><message><![CDATA[<p>It answered what is gone.</p>]]></message><createdAt>2014-05-03T01:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Kim</name></author><thread dsq:id="10" /><parent dsq:id="103" /></post>
<post dsq:id="105"><id /><message><![CDATA[<p>Buy pills</p>]]></message><createdAt>2014-05-03T02:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>true</isSpam><author><name>Spam</name></author><thread dsq:id="10" /></post>
<post dsq:id="106"><id /><message><![CDATA[<p>Its parent is nowhere.</p>]]></message><createdAt>2014-05-04T00:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Kim</name></author><thread dsq:id="10" /><parent dsq:id="999" /></post>
<post dsq:id="107"><id /><message><![CDATA[<p>Under a page that is nowhere.</p>]]></message><createdAt>2014-05-04T00:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Kim</name></author><thread dsq:id="11" /></post>
<post dsq:id="108"><id /><message><![CDATA[<p>&#8203;</p>]]></message><createdAt>2014-05-04T00:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Kim</name></author><thread dsq:id="10" /></post>
<post dsq:id="109"><id /><message><![CDATA[<p>Round</p>]]></message><createdAt>2014-05-05T00:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Kim</name></author><thread dsq:id="10" /><parent dsq:id="110" /></post>
<post dsq:id="110"><id /><message><![CDATA[<p>and round</p>]]></message><createdAt>2014-05-05T01:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Kim</name></author><thread dsq:id="10" /><parent dsq:id="109" /></post>
</disqus>`

const published = [
  'First & foremost: a <b> is a tag.\n\nSee https://example.org/very/lo... (https://example.org/very/long/address) (Wren) 2014-05-02T09:10',
  '> An answer\non two lines. (Ash) 2014-05-02T10:00',
  '> > An answer to an answer. (Ash) 2014-05-02T10:00',
  '— 2014-05-03T00:00',
  '> It answered what is gone. (Kim) 2014-05-03T01:00',
  'Its parent is nowhere. (Kim) 2014-05-04T00:00',
  'Round (Kim) 2014-05-05T00:00',
  'and round (Kim) 2014-05-05T01:00',
]

test('a dry run tells what would be, and leaves nothing behind', async () => {
  const site = await anEmptySite(house)
  const before = await house.owner.query('select count(*) from import')
  const { report, keys, leftOut } = await imported(
    house,
    { source: 'disqus', site, writes: false },
    gzipSync(file),
  )
  expect(report).toMatchObject({
    found: { published: 9, pending: 0, gone: 2 },
    skipped: {
      'a thread without an address': 1,
      text_empty: 1,
      'a comment whose page is not in the file': 1,
    },
    dropped: { email: 1, account: 1, ip: 1 },
    articles: { found: 1, made: 1 },
    here: 0,
  })
  expect(keys).toEqual([page])
  expect(leftOut.map(({ place }) => place)).toEqual([
    expect.stringMatching(/^line \d+, thread 11$/),
    expect.stringMatching(/^line \d+, post 108$/),
    expect.stringMatching(/^line \d+, post 107$/),
  ])
  expect(JSON.stringify([report, leftOut])).not.toMatch(/Wren|pills|@/)
  expect(
    (await ask(house, 'GET', `/v1/sites/${site}/articles/${encodeURIComponent(page)}/comments`)).status,
  ).toBe(404)
  expect((await house.owner.query('select count(*) from import')).rows).toEqual(before.rows)
  expect((await house.owner.query('select from import_comment')).rowCount).toBe(0)
})

test('threads, times and words come over, and coming again makes no doubles', async () => {
  const site = await anEmptySite(house)
  const first = await imported(house, { source: 'disqus', site }, file)
  expect(first.report.written).toEqual({ published: 7, pending: 0, places: 1 })
  expect(first.report.orphaned).toBe(3)
  expect(await readable(house, site, page)).toEqual(published)

  const again = await imported(house, { source: 'disqus', site }, `${file}\n`)
  expect(again.report).toMatchObject({ written: { published: 0, pending: 0, places: 0 }, here: 8 })
  expect(await readable(house, site, page)).toEqual(published)
  const article = await ask(house, 'GET', `/v1/sites/${site}/articles/${encodeURIComponent(page)}/comments`)
  expect(article.body.article).toMatchObject({ open: false, count: 7 })
})
