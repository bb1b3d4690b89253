import type { FunctionComponent, VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { KeysDialog } from '../keys/keys-dialog.tsx'
import { useKeys } from '../keys/listen.ts'
import { Queue } from '../queue/queue.tsx'
import { texts } from '../texts.ts'
import { useBench } from './bench.ts'
import { useHeld } from './held-state.ts'
import { Later } from './later.tsx'
import { type Area, linkTo } from './place.ts'
import { Places } from './places.tsx'
import { SessionDialog } from './session-dialog.tsx'
import { type Speaker, Voice } from './voice.tsx'

/** The parts that are fetched when somebody goes there. */
const parts: Partial<Record<Area, () => Promise<FunctionComponent>>> = {
  list: async () => (await import('../lists/list.tsx')).List,
  search: async () => (await import('../lists/search.tsx')).Search,
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
      <a class="skip" href={linkTo({ area })} onClick={focusWork}>
        {texts.skipToWork}
      </a>
      <Places onKeys={() => setMapOpen(true)} />
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

function focusWork(event?: Event): void {
  event?.preventDefault()
  const main = document.querySelector('main')
  const heading = main?.querySelector<HTMLElement>('h2[tabindex], h1[tabindex]')
  ;(heading ?? main)?.focus()
}
