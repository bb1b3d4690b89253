import { readChinese } from '../../src/screening/chinese.ts'

describe('Cantonese is told', () => {
  test.each([
    ['by 唔 before a character', '唔好'],
    ['by 係咪, is it so', '係咪真'],
    ['by it in simplified characters', '系咪真'],
    ['by 點解, why', '點解走'],
    ['by 點樣, how', '點樣走'],
    ['by 邊度, where', '邊度去'],
    ['by 而家, now', '而家走'],
    ['by 依家, now too, at the end', '走依家'],
    ['by 呢個, this one', '呢個人'],
    ['by 返工, to go to work', '返工先'],
    ['by 成日, all day', '成日走'],
    ['by 食飯, to eat', '食飯先'],
    ['by a verb that it has alone', '人嚟'],
    ['by three such characters of a hundred', `${'的'.repeat(97)}嘅嘅嘅`],
    ['by two that it shares with dialects', '佢乜人'],
    ['by 幾多 and one more of those', '幾多佢'],
    ['by 係, to be, and one more of those', '我係佢'],
  ])('%s: %s', (_by, text) => {
    expect(readChinese(text, false).language).toBe('yue')
  })

  test.each([
    ['唔 before a comma', '唔，好'],
    ['咪 of a cat', '貓咪真'],
    ['點 of a dish', '點心走'],
    ['解 of understanding', '理解走'],
    ['邊 of a side', '邊境去'],
    ['家 of another word', '人家走'],
    ['而家庭, but the family', '而家庭走'],
    ['呢 that asks', '人呢他'],
    ['返 of another word', '返回先'],
    ['成日 of completion', '完成日'],
    ['成日 of a date', '成日期'],
    ['食 of another word', '食物先'],
    ['three characters of a hundred and one', `${'的'.repeat(98)}嘅嘅嘅`],
    ['one that it shares with dialects', '佢好人'],
    ['幾 of another word, and one of those', '幾個佢'],
    ['係 of 關係, and one of those', '關係佢'],
  ])('but not by %s: %s', (_by, text) => {
    expect(readChinese(text, false).language).not.toBe('yue')
  })

  test('the surer, the more of the characters tell it', () => {
    expect(readChinese(`${'的'.repeat(19)}嘅`, false).sureness).toBeCloseTo(0.8)
    expect(readChinese(`${'的'.repeat(9)}嘅`, false).sureness).toBe(1)
    expect(readChinese('嘅嘅嘅', false).sureness).toBe(1)
  })
})

describe('the characters of the mainland and of Taiwan are told apart', () => {
  test.each([
    ['zh-Hans', 'of the last row of GB 2312', '鳍'],
    ['zh-Hans', 'of the last cell of a row of it', '剥'],
    ['zh-Hant', 'of the last row of Big5', '龘'],
    ['zh', 'that both have', '大家好'],
    ['zh', 'of both, as many', '电電'],
  ])('%s: those %s: %s', (language, _which, text) => {
    expect(readChinese(text, false).language).toBe(language)
  })

  test('the surer, the more characters tell, and the more of them the same', () => {
    expect(readChinese('大家好', false).sureness).toBe(0.5)
    expect(readChinese('大家电话', false).sureness).toBeCloseTo(2 / 2.25)
    expect(readChinese('电话说電', false).sureness).toBeCloseTo(0.75 * (4 / 4.25))
    expect(readChinese('電話說电', false).sureness).toBeCloseTo(0.75 * (4 / 4.25))
  })
})
