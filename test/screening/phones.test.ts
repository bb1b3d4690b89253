import { findPhones } from '../../src/screening/phones.ts'

function found(text: string) {
  return findPhones(text).map(({ start, end }) => text.slice(start, end))
}

describe('the number of a country is found', () => {
  test.each([
    ['North America, with 1', '1-512-555-0187'],
    ['North America, without', '512-555-0187'],
    ['North America, in one', '15125550187'],
    ['North America, in one, without', '5125550187'],
    ['China, a mobile in groups', '138-0013-8000'],
    ['China, a mobile in one', '13800138000'],
    ['China, a mobile in three, four and four', '1380-013-8000'],
    ['China, a line of a firm', '400-123-4567'],
    ['China, a line of a firm, in one', '8001234567'],
    ['China, a city with eight digits', '0755-87654321'],
    ['Singapore', '6123-4567'],
    ['Korea, for firms', '1588-1234'],
    ['India', '98765-43210'],
    ['India, in one', '9876543210'],
    ['India, free of charge', '1800-123-4567'],
    ['Germany, a mobile', '0151-23456789'],
    ['Germany, a mobile in one, of twelve digits', '015123456789'],
    ['Spain', '612-34-56-78'],
    ['Kazakhstan', '8-701-123-45-67'],
    ['Kazakhstan, in one', '87011234567'],
    ['Australia', '1300-123-456'],
    ['Brazil', '11-98765-4321'],
    ['one with a leading 0, of nine digits', '01-2345679'],
    ['one with a leading 0, of eleven', '07700-900123'],
  ])('%s: %s', (_country, number) => {
    expect(found(number)).toEqual([number])
    expect(found(`see ${number}, or not`)).toEqual([number])
  })

  test.each([
    ['North America, where an area begins with 1', '112-555-0187'],
    ['North America, where an exchange does', '512-155-0187'],
    ['North America, and a digit more', '512-555-01871'],
    ['China, where a mobile begins with 12', '128-0013-8000'],
    ['Singapore, where it begins with 4', '4123-4567'],
    ['Korea, for firms that are none', '1488-1234'],
    ['India, where a mobile begins with 5', '58765-43210'],
    ['Russia, and a digit less', '8-701-123-45-6'],
    ['Australia, by another prefix', '1400-123-456'],
    ['Brazil, where a mobile begins with 8', '11-88765-4321'],
    ['one with two leading zeros', '001-234567'],
    ['one with a leading 0 and eight digits', '01-234567'],
    ['one with a leading 0 and twelve', '07700-9001234'],
  ])('but none of %s: %s', (_country, number) => {
    expect(found(number)).toEqual([])
  })
})

describe('a number for calls from abroad is found by the code of its country', () => {
  test.each([
    ['North America', '+1 512 555 0187'],
    ['Russia', '+7 701 123 45 67'],
    ['Egypt', '+20 2 2345 6789'],
    ['Myanmar', '+95 9 421 234 567'],
    ['Cambodia', '+855 12 345 678'],
    ['Hong Kong, in few digits', '+852 12345'],
    ['Peru', '+51 987 654 321'],
    ['Haiti', '+509 3412 3456'],
    ['Brunei', '+673 712 3456'],
    ['Finland', '+358 9 123 4567'],
    ['Ireland', '+353 1 234 5678'],
    ['with zeros for a plus', '00855 12 345 678'],
    ['with a full-width plus', '＋855 12 345 678'],
    ['with a plus that a bracket follows', '+(855) 12 345 678'],
    ['with zeros, each digit alone', '0-0-8-5-5-1-2-3-4-5-6-7-8'],
  ])('%s: %s', (_country, number) => {
    expect(found(`see ${number}, or not`)).toEqual([number])
  })

  test.each([
    ['North America, where an area begins with 1', '+1 112 555 0187'],
    ['North America, and a digit less', '+1 512 555 018'],
    ['Russia, and a digit more', '+7 701 123 45 678'],
    ['Egypt, in few digits', '+20 123456'],
    ['no country', '+383 0'],
    ['no country, 21 alone', '+210 123'],
    ['zeros, each digit alone, with other signs between', '0-0-8.5-5-1-2-3-4-5-6-7-8'],
    ['zeros that no code follows', '00112 345 678'],
  ])('but none of %s: %s', (_country, number) => {
    expect(found(number)).toEqual([])
  })
})

describe('a number is found from its first sign to its last', () => {
  test.each([
    ['without the bracket around it', 'see (0912345678) now', '0912345678'],
    ['without a full-width one', 'see （0912345678） now', '0912345678'],
    ['with a bracket that closes inside', 'see (09) 12345678 now', '(09) 12345678'],
    ['with a full-width one', 'see （09）12345678 now', '（09）12345678'],
    ['without a bracket that closes behind', 'see (09 12345678) now', '09 12345678'],
    ['without the hyphen before it', 'see -0912345678- now', '0912345678'],
    ['from its plus, behind words', 'Ann:+85512345678', '+85512345678'],
    ['with keycaps', 'see 0️⃣912345678 now', '0️⃣912345678'],
    ['with two spaces and a hyphen between', 'see 0912 - 345678 now', '0912 - 345678'],
    ['but no further than three signs', 'see 0912345678 -- 5 now', '0912345678'],
  ])('%s: %s', (_how, text, number) => {
    expect(found(text)).toEqual([number])
  })
})

