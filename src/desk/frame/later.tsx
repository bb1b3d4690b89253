import type { FunctionComponent, VNode } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { texts } from '../texts.ts'
import type { Area } from './place.ts'

const fetched = new Map<Area, FunctionComponent>()

/** A part of the desk whose code is fetched when it is wanted; its heading takes the focus. */
export function Later({
  area,
  fetchPart,
}: {
  area: Area
  fetchPart: () => Promise<FunctionComponent>
}): VNode {
  const [state, setState] = useState<'loading' | 'here' | 'failed'>(fetched.has(area) ? 'here' : 'loading')
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => void fetchIt(), [area])
  useLayoutEffect(() => frame.current?.querySelector<HTMLElement>('h1')?.focus(), [state])

  async function fetchIt(): Promise<void> {
    if (fetched.has(area)) return
    try {
      fetched.set(area, await fetchPart())
      setState('here')
    } catch {
      setState('failed')
    }
  }

  const Part = fetched.get(area)
  return (
    <div ref={frame} class={area === 'comment' ? 'part whole' : 'part'}>
      {Part ? (
        <Part />
      ) : (
        <>
          <h1 tabIndex={-1}>{texts.areas[area]}</h1>
          <p>
            {state === 'failed' ? texts.lost : texts.loadingPart}{' '}
            {state === 'failed' && (
              <button type="button" onClick={() => void fetchIt()}>
                {texts.tryAgain}
              </button>
            )}
          </p>
        </>
      )}
    </div>
  )
}
