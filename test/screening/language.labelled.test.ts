import { measureLanguage } from './measure.ts'

test('of the labelled comments, none is read wrongly but these; whoever mends one strikes it out here', async () => {
  expect((await measureLanguage()).wrong).toEqual([
    'missed: First! is en, not und',
    'missed: 幾時先有得飲茶 is yue, not zh-Hant',
    'missed: 我都覺得係 is yue, not zh-Hant',
    'missed: ok បង is km, not und',
    'missed: Facebook ນີ້ມີຂ່າວດີ is lo, not und',
    'missed: توغرا is ug, not und',
    'missed: Cam on ban rat nhieu is vi, not und',
    'missed: bai viet rat hay va co ich is vi, not und',
    'missed: ai cung noi the nhung khong ai lam is vi, not tl',
    'missed: Es una vergüenza is es, not und',
    'missed: Никто ничего не знает is ru, not und',
    'missed: इसका जिम्मेदार कौन होगा? is hi, not und',
    'missed: आखिर खत्म हुआ is hi, not und',
    'mistaken: I said 我說你好嗎今天 to them and they said 謝謝你們的好意 is und, not zh-Hant',
    'mistaken: Hello 你好吗朋友 world 世界和平 is und, not zh-Hans',
    'mistaken: merci danke gracias thanks is und, not es',
    'mistaken: NATO UNESCO ASEAN WHO is und, not ms',
    'mistaken: Jean-Claude Van Damme is und, not fr',
    'mistaken: Wolfgang Amadeus Mozart, Ludwig van Beethoven is und, not nl',
  ])
})
