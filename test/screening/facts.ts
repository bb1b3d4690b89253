import type { Facts } from '../../src/screening/facts.ts'

/** Facts about an ordinary comment, of which nothing else is known. */
export function factsOf(facts: Partial<Facts>): Facts {
  return {
    text: '',
    name: '',
    removed: {},
    arrival: [],
    reserved: [],
    expectedLanguage: 'en',
    detected: { language: 'und', confidence: 0 },
    phrases: [],
    repeats: { same: 0, nearlySame: 0 },
    ...facts,
  }
}
