import { agreementOf, kappa } from '../../../src/moderation/samples/agreement.ts'

const pairs = (...counts: [first: string, second: string, count: number][]) =>
  counts.map(([first, second, count]) => ({ first, second, count }))

describe("Cohen's kappa", () => {
  test('is as in textbooks', () => {
    // Both say yes 20 times, both no 15 times; 5 and 10 times one says yes and the other no.
    expect(
      kappa(pairs(['yes', 'yes', 20], ['yes', 'no', 5], ['no', 'yes', 10], ['no', 'no', 15])),
    ).toBeCloseTo(0.4)
    expect(kappa(pairs(['a', 'a', 45], ['a', 'b', 15], ['b', 'a', 25], ['b', 'b', 15]))).toBeCloseTo(
      0.1304,
      4,
    )
  })

  test('is 1 for people who always agree, 0 for chance, and below for those who never do', () => {
    expect(kappa(pairs(['a', 'a', 3], ['b', 'b', 4]))).toBe(1)
    expect(kappa(pairs(['a', 'a', 1], ['a', 'b', 1], ['b', 'a', 1], ['b', 'b', 1]))).toBe(0)
    expect(kappa(pairs(['a', 'b', 2], ['b', 'a', 2]))).toBe(-1)
  })

  test('is not known of nothing, nor where everything is alike', () => {
    expect(kappa([])).toBeNull()
    expect(kappa(pairs(['a', 'a', 9]))).toBeNull()
  })
})

describe('agreement', () => {
  test('on a rule is whether both cite it or both do not', () => {
    const told = agreementOf({
      pairs: pairs(['reject', 'reject', 35], ['approve', 'reject', 15]),
      rules: [{ code: 'topic', both: 20, first: 5, second: 10 }],
      languages: [{ language: 'en', verdicts: 50, same: 35 }],
      moderators: [{ pseudonym: 'Ada', verdicts: 50, same: 35 }],
    })
    expect(told).toEqual({
      verdicts: 50,
      share: 0.7,
      kappa: 0,
      byRule: [{ code: 'topic', both: 20, first: 5, second: 10, share: 0.7, kappa: expect.closeTo(0.4) }],
      byLanguage: [{ language: 'en', verdicts: 50, share: 0.7 }],
      byModerator: [{ pseudonym: 'Ada', verdicts: 50, share: 0.7 }],
    })
  })

  test('of nothing is not known', () => {
    expect(agreementOf({ pairs: [], rules: [], languages: [], moderators: [] })).toMatchObject({
      verdicts: 0,
      share: null,
      kappa: null,
    })
  })
})
