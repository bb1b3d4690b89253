import * as fc from 'fast-check'
import { keyring, mac, sha256 } from '../../src/http/keyring.ts'

const secret = 'a secret that only the tests have, long enough'

describe('the keyring', () => {
  test('has a key for each purpose, and none can stand in for another', () => {
    const keys = Object.values(keyring(secret)).map((key: Buffer) => key.toString('hex'))
    expect(keys.length).toBeGreaterThanOrEqual(3)
    expect(new Set(keys).size).toBe(keys.length)
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/)
  })

  test('is the same for the same secret, and another for another', () => {
    expect(keyring(secret)).toEqual(keyring(secret))
    const others = new Set(Object.values(keyring(`${secret}.`)).map((key: Buffer) => key.toString('hex')))
    for (const key of Object.values(keyring(secret))) expect(others.has(key.toString('hex'))).toBe(false)
  })

  test('stays as it is, or no receipt and no cursor would be known after an update', () => {
    expect(keyring(secret).receipts.toString('hex')).toBe(
      'b2f049b8b4bb275b31d4ccc3bd9f543d15a90cb6350e3b845e58482f996c111f',
    )
    expect(keyring(secret).idempotency.toString('hex')).toBe(
      '001a52a8d434529faaa8760f72e760e22d677b9a1c32a5256e5174ed43cd02c0',
    )
  })
})

describe('a mac', () => {
  const { receipts: key, idempotency: otherKey } = keyring(secret)
  const parts = fc.array(fc.option(fc.string({ maxLength: 4 })), { maxLength: 4 })

  test('tells any two lists of parts apart', () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other)
        expect(mac(key, ...one).equals(mac(key, ...other))).toBe(isSame)
      }),
      { numRuns: 1_000 },
    )
    const alike = [
      ['ab', 'c'],
      ['a', 'bc'],
      ['abc'],
      ['ab', 'c', null],
      ['ab', 'c', ''],
      ['-ab', 'c'],
      ['1:a', 'b'],
      [null],
      ['-'],
      [],
    ]
    expect(new Set(alike.map((list) => mac(key, ...list).toString('hex'))).size).toBe(alike.length)
  })

  test('hangs on its key', () => {
    expect(mac(key, 'a')).toHaveLength(32)
    expect(mac(key, 'a').equals(mac(otherKey, 'a'))).toBe(false)
  })
})

test('sha256 is SHA-256 (FIPS 180-4, of "abc")', () => {
  expect(sha256('abc').toString('hex')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})
