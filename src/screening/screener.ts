import { LRUCache } from 'lru-cache'
import type { Database } from '../database/client.ts'
import { together } from '../http/together.ts'
import { inTurns, turn } from '../http/turns.ts'
import { skeleton } from './confusables.ts'
import type { Facts } from './facts.ts'
import { detectLanguage } from './language.ts'
import { loadDetector } from './language-by-words.ts'
import { matchHash, matchKey } from './match-key.ts'
import { compiling, type FindPhrases } from './phrases.ts'
import type { Screen, Screened, TextToScreen } from './screened.ts'
import { screening } from './signals.ts'
import {
  isTelling,
  mayBeNearlySame,
  nearlySameAs,
  shortlistDistance,
  simhash,
  trigramHashes,
} from './simhash.ts'
import { type Compared, type Known, known, phrasesOf } from './store.ts'

/**
 * Screening with what the database knows, asked for all texts together that arrive while it answers; phrases are
 * compiled once for every change of a site's list. A submission waits for it `patience` milliseconds at most.
 */
export function screener(
  db: Database,
  onFault: (fault: unknown) => void = () => undefined,
  patience = 1_000,
): Screen {
  const compiled = new Map<string, { version: number; find: Promise<FindPhrases> }>()
  const prints = rememberedPrints()
  const look = together((texts: readonly Compared[]) => known(db.desk, texts, shortlistDistance), {
    lanes: 1,
    slow: { after: 250, lanes: 4 },
    most: mostTogether,
  })

  return async (text) => {
    let timer: NodeJS.Timeout | undefined
    try {
      // Loaded by the first text, if not before, and not at the expense of its patience.
      await loadDetector()
      const patienceEnds = new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), patience)
      })
      return await Promise.race([examine(text), patienceEnds])
    } catch (fault) {
      onFault(fault)
      return null
    } finally {
      clearTimeout(timer)
    }
  }

  async function examine(of: TextToScreen): Promise<Screened> {
    const { site, article, language, name, text, removed, arrival = [] } = of
    await turn()
    const key = matchKey(text, skeleton)
    await turn()
    const own = { matchHash: matchHash(key), simhash: simhash(key) }
    const { reserved, phrasesVersion, alike } = await look({ site, article, ...own })
    await turn()
    const detected = await detectLanguage(text, [language])
    const found = detected.language === 'und' ? undefined : detected.language
    const find = await findPhrases(site, phrasesVersion)
    await turn()
    const phrases = find(text, found)
    const facts = {
      text,
      name: name ?? '',
      removed,
      arrival,
      reserved,
      expectedLanguage: language,
      detected,
      phrases,
      repeats: await inTurns(repeats(key, isTelling(key) ? alike : [], prints)),
    }
    const signals = await inTurns(screening(facts))
    return { ...own, signals, language: found ?? language }
  }

  function findPhrases(site: string, version: number): Promise<FindPhrases> {
    const kept = compiled.get(site)
    if (kept?.version === version) return kept.find
    const find = phrasesOf(db.desk, site).then((phrases) => inTurns(compiling(phrases)))
    compiled.set(site, { version, find })
    find.catch(() => compiled.delete(site))
    return find
  }
}

/** Texts that are looked up in one query; each is compared with five hundred others there. */
const mostTogether = 64

/** How often others sent the text with this match key, and one that is nearly the same. */
function* repeats(
  key: string,
  alike: Known['alike'],
  prints: Prints,
): Generator<undefined, Facts['repeats']> {
  const counts = { same: 0, nearlySame: 0 }
  if (alike.length === 0) return counts
  const isNearlySame = nearlySameAs(key)
  const hashes = trigramHashes(key)
  yield
  for (const [at, { text, times }] of alike.entries()) {
    if (at % 10 === 9 || !prints.has(text)) yield
    const other = prints.of(text)
    if (other.key === key) counts.same += times
    else if (mayBeNearlySame(hashes, other.hashes)) {
      yield
      if (isNearlySame(other.key)) counts.nearlySame += times
    }
  }
  return counts
}

/** What texts are compared by: remembered, because most were compared with the text before as well. */
interface Prints {
  has: (text: string) => boolean
  of: (text: string) => { key: string; hashes: Uint32Array }
}

/** In units of texts, for about ten megabytes of prints. */
const mostRemembered = 1_000_000

function rememberedPrints(): Prints {
  const prints = new LRUCache<string, ReturnType<Prints['of']>>({
    maxSize: mostRemembered,
    sizeCalculation: (_print, text) => text.length + 1,
  })
  return {
    has: (text) => prints.has(text),
    of(text) {
      const kept = prints.get(text)
      if (kept) return kept
      const key = matchKey(text, skeleton)
      const print = { key, hashes: trigramHashes(key) }
      prints.set(text, print)
      return print
    },
  }
}
