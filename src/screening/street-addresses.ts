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

// What makes a year, an hour or a count of the number before a street: In 2011 Tahrir Square, all 12 High Street banks.
const countedBefore =
  String.raw`(?<!\p{Nd}[:.])(?<!\b(?:[Aa]ll|[Ll]ast|[Oo]ther|[Tt]hese|[Tt]hose|[Oo]nly|[Oo]ver|[Aa]bout|[Tt]he) )` +
  String.raw`(?!(?<=\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Bb]efore|[Aa]fter|[Dd]uring) )(?:1[5-9]|20)\p{Nd}\p{Nd} )`
const datedBefore = String.raw`(?<!\p{Nd}[:./])(?<!(?:[Nn]ăm|[Tt]háng|[Nn]gày|[Ll]úc|[Hh]ồi|[Mm]ùng|[Qq]uận|[Cc]ó|[Cc]ả|[Hh]ơn) )`

// 知道8號, 這條街15號, 國道1號, 村里20号 are no streets; 8号线, 8號風球 and 15号才 are no houses.
const road =
  '(?:(?<![條条道線线公馬马鐵铁])路|(?<![條条第])街|(?<![條条知報报味難难頻频渠車车隧國国縣县省軌轨赤])道|[巷弄]|(?<![这那哪村家城心公站堂水井楼店校])里)'
const noHouse =
  '(?!線|线|風球|风球|出口|巴士|公車|公交|公车|台風|台风|颱風|才|就|起|開始|开始|晚|早|上午|下午|凌晨|至|到)'

const countedInKorean =
  '여|년|개월|월|일|주|분|시간|초|명|번|회|차|개|원|만|천|억|[%％]|퍼센트|km|㎞|m|미터|킬로|세|살|대|배|건|호선|위|등|점|층|곳|출구|리'
const street = new RegExp(
  [
    // 221B Baker St. · 1600 Example Avenue
    String.raw`(?<![\p{L}\p{Nd}])${countedBefore}${number}[A-Za-z]?,? (?:\p{Lu}[\p{L}'’-]{1,30} ){1,3}(?:Street|St\b\.?|Road|Rd\b\.?|Avenue|Ave\b\.?|Lane|Ln\b\.?|Drive|Boulevard|Blvd\b\.?|Terrace|Crescent|Square)(?!\p{L})`,
    // Hauptstraße 12
    String.raw`(?<!\p{L})\p{Lu}\p{Ll}{2,30}(?:straße|strasse|str\.|weg|gasse|allee|platz) ${number}[a-z]?(?![\p{L}\p{Nd}])`,
    // 12 rue de la Paix
    String.raw`(?<![\p{L}\p{Nd}])${number}(?: bis| ter)?,? (?:rue|avenue|boulevard|chemin|impasse|quai) (?:de |du |des |la |le |les |l['’]|d['’]){0,3}\p{Lu}[\p{L}'’-]{1,30}`,
    // 彌敦道123號 · 人民路88号 · 中山北路二段45號
    String.raw`(?:(?![住在喺係於于是到去來来址])\p{Script=Han}){1,6}${road}(?:[一二三四五六七八九十]段)?(?:\p{Nd}{1,4}[巷弄])?\p{Nd}{1,5}[号號]${noHouse}`,
    // 월드컵로 12길 34
    String.raw`(?<=[시군구읍면동] )\p{Script=Hangul}{1,10}(?:로|길) ?\p{Nd}{1,4}(?:번?길)?(?: ?\p{Nd}{1,4}(?:-\p{Nd}{1,4})?)?(?!\p{Nd}| ?(?:${countedInKorean}))`,
    // số 12 đường Lê Lợi · 12 phố Huế
    String.raw`(?<![\p{L}\p{Nd}])${datedBefore}(?:[Ss]ố |[Nn]hà |[Nn]gõ )?${number}[A-Z]?(?:\/\p{Nd}{1,4}){0,3},? (?:đường|phố|ngõ|hẻm) \p{Lu}\p{L}{0,10}(?: \p{Lu}\p{L}{0,10}){0,3}`,
    // အမှတ် ၁၂၊ ဗိုလ်ချုပ်လမ်း
    String.raw`အမှတ် ?[(]?\p{Nd}{1,4}[)]?[၊, ]{0,2}(?:\p{Script=Myanmar}(?<![၊။])){1,30}?(?<!တဲ့|မယ့်|သော|သည့်)လမ်း`,
    // ផ្ទះលេខ 12 ផ្លូវ 271
    String.raw`ផ្ទះលេខ ?\p{Nd}{1,4}[A-Z]?,? ?ផ្លូវ(?:លេខ)? ?\p{Nd}{1,4}`,
  ].join('|'),
  'gu',
)
