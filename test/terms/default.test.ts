import { defaultTerms } from '../../src/terms/default.ts'

const { introduction, rules } = defaultTerms

describe('the default terms', () => {
  test('are twelve to fourteen rules with codes of their own in snake_case', () => {
    const codes = codesWhere(() => true)
    expect(codes.length).toBeGreaterThanOrEqual(12)
    expect(codes.length).toBeLessThanOrEqual(14)
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes.filter((code) => !/^[a-z]+(_[a-z]+)*$/.test(code))).toEqual([])
  })

  test('introduce themselves in three to six sentences', () => {
    expect(sentences(introduction).length).toBeGreaterThanOrEqual(3)
    expect(sentences(introduction).length).toBeLessThanOrEqual(6)
  })

  test('say that a person reads everything first, that nothing is in real time, and who is responsible', () => {
    expect(introduction).toMatch(/a person reads every comment before/i)
    expect(introduction).toMatch(/not appear in real time/i)
    expect(introduction).toMatch(/edit it under one of these rules, or refuse it under one/i)
    expect(introduction).toMatch(/publisher is not responsible/i)
    expect(introduction).toMatch(/respectful/i)
    expect(introduction).toMatch(/stick to facts/i)
  })

  test('protect disagreement, a strong tone and criticism of any government', () => {
    const protection = sentences(introduction).find((sentence) => /never a ground/i.test(sentence))
    expect(protection).toMatch(/disagreement with the newsroom/i)
    expect(protection).toMatch(/strong tone/i)
    expect(protection).toMatch(/criticism of any government/i)
  })

  test('can be stored in any site without being changed by the rules for text', () => {
    for (const words of [introduction, ...rules.flatMap((rule) => [rule.title, rule.text])]) {
      expect(words).toBe(words.normalize('NFC').trim())
      expect(words).not.toMatch(/ {2}|[<>]/)
    }
  })
})

describe('every default rule', () => {
  test('permits refusing and unpublishing, and no move twice', () => {
    for (const rule of rules) {
      expect(rule.permits).toEqual(expect.arrayContaining(['reject', 'unpublish']))
      expect(new Set(rule.permits).size).toBe(rule.permits.length)
    }
  })

  test.each(rules)('$code is short and plain, and says what is welcome', ({ title, text }) => {
    expect(title.length).toBeGreaterThanOrEqual(8)
    expect(title.length).toBeLessThanOrEqual(60)
    expect(title).not.toMatch(/\.$/)
    expect(sentences(text).length).toBeGreaterThanOrEqual(2)
    expect(sentences(text).length).toBeLessThanOrEqual(4)
    expect(longestSentence(text)).toBeLessThanOrEqual(30)
    expect(text).toMatch(/\bwelcome\b/)
  })

  test.each(rules)('$code cannot be used to shield the powerful', ({ title, text }) => {
    const powers = /\b(government|state|party|leader|official|authorit|police|army|regime|minister)/i
    const pretexts =
      /\b(rumou?r|stability|unity|harmony|public order|national (security|interest)|reputation|sensitive|inappropriate|offensive)\b/i
    expect(`${title} ${text}`).not.toMatch(powers)
    expect(`${title} ${text}`).not.toMatch(pretexts)
  })

  test('may be mended by the reader wherever a moderator may cut', () => {
    const cutButNotReturned = codesWhere(
      (rule) => rule.permits.includes('edit') && !rule.permits.includes('return'),
    )
    expect(cutButNotReturned).toEqual([])
  })

  test('names a category and keywords of the DSA Transparency Database', () => {
    for (const { category, keywords } of rules) {
      const known = vocabulary[category]
      expect(known).toBeDefined()
      expect(keywords.length).toBeGreaterThan(0)
      expect(keywords.filter((keyword) => !known?.includes(keyword))).toEqual([])
    }
  })
})

test('a second person is needed where a mistake costs most', () => {
  expect(codesWhere((rule) => rule.needsSecond)).toEqual(['violence', 'at_risk', 'defamation', 'sexual'])
})

test('no edit is permitted where it would put other words, or other facts, in a reader’s mouth', () => {
  expect(codesWhere((rule) => !rule.permits.includes('edit'))).toEqual([
    'topic',
    'hatred',
    'violence',
    'facts',
    'sexual',
  ])
})

/** The part of the database's schema v2 that suits comments: each category with its keywords. */
const vocabulary: Record<string, string[]> = {
  STATEMENT_CATEGORY_CONSUMER_INFORMATION: ['KEYWORD_HIDDEN_ADVERTISEMENT', 'KEYWORD_OTHER'],
  STATEMENT_CATEGORY_CYBER_VIOLENCE: [
    'KEYWORD_CYBER_BULLYING_INTIMIDATION',
    'KEYWORD_CYBER_HARASSMENT',
    'KEYWORD_OTHER',
  ],
  STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS: [
    'KEYWORD_MISSING_PROCESSING_GROUND',
    'KEYWORD_OTHER',
  ],
  STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH: [
    'KEYWORD_DEFAMATION',
    'KEYWORD_DISCRIMINATION',
    'KEYWORD_HATE_SPEECH',
    'KEYWORD_OTHER',
  ],
  STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS: ['KEYWORD_COPYRIGHT_INFRINGEMENT', 'KEYWORD_OTHER'],
  STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS: [
    'KEYWORD_MISINFORMATION_DISINFORMATION',
    'KEYWORD_OTHER',
  ],
  STATEMENT_CATEGORY_OTHER_VIOLATION_TC: [
    'KEYWORD_ADULT_SEXUAL_MATERIAL',
    'KEYWORD_LANGUAGE_REQUIREMENTS',
    'KEYWORD_OTHER',
  ],
  STATEMENT_CATEGORY_SCAMS_AND_FRAUD: [
    'KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING',
    'KEYWORD_INAUTHENTIC_ACCOUNTS',
    'KEYWORD_PHISHING',
    'KEYWORD_OTHER',
  ],
  STATEMENT_CATEGORY_VIOLENCE: ['KEYWORD_INCITEMENT_VIOLENCE_HATRED', 'KEYWORD_OTHER'],
}

function codesWhere(matches: (rule: (typeof rules)[number]) => boolean) {
  return rules.filter(matches).map((rule) => rule.code)
}

function sentences(words: string) {
  const segments = new Intl.Segmenter('en', { granularity: 'sentence' }).segment(words)
  return Array.from(segments, ({ segment }) => segment.trim())
}

/** In words. */
function longestSentence(words: string) {
  return Math.max(...sentences(words).map((sentence) => sentence.split(/\s+/).length))
}
