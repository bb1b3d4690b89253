import { places } from './places.ts'
import type { Range } from './signal.ts'

/**
 * Handles under which messengers find someone: links to them, and an account named behind the messenger's name, which
 * must have an @, a digit or an underscore to be told from a word. Takes any string, in linear time.
 */
export function findHandles(text: string): Range[] {
  return [...places(text, messengerLink), ...accounts(text)]
}

const messengerLink =
  /(?<![\w.-])(?:https?:\/\/)?(?:t\.me|telegram\.me|wa\.me|(?:api|chat)\.whatsapp\.com|line\.me|lin\.ee|m\.me|zalo\.me|open\.kakao\.com|u\.wechat\.com)\/[\w@~+./?=&%-]{2,80}/gi

function accounts(text: string): Range[] {
  return Array.from(text.matchAll(account)).flatMap((match) => {
    const [whole, messenger = '', between = '', written = ''] = match
    const handle = written.replace(/[.-]+$/, '')
    const asked = askedFor.test(text.slice(Math.max(0, match.index - 24), match.index))
    if (!isHandle(handle, messenger, between, asked)) return []
    const start = match.index + whole.length - written.length
    return [{ start, end: start + handle.length }]
  })
}

function isHandle(handle: string, messenger: string, between: string, asked: boolean): boolean {
  if (/^(?:@|live:)/i.test(handle)) return true
  if (/^\d/.test(handle)) return /qq|扣扣/i.test(messenger)
  if (version.test(handle)) return false
  const digit = /\d/.test(handle)
  if (introduces.test(between)) return digit || handle.includes('_')
  const named = asked || !/[a-z]/i.test(messenger)
  return digit && (named || handle.includes('_'))
}

const messengers =
  String.raw`(?<![\p{L}\p{N}])(?:telegram|tele|tg|whats ?app|line|we ?chat|weixin|vx|wx|viber|signal|zalo|kakao(?: ?talk)?|skype|snap(?:chat)?|` +
  String.raw`insta(?:gram)?|ig|qq|discord|messenger)(?![\p{Script=Latin}\p{N}])|(?<=加)(?:line|qq|vx|wx|v)|微信|薇信|威信|扣扣|电报|電報|` +
  String.raw`카톡|카카오톡|텔레그램|(?<!\p{Script=Hangul})라인|` +
  'តេឡេក្រាម|តេលេក្រាម|တယ်လီဂရမ်|ဝီချက်|ဗိုင်ဘာ|ວີແຊັດ|ئۈندىدار|འཕྲིན་ཕྲན|(?<!ออน)ไลน์'
const introductions = String.raw`[\s:：=＝,，་-]|(?:me|id|account|acc|user(?:name)?|name|nick|channel|group|is)(?![\w])|号|號|帳號|账号|群|아이디|نومۇرى|နံပါတ်`
const account = new RegExp(
  String.raw`(${messengers})((?:${introductions}){0,6})(@[\w.]{4,32}|live:[\w.-]{3,32}|[a-z][\w.-]{3,31}|[1-9]\d{4,10}(?!\d))`,
  'giu',
)
/** What may stand behind the name of an app and is nobody's account: 微信iOS18 crashes. */
const version = /^(?:ios|ipados|macos|android|windows|win|covid|iso)-?\d[\d.]*$/i
const introduces = /[:：=＝]|\b(?:id|account|username|nick)\b|号|號|账|帳|아이디|نومۇرى|နံပါတ်/i
const askedFor = /(?<!\p{L})(?:add|dm|pm|text|message|kết bạn|nhắn|thêm|ib)(?!\p{L})|加|联系|聯絡|추가/iu
