import type { VNode } from 'preact'
import { answerTo, api } from '../api/client.ts'
import { useAnswer } from '../frame/asked.ts'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { SiteHeading, useSite } from '../parts/one-site.tsx'
import { Table } from '../parts/table.tsx'
import { languageName } from '../seeing/ages.ts'
import { texts } from '../texts.ts'
import { monthsAgo } from './days.ts'
import { lasting } from './numbers.ts'

/** The transparency report, unmasked: whole months. */
export function Transparency(): VNode {
  const { place, go, time } = useBench()
  const { filter } = useHeld(place)
  const site = useSite()
  const { from = monthsAgo(time(), 1), to = monthsAgo(time(), 0) } = filter
  const query = { site: site?.key ?? '', from, to }
  const { data, problem } = useAnswer(
    () => answerTo(api.GET('/v1/moderation/transparency', { params: { query } })),
    JSON.stringify(query),
  )
  const choose = (change: { from?: string; to?: string }) =>
    go({ area: 'transparency', filter: { ...filter, ...change } })
  return (
    <>
      <SiteHeading site={site} />
      <p class="hint">{texts.transparency.told}</p>
      <div class="filters">
        <label>
          {texts.transparency.first}
          <input
            type="month"
            value={from.slice(0, 7)}
            onChange={({ currentTarget }) => choose({ from: `${currentTarget.value}-01` })}
          />
        </label>
        <label>
          {texts.transparency.last}
          <input
            type="month"
            value={monthBefore(to)}
            onChange={({ currentTarget }) => choose({ to: monthAfter(currentTarget.value) })}
          />
        </label>
        <a href={`/v1/moderation/transparency.csv?${new URLSearchParams(query)}`} download>
          {texts.transparency.csv}
        </a>
      </div>
      {problem !== undefined && <p class="told warning">{problem}</p>}
      {data && !data.counted && <p class="told">{texts.figures.notCounted}</p>}
      {data && (
        <>
          <p>{data.method}</p>
          <Table
            caption={texts.areas.transparency}
            head={[texts.transparency.measure, texts.transparency.total]}
            rows={data.measures.map(({ section, measure, total }) => [
              `${section}: ${measure.replaceAll('_', ' ')}`,
              total.count ?? '–',
            ])}
          />
          <Table
            caption={texts.transparency.waiting}
            head={[texts.filters.language, texts.transparency.median, texts.transparency.p95]}
            rows={data.waiting.map(({ language, median, p95 }) => [
              language === null ? texts.all : languageName(language),
              lasting(median),
              lasting(p95),
            ])}
          />
        </>
      )}
    </>
  )
}

function monthBefore(day: string): string {
  return monthsAgo(Date.parse(`${day}T00:00:00Z`), 1).slice(0, 7)
}

function monthAfter(month: string): string {
  return monthsAgo(Date.parse(`${month}-01T00:00:00Z`), -1)
}
