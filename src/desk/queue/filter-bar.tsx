import type { VNode } from 'preact'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { type Filter, signals } from '../frame/place.ts'
import { languageName } from '../seeing/ages.ts'
import { texts } from '../texts.ts'
import { Counts } from './counts.tsx'

/** From where comments come: a site, a language, a signal. What is chosen stands in the address. */
export function FilterBar(): VNode {
  const { sites, place, go, me } = useBench()
  const { area, filter } = useHeld(place)
  const languages = [
    ...new Set([...sites.map((site) => site.language), ...me.roles.flatMap((role) => role.languages)]),
  ].toSorted()
  const choose = (change: Filter) => go({ area, filter: { ...filter, ...change, cursor: '' } })
  return (
    <form class="filters" onSubmit={(event) => event.preventDefault()}>
      {sites.length > 1 && (
        <Choice
          label={texts.filters.site}
          value={filter.site}
          options={sites.map(({ key, name }) => [key, name])}
          onChoose={(site) => choose({ site })}
        />
      )}
      <Choice
        label={texts.filters.language}
        value={filter.language}
        options={languages.map((tag) => [tag, languageName(tag)])}
        onChoose={(language) => choose({ language })}
      />
      <Choice
        label={texts.filters.signal}
        value={filter.signal}
        options={signals.map((code) => [code, texts.signals[code]])}
        onChoose={(code) => {
          const { signal: _signal, ...rest } = filter
          const signal = signals.find((one) => one === code)
          go({ area, filter: { ...rest, ...(signal && { signal }) } })
        }}
      />
      {area === 'queue' && <Counts site={filter.site} />}
    </form>
  )
}

/** A choice among few, or all of them. */
export function Choice({
  label,
  value,
  options,
  onChoose,
  all = texts.all,
}: {
  label: string
  value: string | undefined
  options: (readonly [string, string])[]
  onChoose: (value: string) => void
  all?: string | null
}): VNode {
  const isKnown = value === undefined || value === '' || options.some(([code]) => code === value)
  return (
    <label>
      <span>{label}</span>
      <select value={value ?? ''} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {all !== null && <option value="">{all}</option>}
        {!isKnown && <option value={value}>{value}</option>}
        {options.map(([code, said]) => (
          <option value={code}>{said}</option>
        ))}
      </select>
    </label>
  )
}
