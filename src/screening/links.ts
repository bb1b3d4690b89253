import { before, places } from './places.ts'
import type { Range } from './signal.ts'

/**
 * Web addresses: with http(s) or www, and bare domains such as `example.com`; not the domain of an e-mail
 * address. Takes any string, in time proportional to its length.
 */
export function findLinks(text: string): Range[] {
  return places(text, addressOrName).flatMap(({ start, end }) => {
    const token = text.slice(start, end)
    if (withPrefix.test(token)) return [{ start, end }]
    const domain = token.slice(0, token.length - trailingDots(token))
    const mail = text[start - 1] === '@' || text[end] === '@'
    if (mail || !isDomain(domain, before(text, start), text[end])) return []
    return [{ start, end: start + domain.length }]
  })
}

function isDomain(domain: string, previous: string, next: string | undefined) {
  const [ending, label, ...more] = domain.toLowerCase().split('.').toReversed()
  if (ending === undefined || label === undefined) return false
  // A label in another script than ASCII stands before the token: 例え.com
  if (label === '' && (more.length > 0 || !letter.test(previous))) return false
  // A full stop without a space after it ("Yes.Shop") is no domain.
  if (!domain.endsWith(ending) && domain !== domain.toUpperCase()) return false
  if (domainEndings.has(ending)) return true
  return /^[a-z]{2}$/.test(ending) && (next === '/' || (more.length > 0 && secondLevel.has(label)))
}

function trailingDots(token: string) {
  let count = 0
  while (token.at(-1 - count) === '.') count += 1
  return count
}

const letter = /\p{L}/u

// Neither pattern can backtrack over more than the few characters between two places where it may begin.
const withPrefix = /^(?:https?:|www\.)/i
const addressOrName = new RegExp(
  [
    String.raw`(?:https?://(?=[\p{L}\p{N}[])|www\.(?=[\p{L}\p{N}]))[\p{L}\p{M}\p{N}.-]*[!-;=?-~]*`,
    '(?:(?!https?://)[a-z0-9.-])+',
  ].join('|'),
  'giu',
)

/** Endings that are no common words, so that a missing space after a full stop seldom looks like a domain. */
const domainEndings = new Set(
  (
    'com net org edu gov info biz io co app dev xyz top shop site online store club vip icu bet casino ' +
    'au br ca cc ch cn cz de dk es eu fi fr gr hk hu jp kh kr lk mm mo mx nl np nz ph pl pt ru se sg th tr tv tw ua uk vn ws'
  ).split(' '),
)
const secondLevel = new Set(['ac', 'co', 'com', 'edu', 'gov', 'net', 'org'])
