import type { Range } from './signal.ts'

export interface MailAddress extends Range {
  /** Written so that programs overlook it, as "jane at example dot com" is; may be no address at all. */
  disguised: boolean
}

/**
 * Mail addresses, in ASCII or any script (RFC 6532), and disguised ones: with at and dot in brackets or in words, or
 * with spaces around the signs. Takes any string, in linear time.
 */
export function findMailAddresses(text: string): MailAddress[] {
  return Array.from(text.matchAll(at)).flatMap(({ 0: sign, index }) => {
    if (!localEnd.test(text.slice(Math.max(0, index - 2), index))) return []
    const before = text.slice(Math.max(0, index - longestLocal), index)
    const local = before.slice(before.search(latinLocal.test(before) ? latinLocal : anyLocal))
    const domain = domainAfter(sign, text.slice(index + sign.length, index + sign.length + longestDomain))
    if (domain === undefined) return []
    const end = index + sign.length + domain.length
    return [{ start: index - local.length, end, disguised: !isSign.test(sign) }]
  })
}

const longestLocal = 64
const longestDomain = 160

/** The sign, or what people put in its place. */
const at =
  / ?[[({] ?(?:@|at) ?[\])}] ?| @ | @(?=g?mail\.|yahoo\.|hotmail\.)|[@＠]| (?:at|골뱅이|a còng|圈a|艾特) /giu
const isSign = /^[@＠]$/

const localEnd = /[\p{L}\p{M}\p{N}_+-]$/u

// A name in Latin letters ends where another script begins: 发到ann@example.org吧.
const latinLocal = /(?:[\p{Script=Latin}\p{N}_][\p{Script=Latin}\p{N}._%+-]*)?[\p{Script=Latin}\p{N}_+-]$/u
const anyLocal = /[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}._-]*$/u

function domainAfter(sign: string, after: string): string | undefined {
  const disguises = /^ at $/i.test(sign) ? [spokenDomain, knownDomain] : [openDomain]
  const patterns = isSign.test(sign) ? [plainDomain, anyDomain] : disguises
  return patterns.map((pattern) => pattern.exec(after)?.[0]).find((domain) => domain !== undefined)
}

const plainDomain = /^(?:[a-z0-9-]{1,63}[.．]){1,8}[a-z]{2,24}(?![a-z0-9])/i
const anyDomain = /^(?:[\p{L}\p{M}\p{N}-]{1,63}[.．。]){1,8}[\p{L}\p{M}]{2,24}/u
// A full stop with a space behind it alone ends a sentence.
const openDomain =
  /^(?:[a-z0-9-]{1,63}(?: ?[.．]| [.．] | dot | ?[[({] ?(?:dot|\.) ?[\])}] ?)){1,8}[a-z]{2,24}(?![a-z0-9])/i

// "At" and "dot" are words too; so both must be there, and an ending that is no word, or a domain that many have.
const spokenDomain =
  /^(?:[a-z0-9-]{2,63} (?:dot|\.) ){1,3}(?:com|net|org|edu|info|io|cn|de|fr|hk|jp|kh|kr|la|mm|tw|uk|vn)(?![a-z0-9])/i
const knownDomain =
  /^(?:g?mail|googlemail|yahoo|hotmail|outlook|icloud|proton(?:mail)?|qq|163|126|naver|daum|hanmail|yandex)\.[a-z]{2,3}(?![a-z0-9])/i
