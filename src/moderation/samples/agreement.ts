import { z } from 'zod'

const Share = z.number().nullable()

/** How often a second person, who did not know of the first, decided the same. */
export const Agreement = z
  .strictObject({
    verdicts: z.int(),
    share: Share.meta({ description: 'Of verdicts that name the same action; null without any.' }),
    kappa: Share.meta({
      description:
        "Cohen's kappa of the actions: 1 for always the same, 0 for no more than by chance; null where all are alike.",
    }),
    byRule: z.array(
      z.strictObject({
        code: z.string(),
        both: z.int().meta({ description: 'Decisions for which both cite it.' }),
        first: z.int().meta({ description: 'For which only the first does.' }),
        second: z.int(),
        share: Share.meta({ description: 'Of verdicts that agree on whether it is broken.' }),
        kappa: Share,
      }),
    ),
    byLanguage: z.array(z.strictObject({ language: z.string(), verdicts: z.int(), share: Share })),
    byModerator: z.array(z.strictObject({ pseudonym: z.string(), verdicts: z.int(), share: Share })).meta({
      description: 'Of whom the decisions were. A reason to talk about a rule, not about a person.',
    }),
  })
  .meta({ id: 'Agreement' })
export type Agreement = z.infer<typeof Agreement>

/** How many verdicts pair these two actions. */
export interface Pair {
  first: string
  second: string
  count: number
}

/** Of some verdicts, how many name the same action. */
export interface Same {
  verdicts: number
  same: number
}

export interface RulePair {
  code: string
  both: number
  first: number
  second: number
}

export function agreementOf({
  pairs,
  rules,
  languages,
  moderators,
}: {
  pairs: Pair[]
  rules: RulePair[]
  languages: (Same & { language: string })[]
  moderators: (Same & { pseudonym: string })[]
}): Agreement {
  const verdicts = total(pairs)
  return {
    verdicts,
    share: shareOfSame(pairs),
    kappa: kappa(pairs),
    byRule: rules.map((rule) => {
      const table = [
        { first: 'cited', second: 'cited', count: rule.both },
        { first: 'cited', second: 'not', count: rule.first },
        { first: 'not', second: 'cited', count: rule.second },
        { first: 'not', second: 'not', count: verdicts - rule.both - rule.first - rule.second },
      ]
      return { ...rule, share: shareOfSame(table), kappa: kappa(table) }
    }),
    byLanguage: languages.map(({ language, ...own }) => ({ language, ...shared(own) })),
    byModerator: moderators.map(({ pseudonym, ...own }) => ({ pseudonym, ...shared(own) })),
  }
}

/**
 * Cohen's kappa (1960): by how much two people agree more than they would by chance, each deciding as often for each
 * action as they do. Null of nothing, and where chance alone would have them agree always.
 */
export function kappa(pairs: readonly Pair[]): number | null {
  const all = total(pairs)
  const observed = shareOfSame(pairs)
  if (observed === null) return null
  const names = [...new Set(pairs.flatMap(({ first, second }) => [first, second]))]
  const expected = names.reduce((sum, name) => {
    const [one, other] = [
      total(pairs.filter(({ first }) => first === name)),
      total(pairs.filter(({ second }) => second === name)),
    ]
    return sum + (one * other) / all ** 2
  }, 0)
  return expected === 1 ? null : (observed - expected) / (1 - expected)
}

function shareOfSame(pairs: readonly Pair[]): number | null {
  const all = total(pairs)
  return all === 0 ? null : total(pairs.filter(({ first, second }) => first === second)) / all
}

function shared({ verdicts, same }: Same): { verdicts: number; share: number | null } {
  return { verdicts, share: verdicts === 0 ? null : same / verdicts }
}

function total(pairs: readonly Pair[]): number {
  return pairs.reduce((sum, { count }) => sum + count, 0)
}
