import type { VNode } from 'preact'
import type { Site } from '../api/shapes.ts'
import { isEditor, useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { Choice } from '../queue/filter-bar.tsx'
import { texts } from '../texts.ts'

/** The site that the address names, else the first that somebody edits. */
export function useSite(): Site | undefined {
  const { sites, place, me } = useBench()
  const { filter } = useHeld(place)
  const mine = sites.filter(({ key }) => isEditor(me, key))
  return mine.find(({ key }) => key === filter.site) ?? mine[0]
}

/** The heading of a part that is of one site, and the choice of it. */
export function SiteHeading({ site }: { site: Site | undefined }): VNode {
  const { sites, place, go, me } = useBench()
  const { area, filter } = useHeld(place)
  const mine = sites.filter(({ key }) => isEditor(me, key))
  return (
    <>
      <h1 tabIndex={-1}>{texts.areas[area]}</h1>
      {mine.length > 1 && (
        <div class="filters">
          <Choice
            label={texts.filters.site}
            value={site?.key}
            all={null}
            options={mine.map(({ key, name }) => [key, name])}
            onChoose={(key) => go({ area, filter: { ...filter, site: key } })}
          />
        </div>
      )}
    </>
  )
}
