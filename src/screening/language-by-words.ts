export interface Reading {
  /** A BCP 47 tag. */
  language: string
  /** From 0 to 1. */
  sureness: number
}

/**
 * The language of a text by which letters follow which in its words: eld's best guess among those that `fit`, or one
 * of those `expected` that is about as good; undefined where there is too little text, or the next guess is not
 * `behind` by so much of a score between 0 and 1. Another than an expected language needs at least `fewest` words.
 */
export async function readByWords(
  text: string,
  expected: readonly string[],
  {
    fits = () => true,
    behind = 0.02,
    fewest = 2,
  }: { fits?: (language: string) => boolean; behind?: number; fewest?: number } = {},
): Promise<Reading | undefined> {
  const { eld } = await loadDetector()
  const result = eld.detect(text)
  const guesses = Object.entries(result.getScores())
    .map(([code, score]) => ({ language: tags[code] ?? code, score }))
    .filter(({ language }) => fits(language))
  const [best, next] = guesses
  if (best === undefined) return undefined

  const awaited = guesses.find(({ language, score }) => {
    return score > best.score - about && expected.some((tag) => isOf(language, tag))
  })
  if (awaited !== undefined && awaited !== best) return { language: awaited.language, sureness: 0.5 }

  const lead = best.score - (next?.score ?? 0)
  const isPlain = result.isReliable() && lead >= behind && Array.from(text.matchAll(word)).length >= fewest
  if (awaited === undefined && !isPlain) return undefined
  return { language: best.language, sureness: isPlain ? Math.min(1, 0.6 + lead * 2) : 0.5 }
}

let detector: Promise<typeof import('eld/extrasmall')> | undefined

/** Loads, once, what languages are told apart by: a few hundred milliseconds in which nothing else is done. */
export function loadDetector(): Promise<typeof import('eld/extrasmall')> {
  detector ??= import('eld/extrasmall')
  return detector
}

/** An expected language may be behind by so much. */
const about = 0.04

const word = /\p{L}{2,}/gu

/** eld's names for languages that BCP 47 calls otherwise: its Kurdish is the one in Arabic script. */
const tags: Record<string, string> = { ku: 'ckb' }

function isOf(language: string, tag: string): boolean {
  return tag.toLowerCase().split('-')[0] === language
}
