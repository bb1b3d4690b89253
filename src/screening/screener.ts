import type { Database } from '../database/client.ts'
import { skeleton } from './confusables.ts'
import { detectLanguage } from './language.ts'
import { matchHash, matchKey } from './match-key.ts'
import { compilePhrases, type FindPhrases } from './phrases.ts'
import type { Screen, Screened, TextToScreen } from './screened.ts'
import { screen } from './signals.ts'
import { isTelling, nearlySame, shortlistDistance, simhash } from './simhash.ts'
import { known, phrasesOf } from './store.ts'

/** Milliseconds that a submission waits for its screening. */
const patience = 1_000

/** Screening with what the database knows; phrases are compiled once for every change of a site's list. */
export function screener(db: Database, onFault: (fault: unknown) => void = () => undefined): Screen {
  const compiled = new Map<string, { version: number; find: FindPhrases }>()

  return async (text) => {
    const timer = new AbortController()
    try {
      return await Promise.race([look(text), patienceEnds(timer.signal)])
    } catch (fault) {
      onFault(fault)
      return null
    } finally {
      timer.abort()
    }
  }

  async function look({ site, language, name, text, removed }: TextToScreen): Promise<Screened> {
    const key = matchKey(text, skeleton)
    const prints = { matchHash: matchHash(key), simhash: simhash(key) }
    const { reserved, phrasesVersion, alike } = await known(db.desk, site, prints, shortlistDistance)
    const detected = await detectLanguage(text, [language])
    const keys = isTelling(key) ? alike.map((other) => matchKey(other, skeleton)) : []
    const same = keys.filter((other) => other === key).length
    const signals = screen({
      text,
      name: name ?? '',
      removed,
      reserved,
      expectedLanguage: language,
      detected,
      phrases: (await findPhrases(site, phrasesVersion))(
        text,
        detected.language === 'und' ? undefined : detected.language,
      ),
      repeats: { same, nearlySame: keys.filter((other) => other !== key && nearlySame(key, other)).length },
    })
    return { ...prints, signals, language: detected.language === 'und' ? language : detected.language }
  }

  async function findPhrases(site: string, version: number): Promise<FindPhrases> {
    const kept = compiled.get(site)
    if (kept?.version === version) return kept.find
    const find = compilePhrases(await phrasesOf(db.desk, site))
    compiled.set(site, { version, find })
    return find
  }
}

function patienceEnds(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), patience)
    signal.addEventListener('abort', () => clearTimeout(timer))
  })
}