describe('where numbers follow each other', () => {
  test.each([
    ['a complete one ends at a space', '0912345678 0987654321', ['0912345678', '0987654321']],
    ['a complete one ends at a slash', '23456789/0987654321', ['0987654321']],
    ['a complete one does not end at a hyphen', '0755-8765432-1', []],
    ['one in groups ends before a 0', '0912 345 678 - 0987 654 321', ['0912 345 678', '0987 654 321']],
    ['so does one of nine digits', '012 345 679 - 0987 654 321', ['012 345 679', '0987 654 321']],
    ['one behind a sum', '1 + 1, see 0912345678', ['0912345678']],
    ['but not with a single space between', '0912 345 678 0987 654 321', []],
    ['nor before another digit', '0912 345 678 - 9987 654 321', []],
    ['nor where it is too short', '0912 345 - 0987 654 321', []],
    ['one behind a date', '15.01.2024 0912345678', ['0912345678']],
    ['one behind a span of dates', '01.11.-05.11.24 0912345678', ['0912345678']],
    ['one before a date', '0912345678 15/01/2024', ['0912345678']],
    ['one between dates', '15/01/2024 0912345678 16/01/2024', ['0912345678']],
    ['one that goes on with the sign of what seems a date', '06.15.11.24.12', ['06.15.11.24.12']],
  ])('%s: %s', (_how, text, numbers) => {
    expect(found(text)).toEqual(numbers)
  })
})

describe('digits are read in any script', () => {
  test.each([
    ['Burmese', '၀၉၁၂၃၄၅၆၇၈'],
    ['Khmer', '០៩១២៣៤៥៦៧៨'],
    ['mathematical, bold', '𝟎𝟗𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖'],
    ['mathematical, monospace, the last of its rows', '𝟶𝟿𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾'],
    ['Chinese', '〇九一二三四五六七八'],
    ['Chinese, with circles', '○九一二三四五六七八'],
    ['Chinese, for money', '零玖壹贰叁肆伍陆柒捌'],
    ['Chinese, for money, traditional', '零玖壹貳參肆伍陸柒捌'],
  ])('%s: %s', (_script, number) => {
    expect(found(number)).toEqual([number])
  })

  test.each([
    ['Khmer that counts', '០១២៣៤៥៦៧៨៩'],
    ['Chinese that counts', '一二三四五六七八九'],
    ['Chinese, too few', '零玖壹贰叁肆伍'],
    ['of many scripts, all the same', '1១၁𝟏1១၁𝟏'],
  ])('but are no number where they are %s: %s', (_why, text) => {
    expect(found(text)).toEqual([])
  })
})

test.each(Array.from('二四五六七贰貳肆伍陆陸柒'))('%s is what it says, not only a digit', (digit) => {
  const number = `一${digit}一二${digit}五五〇一四三`
  expect(found(number)).toEqual([number])
})

describe('beside a word for phones', () => {
  test.each([
    ['seven digits', 'call 2345678', '2345678'],
    ['fifteen', 'call 234567891234567', '234567891234567'],
    ['groups of three that are no thousands', 'call 234-567-891', '234-567-891'],
    ['years the wrong way round', 'call 2024-2019', '2024-2019'],
    ['a span that is not round', 'call 3512-3788', '3512-3788'],
    ['a round span the wrong way round', 'call 3700-3500', '3700-3500'],
    ['a round span and more', 'call 3500-3700-22', '3500-3700-22'],
    ['a span that begins round', 'call 3500-3712', '3500-3712'],
    ['a span that ends round', 'call 3512-3700', '3512-3700'],
    ['groups that begin as thousands', 'call 123-456-78901', '123-456-78901'],
    ['what ends as years', 'call 12019-2024', '12019-2024'],
    ['what begins as years', 'call 2019-20245', '2019-20245'],
    ['the first of two with seven digits', 'call 2345678 9123456', '2345678'],
  ])('%s are a number: %s', (_what, text, number) => {
    expect(found(text)).toEqual([number])
  })

  test.each([
    ['six digits', 'call 234567'],
    ['sixteen', 'call 2345678912345678'],
    ['thousands', 'call 1 250 350'],
    ['round millions', 'call 12 000 000'],
    ['round thousands of thousands', 'call 123 456 000'],
    ['years', 'call 1987-2019'],
    ['years of one century', 'call 1914-1987'],
    ['thousands of millions', 'call 12 345 678 000'],
    ['a span in fifties', 'call 3550-3700'],
    ['the same digit', 'call 7777777'],
  ])('%s are none: %s', (_what, text) => {
    expect(found(text)).toEqual([])
  })
})

describe('no number is', () => {
  test.each([
    ['two round ones', '2340-5670'],
    ['two that are near each other', '2345-2844'],
    ['two years', '2019-2024'],
    ['one that ends in four zeros', '5125550000'],
    ['one that begins as a date', '2024011523'],
    ['one that begins as a date of the last century', '1987123123'],
    ['counting from 1', '1234567890'],
    ['counting from 0', '01234567'],
    ['counting down, each digit alone', '9 8 7 6 5 4 3 2'],
    ['a group of one digit', '0123 5 5678'],
    ['a first group of one digit', '0-912-345-679'],
    ['counting down from 0, each digit alone', '0 9 8 7 6 5 4 3 2'],
    ['what stands on both sides of a date', '0912 15.01.2024 345678'],
    ['pairs that were drawn', '01 12 23 34 45'],
    ['digits alone with other signs between', '0 9-1 2 3 4 5 6 7 8'],
  ])('%s: %s', (_what, text) => {
    expect(found(text)).toEqual([])
  })

  test.each([
    ['two of which only one is round', '2340-5671'],
    ['two that are further apart', '2345-2845'],
    ['two that go down', '2399-2345'],
    ['counting up but for one', '012345679'],
    ['counting down in a piece', '098765432'],
    ['pairs that go down', '01 45 34 23 12'],
    ['pairs of 50 and more', '01 12 23 34 50'],
    ['four zeros within', '5122000055'],
    ['a date within', '9820190123'],
  ])('but one is %s: %s', (_what, text) => {
    expect(found(text)).toEqual([text])
  })
})
