import { places } from './places.ts'
import type { Range } from './signal.ts'

/**
 * What looks like an address in a town: a number beside a word for streets, in the order of the language. Low advice:
 * shops, events and news have addresses too. Takes any string, in linear time.
 */
export function findStreetAddresses(text: string): Range[] {
  return places(text, street)
}

const number = String.raw`\p{Nd}{1,4}`
const street = new RegExp(
  [
    // 221B Baker St. · 1600 Example Avenue
    String.raw`(?<![\p{L}\p{Nd}])${number}[A-Za-z]?,? (?:\p{Lu}[\p{L}'’-]{1,30} ){1,3}(?:Street|St\b\.?|Road|Rd\b\.?|Avenue|Ave\b\.?|Lane|Ln\b\.?|Drive|Boulevard|Blvd\b\.?|Terrace|Crescent|Square)(?!\p{L})`,
    // Hauptstraße 12
    String.raw`(?<!\p{L})\p{Lu}\p{Ll}{2,30}(?:straße|strasse|str\.|weg|gasse|allee|platz) ${number}[a-z]?(?![\p{L}\p{Nd}])`,
    // 12 rue de la Paix
    String.raw`(?<![\p{L}\p{Nd}])${number}(?: bis| ter)?,? (?:rue|avenue|boulevard|chemin|impasse|quai) (?:de |du |des |la |le |les |l['’]|d['’]){0,3}\p{Lu}[\p{L}'’-]{1,30}`,
    // 彌敦道123號 · 人民路88号 · 中山北路二段45號
    String.raw`(?:(?![住在喺係於于是到去來来址])\p{Script=Han}){1,6}[路街道巷弄里](?:[一二三四五六七八九十]段)?(?:\p{Nd}{1,4}[巷弄])?\p{Nd}{1,5}[号號]`,
    // 월드컵로 12길 34
    String.raw`(?<=[시군구읍면동] )\p{Script=Hangul}{1,10}(?:로|길) ?\p{Nd}{1,4}(?:번?길)?(?: ?\p{Nd}{1,4}(?:-\p{Nd}{1,4})?)?(?!\p{Nd})`,
    // số 12 đường Lê Lợi · 12 phố Huế
    String.raw`(?<!\p{L})(?:[Ss]ố |[Nn]hà |[Nn]gõ )?${number}[A-Z]?(?:\/\p{Nd}{1,4}){0,3},? (?:đường|phố|ngõ|hẻm) \p{Lu}\p{L}{0,10}(?: \p{Lu}\p{L}{0,10}){0,3}`,
    // အမှတ် ၁၂၊ ဗိုလ်ချုပ်လမ်း
    String.raw`အမှတ် ?[(]?\p{Nd}{1,4}[)]?[၊, ]{0,2}(?:\p{Script=Myanmar}(?<![၊။])){1,30}?လမ်း`,
    // ផ្ទះលេខ 12 ផ្លូវ 271
    String.raw`ផ្ទះលេខ ?\p{Nd}{1,4}[A-Z]?,? ?ផ្លូវ(?:លេខ)? ?\p{Nd}{1,4}`,
  ].join('|'),
  'gu',
)
