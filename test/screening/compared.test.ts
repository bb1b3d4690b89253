import type { Facts } from '../../src/screening/facts.ts'
import { compilePhrases } from '../../src/screening/phrases.ts'
import type { Signal } from '../../src/screening/signal.ts'
import { screen } from '../../src/screening/signals.ts'
import { factsOf } from './facts.ts'

const phrasesIn = (text: string) =>
  compilePhrases([
    { phrase: 'casino*', severity: 'notice', note: 'Spam of the spring.' },
    { phrase: 'cheap boats', severity: 'warning' },
    { phrase: '河', severity: 'info' },
  ])(text)

test.each<[why: string, facts: Partial<Facts>, code: string, severity: string, message: string]>([
  [
    'a name like the site’s',
    { name: 'Thé GAZETTE', reserved: [{ name: 'The Gazette', whose: 'site' }] },
    'impersonation',
    'warning',
    'The name resembles that of this site, “The Gazette”.',
  ],
  [
    'a moderator’s pseudonym',
    { name: 'JUNlPER', reserved: [{ name: 'Juniper', whose: 'moderator' }] },
    'impersonation',
    'warning',
    'The name resembles that of a moderator, “Juniper”.',
  ],
  [
    'an author’s name',
    { name: 'ana_reyes', reserved: [{ name: 'Ana Reyes', whose: 'author' }] },
    'impersonation',
    'warning',
    'The name resembles that of the article’s author, “Ana Reyes”.',
  ],
  [
    'a word for staff',
    { name: 'Edit0r', reserved: [{ name: 'Ana Reyes', whose: 'author' }] },
    'impersonation',
    'warning',
    'The name resembles a word for staff, “editor”.',
  ],
  [
    'the same text once',
    { repeats: { same: 1, nearlySame: 0 } },
    'repeat',
    'notice',
    'Within a week the same text was sent once before.',
  ],
  [
    'a campaign',
    { repeats: { same: 2, nearlySame: 7 } },
    'repeat',
    'warning',
    'Within a week the same text was sent 2 times, and nearly the same text was sent 7 times before.',
  ],
  [
    'a flood, of which no more are counted',
    { repeats: { same: 1_000, nearlySame: 0 } },
    'repeat',
    'warning',
    'Within a week the same text was sent 1000 times or more before.',
  ],
  [
    'the same text twice',
    { repeats: { same: 2, nearlySame: 0 } },
    'repeat',
    'notice',
    'Within a week the same text was sent 2 times before.',
  ],
  [
    'nearly the same text once',
    { repeats: { same: 0, nearlySame: 1 } },
    'repeat',
    'notice',
    'Within a week nearly the same text was sent once before.',
  ],
  [
    'the same text and another that is nearly the same',
    { repeats: { same: 1, nearlySame: 1 } },
    'repeat',
    'notice',
    'Within a week the same text was sent once, and nearly the same text was sent once before.',
  ],
  [
    'three such texts',
    { repeats: { same: 1, nearlySame: 2 } },
    'repeat',
    'warning',
    'Within a week the same text was sent once, and nearly the same text was sent 2 times before.',
  ],
  [
    'another language',
    { detected: { language: 'km', confidence: 0.98 } },
    'language',
    'info',
    'The text seems to be in another language than the article: km (98 %).',
  ],
])('%s', (_why, facts, code, severity, message) => {
  expect(screen(factsOf(facts))).toEqual([{ code, severity, message, ranges: [] }])
})

test.each<[why: string, facts: Partial<Facts>]>([
  [
    'a name of one’s own',
    {
      name: 'Robin',
      reserved: [
        { name: 'The Gazette', whose: 'site' },
        { name: 'Ana Reyes', whose: 'author' },
      ],
    },
  ],
  ['the article’s own language', { detected: { language: 'en', confidence: 1 } }],
  [
    'Cantonese under a Chinese article',
    { detected: { language: 'yue', confidence: 1 }, expectedLanguage: 'zh-Hant' },
  ],
  ['a language that nobody can tell', { detected: { language: 'und', confidence: 0 } }],
])('%s is no signal', (_why, facts) => {
  expect(screen(factsOf(facts))).toEqual([])
})

test('phrases of the site are shown where they stand, as strictly as the strictest, with their notes', () => {
  const text = 'Casinos by the 河, and cheap boats.'
  expect(screen(factsOf({ text, phrases: phrasesIn(text) }))).toEqual([
    {
      code: 'phrase',
      severity: 'warning',
      message: 'On the site’s list: “casino*”, “河”, “cheap boats”. Spam of the spring.',
      ranges: [
        { start: 0, end: 6 },
        { start: 15, end: 16 },
        { start: 22, end: 33 },
      ],
    },
  ])
})

test.each<[severities: Signal['severity'][], severity: string]>([
  [['info'], 'info'],
  [['info', 'notice'], 'notice'],
  [['notice', 'warning', 'info'], 'warning'],
])('phrases of %j are a signal of %s', (severities, severity) => {
  const phrases = severities.map((one, at) => ({
    phrase: { phrase: one, severity: one },
    start: at,
    end: at + 1,
  }))
  expect(screen(factsOf({ phrases }))).toMatchObject([{ severity }])
})

test('of many phrases five are named, three notes told, and fifty places shown, in order', () => {
  const phrases = Array.from({ length: 60 }, (_, at) => ({
    phrase: { phrase: `p${at % 7}`, note: `Note ${at % 7}.`, severity: 'info' as const },
    start: 60 - at,
    end: 70 - (at % 2),
  }))
  const [signal] = screen(
    factsOf({ phrases: [...phrases, { phrase: { phrase: 'p0', severity: 'info' }, start: 11, end: 30 }] }),
  )
  expect(signal?.message).toBe('On the site’s list: “p0”, “p1”, “p2”, “p3”, “p4”. Note 0. Note 1. Note 2.')
  expect(signal?.ranges).toHaveLength(50)
  expect(signal?.ranges.slice(9, 13).map(({ start, end }) => [start, end])).toEqual([
    [10, 70],
    [11, 30],
    [11, 69],
    [12, 70],
  ])
})

test('Zawgyi is told, as surely as it is known', () => {
  const [signal] = screen(factsOf({ text: 'ဂယ္ဂ\u103Aျမန္မာႏိုင္ငံသည္ အေရွ႕ေတာင္အာရွတြင္ ရွိသည္။' }))
  expect(signal).toMatchObject({
    code: 'zawgyi',
    severity: 'notice',
    message: expect.stringContaining('Zawgyi'),
  })
})

test('a phone number is shown where it stands; what may only be an address, alone, is said softly', () => {
  const [signal] = screen(factsOf({ text: 'Call me at +44 20 7946 0958 tonight.' }))
  expect(signal).toEqual({
    code: 'contact_details',
    severity: 'notice',
    message: 'The text contains 1 place that tells how to reach somebody.',
    ranges: [{ start: 11, end: 27 }],
  })
})
