import type { FunctionComponent, VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { KeysDialog } from '../keys/keys-dialog.tsx'
import { useKeys } from '../keys/listen.ts'
import { Queue } from '../queue/queue.tsx'
import { texts } from '../texts.ts'
import { useBench } from './bench.ts'
import { useHeld } from './held-state.ts'
import { Later } from './later.tsx'
import type { Area } from './place.ts'
import { Places } from './places.tsx'
import { SessionDialog } from './session-dialog.tsx'
import { type Speaker, Voice } from './voice.tsx'

/** The parts that are fetched when somebody goes there. */
const parts: Partial<Record<Area, () => Promise<FunctionComponent>>> = {
  list: async () => (await import('../lists/list.tsx')).List,
  search: async () => (await import('../lists/search.tsx')).Search,
  reports: async () => (await import('../objections/reports.tsx')).Reports,
  appeals: async () => (await import('../objections/appeals.tsx')).Appeals,
  statistics: async () => (await import('../figures/statistics.tsx')).Statistics,
  log: async () => (await import('../figures/log.tsx')).Log,
  statements: async () => (await import('../figures/statements.tsx')).Statements,
  transparency: async () => (await import('../figures/transparency.tsx')).Transparency,
  terms: async () => (await import('../settings/terms.tsx')).Terms,
  phrases: async () => (await import('../settings/phrases.tsx')).Phrases,
  reasons: async () => (await import('../settings/reasons.tsx')).Reasons,
  sites: async () => (await import('../settings/sites.tsx')).Sites,
  people: async () => (await import('../settings/people.tsx')).People,
  keys: async () => (await import('../settings/access-keys.tsx')).AccessKeys,
  me: async () => (await import('../settings/my-sessions.tsx')).MySessions,
  comment: async () => (await import('../queue/one-comment.tsx')).OneComment,
}

/** The whole desk: where one can go, where one is, and what is told on top of both. */
export function Desk({ said, onOther }: Pick<Speaker, 'said'> & { onOther: () => void }): VNode {
  const { place, preferences, work, go } = useBench()
  const { area, one } = useHeld(place)
  const { direction } = useHeld(preferences)
  const { isLost, isSignedOut } = useHeld(work.connection)
  const [isMapOpen, setMapOpen] = useState(false)
  const fetchPart = parts[area]

  useEffect(() => {
    document.documentElement.dir = direction
  }, [direction])
  useEffect(() => {
    document.title = `${texts.areas[area]} · ${texts.title}`
  }, [area])

  useKeys('page', ({ command }) => {
    if (command === 'keys') setMapOpen(true)
    else if (command === 'search') go({ area: 'search' })
    else if (command === 'places') document.querySelector<HTMLElement>('nav a[aria-current]')?.focus()
    else return false
    return true
  })

  return (
    <>
      <Places onKeys={() => setMapOpen(true)} onSkip={focusWork} />
      {isLost && !isSignedOut && (
        <p class="told warning lost" role="alert">
          {texts.lost}
        </p>
      )}
      <main tabIndex={-1}>
        {fetchPart ? <Later key={`${area} ${one ?? ''}`} area={area} fetchPart={fetchPart} /> : <Queue />}
      </main>
      <Voice said={said} />
      {isMapOpen && (
        <KeysDialog
          onClose={() => {
            setMapOpen(false)
            focusWork()
          }}
        />
      )}
      {isSignedOut && <SessionDialog onOther={onOther} />}
    </>
  )
}

function focusWork(): void {
  const main = document.querySelector('main')
  const heading = main?.querySelector<HTMLElement>('h2[tabindex], h1[tabindex]')
  ;(heading ?? main)?.focus()
}
