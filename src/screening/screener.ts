import type { Database } from '../database/client.ts'
import { inTurns, turn } from '../http/turns.ts'
import { skeleton } from './confusables.ts'
import type { Facts } from './facts.ts'
import { detectLanguage } from './language.ts'
import { loadDetector } from './language-by-words.ts'
import { matchHash, matchKey } from './match-key.ts'
import { compiling, type FindPhrases } from './phrases.ts'
import type { Screen, Screened, TextToScreen } from './screened.ts'
import { screening } from './signals.ts'
import { isTelling, nearlySame, shortlistDistance, simhash } from './simhash.ts'
import { type Known, known, phrasesOf } from './store.ts'

/**
 * Screening with what the database knows; phrases are compiled once for every change of a site's list. A submission
 * waits for it `patience` milliseconds at most.
 */
export function screener(
  db: Database,
  onFault: (fault: unknown) => void = () => undefined,
  patience = 1_000,
): Screen {
  const compiled = new Map<string, { version: number; find: Promise<FindPhrases> }>()

  return async (text) => {
    const timer = new AbortController()
    try {
      // Loaded by the first text, if not before, and not at the expense of its patience.
      await loadDetector()
      return await Promise.race([look(text), patienceEnds(patience, timer.signal)])
    } catch (fault) {
      onFault(fault)
      return null
    } finally {
      timer.abort()
    }
  }

  async function look({ site, article, language, name, text, removed }: TextToScreen): Promise<Screened> {
    await turn()
    const key = matchKey(text, skeleton)
    await turn()
    const prints = { matchHash: matchHash(key), simhash: simhash(key) }
    const { reserved, phrasesVersion, alike } = await known(
      db.desk,
      { site, article },
      prints,
      shortlistDistance,
    )
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
      reserved,
      expectedLanguage: language,
      detected,
      phrases,
      repeats: await inTurns(repeats(key, isTelling(key) ? alike : [])),
    }
    const signals = await inTurns(screening(facts))
    return { ...prints, signals, language: found ?? language }
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

/** How often others sent the text with this match key, and one that is nearly the same. */
function* repeats(key: string, alike: Known['alike']): Generator<undefined, Facts['repeats']> {
  const counts = { same: 0, nearlySame: 0 }
  for (const { text, times } of alike) {
    const other = matchKey(text, skeleton)
    yield
    if (other === key) counts.same += times
    else if (nearlySame(key, other)) counts.nearlySame += times
    yield
  }
  return counts
}

function patienceEnds(patience: number, signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), patience)
    signal.addEventListener('abort', () => clearTimeout(timer))
  })
}
