import type { VNode } from 'preact'
import { answerTo, api } from '../api/client.ts'
import { useAnswer } from '../frame/asked.ts'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { Bars } from '../parts/bars.tsx'
import { SiteHeading, useSite } from '../parts/one-site.tsx'
import { Table } from '../parts/table.tsx'
import { languageName } from '../seeing/ages.ts'
import { texts } from '../texts.ts'
import { daysAgo } from './days.ts'
import { lasting, shareOf, totalOf } from './numbers.ts'

/** A site's figures of some days: what waits, how long it takes, under which rules, and how much people agree. */
export function Statistics(): VNode {
  const { place, go, time } = useBench()
  const { filter } = useHeld(place)
  const site = useSite()
  const { from = daysAgo(time(), 30), to = daysAgo(time(), -1) } = filter
  const query = { site: site?.key ?? '', from, to }
  const { data, problem } = useAnswer(
    () => answerTo(api.GET('/v1/moderation/statistics', { params: { query } })),
    JSON.stringify(query),
  )
  const choose = (change: { from?: string; to?: string }) =>
    go({ area: 'statistics', filter: { ...filter, ...change } })
  return (
    <>
      <SiteHeading site={site} />
      <div class="filters">
        <label>
          {texts.filters.from}
          <input
            type="date"
            value={from}
            onChange={({ currentTarget }) => choose({ from: currentTarget.value })}
          />
        </label>
        <label>
          {texts.filters.to}
          <input
            type="date"
            value={to}
            onChange={({ currentTarget }) => choose({ to: currentTarget.value })}
          />
        </label>
      </div>
      {problem !== undefined && <p class="told warning">{problem}</p>}
      {data && !data.counted && <p class="told">{texts.figures.notCounted}</p>}
      {data && (
        <>
          <dl class="figures">
            <Figure name={texts.figures.waits} value={String(data.backlog.count)} />
            <Figure name={texts.figures.received} value={String(data.received)} />
            <Figure name={texts.figures.decided} value={String(totalOf(data.decided))} />
            <Figure name={texts.figures.undone} value={shareOf(data.undone.share)} />
            <Figure name={texts.figures.handling} value={lasting(data.handling.median)} />
            <Figure name={texts.figures.appeals} value={String(data.appeals.filed)} />
          </dl>
          <div class="columns">
            <Bars
              title={texts.figures.backlog}
              unit={texts.figures.comments}
              bars={data.backlog.byLanguage.map(({ language, count }) => bar(languageName(language), count))}
            />
            <Bars
              title={texts.figures.waiting}
              unit={texts.figures.time}
              bars={data.byLanguage.map(({ language, waiting }) => ({
                label: languageName(language),
                value: waiting.median ?? 0,
                said: lasting(waiting.median),
              }))}
            />
            <Bars
              title={texts.figures.byAction}
              unit={texts.figures.decisions}
              bars={Object.entries(data.decided).map(([action, count]) => bar(action, count))}
            />
            <Bars
              title={texts.figures.byRule}
              unit={texts.figures.decisions}
              bars={data.byRule.map((rule) =>
                bar(rule.code, rule.edit + rule.reject + rule.return + rule.unpublish),
              )}
            />
            <Bars
              title={texts.figures.byLanguage}
              unit={texts.figures.comments}
              bars={data.byLanguage.map(({ language, received }) => bar(languageName(language), received))}
            />
            <Bars
              title={texts.figures.agreement}
              unit={texts.figures.share}
              bars={data.agreement.byRule.map(({ code, share }) => ({
                label: code,
                value: share ?? 0,
                said: shareOf(share),
              }))}
            />
          </div>
          <h2>{texts.figures.moderators}</h2>
          <Table
            caption={texts.figures.moderators}
            head={[
              texts.figures.person,
              texts.figures.decided,
              texts.figures.undone,
              texts.figures.overturned,
              texts.figures.handling,
            ]}
            rows={data.moderators.map(({ pseudonym, decided, undone, overturned, handling }) => [
              <bdi>{pseudonym}</bdi>,
              totalOf(decided),
              undone,
              overturned,
              lasting(handling.median),
            ])}
          />
        </>
      )}
    </>
  )
}

function Figure({ name, value }: { name: string; value: string }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function bar(label: string, value: number) {
  return { label, value, said: String(value) }
}
