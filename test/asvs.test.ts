import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asvsPage, requirements } from './support/asvs.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '')

describe('the requirements of OWASP ASVS 5.0', () => {
  test('of levels 1 and 2 are all there, each once', () => {
    const ids = new Set(requirements.map(({ id }) => id))
    expect(ids.size).toBe(requirements.length)
    expect(requirements.filter(({ level }) => level === 1)).toHaveLength(70)
    expect(requirements).toHaveLength(254)
  })

  test('that are met have a test that is there and runs', () => {
    const lost = requirements.flatMap(({ id, stands }) => {
      if (stands.is !== 'met') return []
      const { file, title } = stands
      const text = read(file)
      const isThere = ["'", '"', '`'].some((quote) => text.includes(`${quote}${title}`))
      const runs =
        /^(\s*)(test|describe)(\.each)?\(/m.test(text) &&
        !/\.(skip|only|todo|failing)\b|\bx(test|describe)\(/.test(text)
      return isThere && runs ? [] : [`${id}: ${file} ${title}`]
    })
    expect(lost).toEqual([])
  })

  test('that are met by what is written have a page with that heading', () => {
    const lost = requirements.flatMap(({ id, stands }) =>
      stands.is !== 'documented' ||
      read(stands.page)
        .split('\n')
        .some((line) => line.startsWith(stands.heading))
        ? []
        : [`${id}: ${stands.page} ${stands.heading}`],
    )
    expect(lost).toEqual([])
  })

  test('are told of in docs/asvs.md as they stand: UPDATE_DOCS=1 npm test -- test/asvs.test.ts writes it', () => {
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(join(root, 'docs/asvs.md'), asvsPage())
    expect(read('docs/asvs.md')).toBe(asvsPage())
  })
})
