import { finish, hash, joined, mix } from '../../src/screening/murmur.ts'

describe('the hash', () => {
  test.each([
    ['the block 21 43 65 87', 0, 0x87654321, 0xf55b516b],
    ['the block 21 43 65 87 with a seed', 0x5082edee, 0x87654321, 0x2362f9de],
    ['a block of ones', 0, 0xffffffff, 0x76293b50],
    ['nothing but zeros', 0, 0x00000000, 0x2362f9de],
    ['"test"', 0, 0x74736574, 0xba6bd213],
  ])('gives what MurmurHash3 is published to give for %s', (_, seed, block, expected) => {
    expect(finish(mix(seed, block), 4) >>> 0).toBe(expected)
  })

  test('is the same for ever, because it is stored', () => {
    expect(joined(hash(''))).toBe(1286558908n)
    expect(joined(hash('iagree'))).toBe(8439624630086408479n)
    expect(joined(hash('好'))).toBe(-623879230129926345n)
  })

  test('is another one for other texts, in each of its halves', () => {
    const texts = Array.from({ length: 5000 }, (_, index) => `text ${index}`)
    expect(new Set(texts.map((text) => hash(text).high)).size).toBeGreaterThan(4998)
    expect(new Set(texts.map((text) => hash(text).low)).size).toBeGreaterThan(4998)
  })
})

describe('its halves joined', () => {
  test.each([
    [{ high: 0, low: 0 }, 0n],
    [{ high: 0, low: -1 }, 0xffff_ffffn],
    [{ high: -1, low: -1 }, -1n],
    [{ high: 0x7fff_ffff, low: -1 }, 2n ** 63n - 1n],
    [{ high: -0x8000_0000, low: 0 }, -(2n ** 63n)],
  ])('%j fit a bigint of PostgreSQL', (halves, expected) => {
    expect(joined(halves)).toBe(expected)
  })
})
