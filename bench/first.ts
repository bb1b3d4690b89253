import { type Hold, type Measured, summary } from './holds.ts'
import type { Asked } from './service.ts'
import { onStage } from './stage.ts'
import { inJson, settle, toArticle } from './world.ts'

/** What is used for the first time: patterns are compiled then, tables made, dictionaries loaded. */
const firsts: [what: string, asked: Asked][] = [
  ...[
    ['English', 'Everybody on the east bank knows that the evening boat was cancelled twice. '],
    ['Burmese', 'မြန်မာစာကို ဖတ်တယ်။ '],
    ['Zawgyi', 'ေျမွာက္ပါ ျမန္မာျပည္ '],
    ['Cantonese', '我哋今日去睇戲。'],
    ['Mandarin', '我们今天去看电影。'],
    ['Khmer', 'ខ្ញុំចូលចិត្តអានព័ត៌មាន'],
    ['Korean', '오늘 비가 많이 왔어요. '],
    ['Lao', 'ຂ້ອຍມັກອ່ານຂ່າວ '],
    ['Tibetan', 'བོད་ཡིག་འབྲི། '],
    ['Uyghur', 'بۈگۈن يامغۇر ياغدى. '],
    ['Vietnamese', 'Hôm nay trời mưa to quá. '],
    ['Russian', 'Сегодня опять нет вечернего парома. '],
  ].map(([what = '', text = '']): [string, Asked] => [
    `the first comment in ${what}`,
    inJson('POST', toArticle, { text: text.repeat(60), name: 'Wren' }),
  ]),
  ['the first page of an article', { method: 'GET', path: '/edits/articles/news' }],
  ['the first list of comments', { method: 'GET', path: toArticle }],
  ['the first look at the API', { method: 'GET', path: '/openapi.json' }],
]

/** Starts the service anew a few times, and measures what comes first of what is chosen. */
export async function firstUses(starts: number, isChosen: (name: string) => boolean): Promise<Measured[]> {
  const chosen = firsts.filter(([what]) => isChosen(what))
  const holds = new Map<string, Hold[]>()
  for (let start = 0; start < starts && chosen.length > 0; start += 1) {
    await onStage({}, async (stage) => {
      const service = await stage.service({ isProbed: true })
      await settle(service)
      for (const [what, asked] of chosen) {
        const hold = await service.during(async () => {
          await service.ask(asked)
        })
        holds.set(what, [...(holds.get(what) ?? []), hold])
      }
    })
  }
  return [...holds].map(([what, found]) => summary(what, found))
}
