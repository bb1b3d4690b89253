import { text } from 'node:stream/consumers'
import { filled, hole, page, part } from '../../src/pages/layout.tsx'

const { __html: gap } = hole

test('a page is filled part by part, where its hole is', async () => {
  const whole = page({ title: 'A page', language: 'en', direction: 'ltr', children: `before ${gap} after` })
  const written = await text(filled(whole, threeParts()))
  expect(written).toContain('<body>before one &amp; <b>two</b>three after</body>')
  expect(written).not.toContain(gap)
})

test('a page keeps all that follows, also a NUL that somebody typed into its form', async () => {
  expect(await text(filled(`before${gap}after\0and\0more`, threeParts()))).toBe(
    'beforeone &amp; <b>two</b>threeafter\0and\0more',
  )
})

test('a page that fails on the way is cut off, not ended as if it were whole', async () => {
  await expect(text(filled(`before${gap}after`, failing()))).rejects.toThrow('no more')
})

async function* threeParts(): AsyncGenerator<string> {
  yield part('one & ')
  yield '<b>two</b>'
  yield part('three')
}

async function* failing(): AsyncGenerator<string> {
  yield 'one'
  throw new Error('no more')
}
