/** What Han characters tell about the language that they write, and how sure that is, from 0 to 1. */
export interface Chinese {
  language: 'yue' | 'zh-Hans' | 'zh-Hant' | 'zh'
  sureness: number
}

/**
 * Cantonese by the characters and words that only it writes; else Chinese in the simplified or the traditional
 * characters, whichever are more; `zh` where no character tells. Formal Cantonese is written as Chinese is. Where
 * Cantonese is expected, one character that it shares with old or dialectal Chinese will do. Takes a text with Han
 * characters.
 */
export function readChinese(text: string, isCantoneseExpected: boolean): Chinese {
  const characters = Array.from(text.matchAll(/\p{Script=Han}/gu), ([character]) => character)
  const cantonese = countOf(onlyCantonese, text) + countOf(mostlyCantonese, text) / 2
  const share = cantonese / characters.length
  if (cantonese >= (isCantoneseExpected ? 0.5 : 1) && share >= 0.03)
    return { language: 'yue', sureness: Math.min(1, 0.6 + share * 4) }

  const simplified = characters.filter((character) => isOnly(character, 'simplified')).length
  const traditional = characters.filter((character) => isOnly(character, 'traditional')).length
  if (simplified === traditional) return { language: 'zh', sureness: 0.5 }
  const language = simplified > traditional ? 'zh-Hans' : 'zh-Hant'
  const telling = simplified + traditional
  return { language, sureness: (Math.max(simplified, traditional) / telling) * (telling / (telling + 0.25)) }
}

function countOf(pattern: RegExp, text: string): number {
  return Array.from(text.matchAll(pattern)).length
}

const onlyCantonese =
  /[嘅咗喺冇啲哋嚟嘢嗰攞瞓嘥㗎嗱唞嚿揼諗氹揸喐啩噃嘞嗌嘈掟攰詏]|唔(?=\p{Script=Han})|[係系]咪|[點点][解樣样]|[邊边][度個个]|[依而]家(?![庭人里裡裏长長族乡鄉中])|尋日|聽日|琴日|呢[個度啲排]|有冇|夠鐘|返[工學学嚟屋]|(?<!完)成日(?![期後后本漸渐])|食[咗飯饭]/gu
const mostlyCantonese = /[佢咁噉睇俾畀咩喎乜靚啱搵揾嘛啦晒癲吓]|[幾几][多時时]|(?<![關关體体聯联干維维])係/gu

// What only one of the two character sets of the mainland (GB 2312) and of Taiwan (Big5) holds is written in one way.
type Manner = 'simplified' | 'traditional'

let sets: Record<Manner, Set<string>> | undefined

function isOnly(character: string, manner: Manner): boolean {
  sets ??= { simplified: hanIn('gb2312', [0xb0, 0xf7], 0xa1), traditional: hanIn('big5', [0xa4, 0xf9], 0x40) }
  const other = manner === 'simplified' ? 'traditional' : 'simplified'
  return sets[manner].has(character) && !sets[other].has(character)
}

/** The Han characters among those that two bytes encode. */
function hanIn(encoding: string, [firstRow, lastRow]: [number, number], firstCell: number): Set<string> {
  const bytes: number[] = []
  for (let row = firstRow; row <= lastRow; row += 1) {
    for (let cell = firstCell; cell <= 0xfe; cell += 1) bytes.push(row, cell)
  }
  return new Set(new TextDecoder(encoding).decode(Uint8Array.from(bytes)).match(/\p{Script=Han}/gu))
}
