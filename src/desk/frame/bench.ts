import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Me, Site } from '../api/shapes.ts'
import type { Details } from '../queue/details.ts'
import type { Drafts } from '../queue/drafts.ts'
import type { DeskWork } from '../queue/open-work.ts'
import type { HeldState } from './held-state.ts'
import type { Place } from './place.ts'
import type { Preferences } from './preferences.ts'

/** What every part of the desk works with. */
export interface Bench {
  me: Me
  sites: readonly Site[]
  work: DeskWork
  details: Details
  drafts: Drafts
  preferences: HeldState<Preferences>
  place: HeldState<Place>
  /** says something to whoever cannot see it happen */
  say: (text: string) => void
  go: (place: Pick<Place, 'area' | 'one'> & Partial<Place>) => void
  /** milliseconds of a clock that only goes forward */
  now: () => number
  /** the time of day, in milliseconds */
  time: () => number
  /** how many collapsed texts were opened in this session */
  opened: HeldState<number>
}

const BenchContext = createContext<Bench | undefined>(undefined)
export const BenchProvider = BenchContext.Provider

export function useBench(): Bench {
  const bench = useContext(BenchContext)
  if (!bench) throw new Error('This belongs on a bench.')
  return bench
}

/** What somebody is on a site, or anywhere. */
export function isEditor({ admin, roles }: Me, site?: string): boolean {
  return admin || roles.some((one) => one.role === 'editor' && (site === undefined || one.site === site))
}
