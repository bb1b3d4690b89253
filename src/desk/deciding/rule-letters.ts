import type { Rule } from '../api/shapes.ts'

/** A rule with the letter that picks it. */
export type Lettered = Rule & { letter: string }

/**
 * Gives each rule a letter of its own, the same in every list of the same rules: the first free one of its code, so that
 * it can be remembered, else of the alphabet, else a number. More than 36 rules have none ('').
 */
export function lettered(rules: readonly Rule[]): Lettered[] {
  const taken = new Set<string>()
  return rules.map((rule) => {
    const letter = [...Array.from(rule.code.toLowerCase()), ...others].find(
      (one) => others.includes(one) && !taken.has(one),
    )
    if (letter !== undefined) taken.add(letter)
    return { ...rule, letter: letter ?? '' }
  })
}

const others = Array.from('abcdefghijklmnopqrstuvwxyz0123456789')

/** The rules that permit an action, with the letters that they have among all. */
export function permitting(rules: readonly Lettered[], action: Rule['permits'][number]): Lettered[] {
  return rules.filter(({ permits }) => permits.includes(action))
}
