import { screen } from '../../../src/screening/signals.ts'
import { factsOf } from '../../screening/facts.ts'
import { asStored, kept, type Row, submitted } from './rows.ts'

/** What heuristics made for English would refuse, mask or delay. */
const unsuspicious = [
  kept(
    'words are long where no spaces part them',
    '今天下午我们一起去河边散步然后回家吃饭看电视睡觉明天再说吧',
  ),
  kept('German makes long words', 'Donaudampfschifffahrtsgesellschaftskapitän'),
  kept('laughter repeats', 'ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ'),
  kept('so does Thai laughter', '555555555'),
  kept('and a cry', 'nooooooooooooooo!!!!!!!!!'),
  kept('a short shout is a name', 'NATO, WHO, UNESCO'),
  kept('Georgian has no small letters', 'ᲗᲑᲘᲚᲘᲡᲘ'),
  kept('Chinese has no case', '好好好好好好好好好好好好好好好好好好好好好'),
  kept('a town in a word list is a town', 'Scunthorpe and Penistone'),
  kept('a word of another language is a word', 'Die Art der Fahrt'),
  kept('\\w knows no Vietnamese', 'ưỡ ệ ặ'),
  kept('\\b knows no Khmer', 'ខ្មែរ'),
  kept('a comment may be one emoji', '🤬'),
  kept('a price is no telephone number', 'It was 1,250,000 riel in 2019.'),
  kept('a comparison is no markup', 'if (a<b && c>d)'),
  kept('a full stop without a space is no link', 'I agree.So do you.'),
]

const advice: Row<[code: string, severity: string][]>[] = [
  { why: 'capitals', input: 'THIS IS AN OUTRAGE AND NOBODY CARES', expected: [['shouting', 'info']] },
  { why: 'a link', input: 'See https://a.example/b', expected: [['links', 'notice']] },
  { why: 'a tag', input: 'This is <b>bold</b>', expected: [['markup', 'info']] },
  { why: 'a telephone number', input: 'Call +44 20 7946 0958', expected: [['contact_details', 'notice']] },
  { why: 'a mail address', input: 'Write to jane@a.example', expected: [['contact_details', 'notice']] },
  { why: 'a disguised one', input: 'jane at example dot com', expected: [['contact_details', 'info']] },
  { why: 'two alphabets in a word', input: 'pаypal', expected: [['mixed_script', 'notice']] },
  { why: 'a private-use character', input: 'a \uE000', expected: [['private_use', 'info']] },
  { why: 'a lost character', input: 'caf\uFFFD', expected: [['replacement_character', 'info']] },
  { why: 'a hidden space', input: 'ca\u200Bsino', expected: [['invisible_characters', 'notice']] },
]

describe('P16 a text is accepted, and nothing is said of it, because', () => {
  test.each(unsuspicious)('$why', (row) => {
    expect(submitted(row.input)).toEqual(asStored(row.expected))
    expect(screen(factsOf({ text: row.input }))).toEqual([])
  })
})

describe('P16 a text is accepted as typed, and a moderator is advised of', () => {
  test.each(advice)('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(input))
    expect(screen(factsOf({ text: input })).map(({ code, severity }) => [code, severity])).toEqual(expected)
  })
})
