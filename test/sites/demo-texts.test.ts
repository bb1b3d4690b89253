import { demoArticle, demoComments, type Fate } from '../../src/sites/demo-texts.ts'
import { defaultTerms } from '../../src/terms/default.ts'

const replies = demoComments.flatMap((comment) => (comment.reply ? [comment.reply] : []))
const everyComment = [...demoComments, ...replies]
const fates: Fate[] = everyComment.map((comment) => comment.fate)
const citations = fates.flatMap((fate) =>
  'rules' in fate ? fate.rules.map((code) => ({ action: fate.action, code })) : [],
)

describe('the demo article', () => {
  test('is a short story of five to seven paragraphs', () => {
    expect(demoArticle.paragraphs.length).toBeGreaterThanOrEqual(5)
    expect(demoArticle.paragraphs.length).toBeLessThanOrEqual(7)
    expect(Math.min(...demoArticle.paragraphs.map((paragraph) => paragraph.length))).toBeGreaterThan(80)
  })
})

describe('the demo comments', () => {
  test('are written in at least ten languages', () => {
    const languages = new Set(everyComment.map((comment) => comment.language))
    expect(languages.size).toBeGreaterThanOrEqual(10)
    for (const language of languages) expect(new Intl.Locale(language).toString()).toBe(language)
  })

  test.each(everyComment)('in $language stand in the script of that language', ({ language, text }) => {
    const letters = text.replaceAll(/\P{L}/gu, '')
    expect(letters).not.toBe('')
    expect(letters.replaceAll(scriptOf(language), '')).toBe('')
  })

  test('in Uyghur use only letters of the Uyghur alphabet, none of the Arabic ones that look alike', () => {
    const uyghur = everyComment.filter((comment) => comment.language === 'ug')
    expect(uyghur).not.toEqual([])
    for (const { text } of uyghur) {
      expect(text.replaceAll(/\P{L}/gu, '')).toMatch(/^[ئاەبپتجچخدرزژسشغفقكگڭلمنھوۇۆۈۋېىي]+$/)
    }
  })

  test('are stored as they are written: NFC, trimmed', () => {
    const words = [
      demoArticle.title,
      ...demoArticle.paragraphs,
      ...everyComment.flatMap(({ name, text }) => (name === null ? [text] : [name, text])),
      ...fates.flatMap((fate) => ('text' in fate ? [fate.text] : 'reason' in fate ? [fate.reason] : [])),
    ]
    for (const text of words) {
      expect(text).toBe(text.normalize('NFC').trim())
      expect(text).not.toBe('')
    }
    expect(new Set(everyComment.map((comment) => comment.text)).size).toBe(everyComment.length)
  })

  test('show every kind of decision, and leave the desk something to do', () => {
    expect(new Set(fates.map((fate) => fate.action))).toEqual(
      new Set(['pending', 'approve', 'edit', 'reject', 'return']),
    )
    expect(fates.filter((fate) => fate.action === 'pending').length).toBeGreaterThanOrEqual(4)
  })

  test('cite rules of the default terms that permit the move', () => {
    expect(citations.length).toBeGreaterThanOrEqual(3)
    for (const { action, code } of citations) {
      const rule = defaultTerms.rules.find((candidate) => candidate.code === code)
      expect(rule?.permits).toContain(action)
    }
  })

  test('can be decided by one person', () => {
    const needTwo = new Set(defaultTerms.rules.filter((rule) => rule.needsSecond).map((rule) => rule.code))
    expect(citations.filter(({ code }) => needTwo.has(code))).toEqual([])
  })

  test('are edited by marked cuts only, and the cut takes the telephone number away', () => {
    const edits = everyComment.flatMap(({ text, fate }) =>
      fate.action === 'edit' ? [{ original: text, edited: fate.text }] : [],
    )
    expect(edits).toHaveLength(1)
    for (const { original, edited } of edits) {
      expect(edited).toContain('[…]')
      expect(onlyCuts(original, edited)).toBe(true)
      expect(original).toMatch(/\d{3}/)
      expect(edited).not.toMatch(/\d/)
    }
  })

  test('answer only comments that are published', () => {
    const answered = demoComments.filter((comment) => comment.reply)
    expect(answered).not.toEqual([])
    for (const comment of answered) {
      expect(['approve', 'edit']).toContain(comment.fate.action)
    }
    expect(
      answered.some(({ language, reply }) => reply?.fate.action === 'approve' && reply.language !== language),
    ).toBe(true)
  })

  test('include one that waits with a link and capitals', () => {
    const waiting = everyComment.filter((comment) => comment.fate.action === 'pending')
    expect(
      waiting.filter(({ text }) => /https:\/\/\S+\.example\//.test(text) && /\b[A-Z ]{20,}\b/.test(text)),
    ).toHaveLength(1)
  })
})

function scriptOf(language: string) {
  const { script } = new Intl.Locale(language).maximize()
  // A locale names the writing of a language; Unicode names the script of a character.
  const unicode = new Map([
    ['Hans', 'Han'],
    ['Hant', 'Han'],
    ['Kore', 'Hangul'],
  ]).get(script ?? '')
  return new RegExp(`\\p{Script=${unicode ?? script}}`, 'gu')
}

/** Whether `edited` is `original` with passages replaced by the mark, and nothing added, reordered or lost unmarked. */
function onlyCuts(original: string, edited: string) {
  const kept = edited.split('[…]')
  if (!original.startsWith(kept.at(0) ?? '') || !original.endsWith(kept.at(-1) ?? '')) return false
  let from = 0
  for (const passage of kept) {
    const at = original.indexOf(passage, from)
    if (at < 0) return false
    from = at + passage.length
  }
  return true
}
