import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { runInNewContext } from 'node:vm'
import { z } from 'zod'
import { convertToUnicode } from '../../src/screening/zawgyi-conversion.ts'

const require = createRequire(import.meta.url)
const source = readFileSync(require.resolve('myanmar-tools/resources/Z2U.js'), 'utf8')
const phases = z
  .array(
    z.array(
      z.object({
        p: z.custom<RegExp>((value) => String(value).startsWith('/')),
        s: z.string(),
        matchOnStart: z.unknown().optional(),
        revisit: z.unknown().optional(),
      }),
    ),
  )
  .parse(runInNewContext(`${source}; getAllRulesZ2U()`))

/** What myanmar-tools says about its rules, in as many words: every rule at every place. */
function convertedRuleByRule(text: string): string {
  return phases.reduce((written, rules) => {
    let done = ''
    let rest = written
    for (let atStart = true; rest !== ''; atStart = false) {
      let fits = false
      for (const { p, s, matchOnStart, revisit } of rules) {
        const match = matchOnStart === undefined || atStart ? p.exec(rest) : null
        if (match === null) continue
        fits = true
        const behind = rest.length - match[0].length
        rest = rest.replace(p, s)
        if (revisit !== undefined) continue
        done += rest.slice(0, rest.length - behind)
        rest = rest.slice(rest.length - behind)
      }
      if (!fits) {
        done += rest.slice(0, 1)
        rest = rest.slice(1)
      }
    }
    return done
  }, text)
}

const letters = ['က', 'င', '၀', '၄', '\u1064', '\u109F', '\u10A0', '\u0FFF']
const signs = ['\u1031', '\u1036', '\u1037', '\u1039', '\u103A', '\u103B', '\u103C', '\u102F']
const gaps = [' ', '\n', '\u200B', '\u200C', '\u200D', '\u2060', '\u3000', '.', 'a']

describe('the rules are applied as one by one', () => {
  test.each([
    ['a letter', letters],
    ['a sign', signs],
    ['a gap', gaps],
  ])('behind each two, to %s', (_what, last) => {
    const all = [...letters, ...signs, ...gaps]
    // What has nothing Burmese is not looked at, nor is a zero-width space before a space, which shows as nothing.
    const texts = all
      .flatMap((one) => all.flatMap((two) => last.map((three) => one + two + three)))
      .filter((text) => /[\u1000-\u109F]/.test(text) && !/^\u200B\s/.test(text))
    expect(texts.filter((text) => convertToUnicode(text) !== convertedRuleByRule(text))).toEqual([])
  })

  test('to a digit that stands for a letter, where a sign that waits for one ends the text', () => {
    expect(convertToUnicode('၀က\u1031')).toBe('ဝက\u1031')
  })

  test('to long texts, at whatever place they may be parted', () => {
    for (const scrap of ['ေက်းဇူးတင္ပါတယ္', 'ႀကီး ', 'ဒီေန႔', 'က\u1031', '\u103Bက', '၀\u1031', 'xက\u1064']) {
      const text = scrap.repeat(40)
      expect(convertToUnicode(text)).toBe(convertedRuleByRule(text))
    }
  })
})
