/** Whether a phone, a call or a messenger is spoken of just before, or a messenger just behind. */
export function speaksOfPhones(before: string, after: string): boolean {
  return cue.test(before) || /^[ ,(-]{0,3}(?:whats ?app|viber|zalo|telegram|wechat|line|imo)\b/i.test(after)
}

/** Whether a number is glued to a word or a formula. */
export function endsInWord(before: string): boolean {
  return /[\p{Script=Latin}+*^]$/u.test(before)
}

/** Whether a number is part of something longer: a decimal, a word, an identifier, an address of a page. */
export function isInsideOfMore(before: string, after: string): boolean {
  if (/[#№=_&@]$|(?<!\p{Nd})\/$|\p{Nd}[,:]$|(?:ISBN(?:-1[03])?|MST):? ?$/iu.test(before)) return true
  if (/^(?:[@_=]|[,:]\p{Nd})/u.test(after)) return true
  return /^[a-z]/i.test(after)
}

/** Whether money or something counted is meant. */
export function isAmount(before: string, after: string): boolean {
  return (
    /(?:\p{Sc}|\b(?:rs|rm|rp|usd|vnd|hkd|mmk|lak|khr|krw|cny|rmb)|ကျပ်|[月房]租|租金|月薪|每月)\.? ?$/iu.test(
      before,
    ) || counted.test(after)
  )
}

const latinCues =
  'tel|telephone|phone|fone|mob|mobile|cell|calls?|ring|dial|text|sms|fax|hotline|whats ?app|viber|zalo|telegram|signal|imo|' +
  'contact|handy|anrufen|ruft?|numéro|numero|appele[zr]|appel|llam\\p{L}*|aray[ıi]n|alo|sđt|sdt|đt|gọi|liên hệ|điện thoại|tổng đài|' +
  '(?:my|mera|phone) number|тел|звон\\p{L}*'
const otherCues =
  '電話|电话|電話番号|手機|手机|致電|來電|来电|請電|打俾|打給|打给|聯絡|联络|联系|聯繫|热线|熱線|傳真|加我|搵|請洽|请洽|查詢|咨询|報名|' +
  '전화|연락|문의|(?<!(?:민원|접수|주문|대기|차량|사건|송장|예약|계좌) ?)번호|문자|휴대폰|ဖုန်း|ဆက်သွယ်|ဗိုင်ဘာ|ទូរស័ព្ទ|ទាក់ទង|តេឡេក្រាម|ໂທ|ເບີ|ຕິດຕໍ່|โทร|ติดต่อ|ཁ་པར|تېلېفون|ھاتف|هاتف|اتصل|' +
  'फ़ोन|फोन|कॉल|नंबर'
const cue = new RegExp(
  String.raw`(?:(?<!\p{L})(?:${latinCues})(?!\p{L})|${otherCues})\.?[^\n.!?。！？\p{Nd}]{0,16}$`,
  'iu',
)

const latinUnits =
  'votes?|views?|people|users?|km|kg|m|usd|vnd|kyats?|kip|riels?|won|yuan|dollars?|euros?|stars?|followers?|likes?|times|' +
  'met(?:er|re)s?|copies|[kmg]hz|đồng|đ|tỷ|triệu|người|lượt|kč'
const otherUnits =
  '元|圓|圆|円|人|票|次|萬|万|億|亿|個|个|名|塊|块|原|通[电電來来]|원|명|표|회|만|억|건|ကျပ်|ယောက်|រៀល|នាក់|ដុល្លារ|ກີບ|ຄົນ|སྒོར|سوم|يۈەن|ئادەم|บาท|คน'
const counted = new RegExp(
  String.raw`^(?: ?[%‰°\p{Sc}]|\s?(?:${latinUnits})(?!\p{L})|\s?(?:${otherUnits}))`,
  'iu',
)
