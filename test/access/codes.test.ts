import { TOTP } from 'otpauth'
import { newEnrolment, newRecoveryCodes, recoveryHash, stepOf } from '../../src/access/second-factor.ts'
import { seal } from '../../src/access/secrets.ts'
import { keyring } from '../../src/http/keyring.ts'
import { testSecret } from '../support/house.ts'

const keys = keyring(testSecret)

describe('a code', () => {
  const secret = '12345678901234567890'
  const { sealed, shown } = newEnrolment(keys, 'ada', 'Ada')

  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i seconds is that of RFC 6238: %s', (seconds, code) => {
    const ofTheRfc = seal(keys.secondFactors, 'rfc', Buffer.from(secret))
    expect(stepOf(keys, 'rfc', ofTheRfc, code, seconds)).toBe(Math.floor(seconds / 30))
  })

  test('is good for its step and the two beside it', () => {
    const totp = new TOTP({ secret: shown.secret })
    const at = 1_800_000_010
    const code = totp.generate({ timestamp: at * 1_000 })
    const steps = [-60, -30, 0, 30, 60].map((off) => stepOf(keys, 'ada', sealed, code, at + off))
    const step = Math.floor(at / 30)
    expect(steps).toEqual([undefined, step, step, step, undefined])
  })

  test('is read from the secret of its person, under the key of its service', () => {
    const refused = 'unable to authenticate data'
    expect(() => stepOf(keys, 'eve', sealed, '000000', 0)).toThrow(refused)
    expect(() => stepOf(keyring(`${testSecret}!`), 'ada', sealed, '000000', 0)).toThrow(refused)
    const { bytes } = new TOTP({ secret: shown.secret }).secret
    expect(sealed.includes(Buffer.from(bytes))).toBe(false)
    expect(sealed).toHaveLength(12 + bytes.length + 16)
  })

  test('for recovery is random, and hashed for its person', () => {
    const codes = newRecoveryCodes()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/)
    const [code = ''] = codes
    const hash = recoveryHash(keys, 'ada', code)
    expect(recoveryHash(keys, 'ada', ` ${code.toUpperCase().replaceAll('-', ' ')}`)).toEqual(hash)
    expect(recoveryHash(keys, 'eve', code)).not.toEqual(hash)
  })
})
