import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const docs = readFileSync(join(root, 'docs/embed.md'), 'utf8')
const folder = join(root, 'src/embed')
const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
const code = sources.join('\n')
const found = (pattern: RegExp) => [...code.matchAll(pattern)].map(([, one = '']) => one)
const told = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, one = '']) => one).toSorted()
const once = (names: string[]) => [...new Set(names)].toSorted()

/** What docs/embed.md promises, against the code. */
describe('the page about the embed names', () => {
  test('every part, and no others', () => {
    const parts = [
      ...found(/\bpart: (?:depth > 0 \? )?'([^']+)'/g),
      ...found(/'comment reply' : '(comment)'/g),
      ...found(/setAttribute\('part', '([^']+)'/g),
      ...found(/\bbutton\([^,]+, '(\w+)'/g),
      ...found(/\bopens = button\([^,]+, '(\w+)'/g),
    ].flatMap((names) => names.split(' '))
    const paragraph = /Parts, for [^]*?These names stay/.exec(docs)?.[0] ?? ''
    expect(told(paragraph.replace(/`postbag-[^`]+`/, ''), /`([\w-]+)`/g)).toEqual(once(parts))
  })

  test('every property, and no others', () => {
    expect(told(docs, /^\| `(--postbag-[\w-]+)`/gm)).toEqual(once(found(/var\((--postbag-[\w-]+)/g)))
  })

  test('every event, and no others', () => {
    expect(told(docs, /^\| `(postbag-\w+)`/gm)).toEqual(once(found(/tell\('(postbag-\w+)'/g)))
  })

  test('every attribute, and no others', () => {
    const read = found(/\.getAttribute\('(\w+)'\)/g).filter((name) => name !== 'part')
    const ofElements = sources
      .filter((source) => /class Postbag/.test(source))
      .flatMap((source) =>
        [...source.matchAll(/\b(?:this|one|element)\.getAttribute\('(\w+)'\)/g)].map(([, one = '']) => one),
      )
    expect(told(docs, /^\| `([a-z]+)` \|/gm)).toEqual(once(ofElements))
    expect(read).toEqual(expect.arrayContaining(ofElements))
  })

  test('the lines of the policy under which the tests run', () => {
    const policy = readFileSync(join(root, 'test/support/publisher.ts'), 'utf8')
    for (const [line, tested] of [
      ['script-src https://comments.example/embed.js;', '`script-src ${service}/embed.js${more}`'],
      ['connect-src https://comments.example;', '`connect-src ${service}`'],
      ["require-trusted-types-for 'script'", '"require-trusted-types-for \'script\'"'],
      ["trusted-types 'none'", '"trusted-types \'none\'"'],
    ] as const)
      expect([docs.includes(line), policy.includes(tested)]).toEqual([true, true])
  })
})
