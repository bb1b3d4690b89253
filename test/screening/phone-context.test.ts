import { findPhones } from '../../src/screening/phones.ts'

function found(text: string) {
  return findPhones(text).map(({ start, end }) => text.slice(start, end))
}

describe('a number is found', () => {
  test.each([
    ['behind two words with a slash', 'and/or 0912345678', '0912345678'],
    ['behind a score', 'it was 5:1, and 0912345678', '0912345678'],
    ['behind a decimal', 'for 5,1 and 0912345678', '0912345678'],
    ['behind talk of ISBN', 'ISBN: none, but 0912345678', '0912345678'],
    ['before an equals sign further on', 'it is 0912345678 = me', '0912345678'],
    ['before an account further on', 'it is 0912345678 @me', '0912345678'],
    ['before a word, but not glued to it', '0912345678 now', '0912345678'],
    ['before a sentence', '0912345678, 5 rooms', '0912345678'],
    ['behind an amount further on', 'for 500 usd, see 0912345678', '0912345678'],
    ['behind 出租, to let', '出租 2888-3888', '2888-3888'],
    ['behind money in another word', 'affairs 2888-3888', '2888-3888'],
    ['before a unit in another word', '2888-3888 metallic', '2888-3888'],
    ['before WhatsApp in brackets', '8613800138000 (WhatsApp)', '8613800138000'],
    ['before LINE, behind a comma', '8613800138000, line', '8613800138000'],
    ['before Whats App in two words', '8613800138000 whats app', '8613800138000'],
    ['glued to a letter, behind a word for phones', 'tel:A0912345678', '0912345678'],
    ['behind a slash of a list', '0912345678/0987654321', '0912345678'],
  ])('%s: %s', (_where, text, number) => {
    expect(found(text)[0]).toBe(number)
  })

  test.each([
    ['English', 'call'],
    ['English, short', 'mob'],
    ['English, in two words', 'my number'],
    ['of messengers', 'WhatsApp'],
    ['French', 'appelez'],
    ['German', 'anrufen'],
    ['Spanish', 'llamen'],
    ['Turkish', 'arayın'],
    ['Russian', 'звоните'],
    ['Vietnamese', 'điện thoại'],
    ['Cantonese', '打俾'],
    ['Mandarin', '联系'],
    ['Korean', '연락'],
    ['Korean, of a number', '전화번호'],
    ['Burmese', 'ဆက်သွယ်'],
    ['Khmer', 'ទូរស័ព្ទ'],
    ['Lao', 'ໂທ'],
    ['Thai', 'โทร'],
    ['Tibetan', 'ཁ་པར'],
    ['Uyghur', 'تېلېفون'],
    ['Hindi', 'फ़ोन'],
  ])('of any form, behind a word for phones, %s: %s', (_language, word) => {
    expect(found(`${word} 23456789`)).toEqual(['23456789'])
    expect(found(`${word}. 23456789`)).toEqual(['23456789'])
    expect(found(`${word.toUpperCase()}: 23456789`)).toEqual(['23456789'])
  })
})

describe('of no form that is dialled, a number is not found', () => {
  test.each([
    ['alone', '23456789'],
    ['before a messenger further on', '8613800138000 was on WhatsApp'],
    ['before a word that begins as one', '8613800138000 linear'],
    ['behind the beginning of a word for phones', 'textbook 23456789'],
    ['behind the end of one', 'headphone 23456789'],
    ['behind one of another sentence', 'I hate the phone! See 23456789'],
    ['behind one far before', 'the phone of the old lady next door, 23456789'],
    ['behind another number', 'phone 5 or 23456789'],
    ['behind 접수번호, what a petition is filed as', '접수번호 23456789'],
    ['behind 차량 번호, what is on a car', '차량 번호 23456789'],
  ])('%s: %s', (_where, text) => {
    expect(found(text)).toEqual([])
  })
})

describe('something else is meant', () => {
  test.each(
    (
      '#0912345678|№0912345678|id=0912345678|no_0912345678|a&0912345678|me@0912345678|ISBN:0306406152|ISBN-13: 0306406152|isbn-10 0306406152|' +
      'MST:0301234567|mst 0301234567|path/0912345678|0,0912345678|1:0912345678|0912345678,5|0912345678:5|0912345678@shop|0912345678_x|' +
      '0912345678=x|0912345678GB|A0912345678|é0912345678|x+0912345678|x*0912345678|10^0912345678'
    ).split('|'),
  )('in %s', (text) => {
    expect(found(text)).toEqual([])
  })

  test.each([
    ['a sign', '$'],
    ['a sign of another script', '₭ '],
    ['letters', 'VND '],
    ['letters in small', 'rm'],
    ['letters and a full stop', 'Rs. '],
    ['letters and a full stop, in a piece', 'Rs.'],
    ['Burmese money', 'ကျပ် '],
    ['a rent', '月租'],
    ['a rent of a house', '房租'],
    ['a wage', '月薪 '],
  ])('by an amount behind %s: %s', (_what, sign) => {
    expect(found(`${sign}2888-3888`)).toEqual([])
  })

  test.each([
    ['shares', '%'],
    ['shares, apart', ' ‰'],
    ['degrees', '°'],
    ['money', ' €'],
    ['money in letters', ' USD'],
    ['money in words', ' kyats'],
    ['something in English', ' Views'],
    ['one thing in English', ' vote'],
    ['a measure', ' metres'],
    ['a frequency', ' MHz'],
    ['something in Vietnamese', ' lượt'],
    ['something in Chinese', '票'],
    ['calls, in Chinese', '通電話'],
    ['something in Korean', ' 명'],
    ['something in Burmese', ' ကျပ်'],
    ['something in Khmer', ' នាក់'],
    ['something in Lao', 'ຄົນ'],
    ['something in Tibetan', ' སྒོར'],
    ['something in Uyghur', ' يۈەن'],
    ['something in Thai', ' บาท'],
  ])('by a count of %s: 2888-3888%s', (_what, unit) => {
    expect(found(`2888-3888${unit}`)).toEqual([])
  })
})
