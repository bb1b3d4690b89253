import type { VNode } from 'preact'
import { answerTo, api } from '../api/client.ts'
import { useAnswer } from '../frame/asked.ts'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { linkTo } from '../frame/place.ts'
import { SiteHeading, useSite } from '../parts/one-site.tsx'
import { Table } from '../parts/table.tsx'
import { moment } from '../seeing/ages.ts'
import { texts } from '../texts.ts'
import { daysAgo } from './days.ts'

/** The statements of reasons of a site. */
export function Statements(): VNode {
  const { place, time } = useBench()
  const { filter } = useHeld(place)
  const site = useSite()
  const { from = daysAgo(time(), 30), to = daysAgo(time(), -1), cursor } = filter
  const query = { site: site?.key ?? '', from, to, limit: 50, ...(cursor && { cursor }) }
  const file = new URLSearchParams({ site: query.site, from, to })
  const { data, problem } = useAnswer(
    () => answerTo(api.GET('/v1/moderation/statements', { params: { query } })),
    JSON.stringify(query),
  )
  return (
    <>
      <SiteHeading site={site} />
      <p class="facts">
        <a href={`/v1/moderation/statements.csv?${file}`} download>
          {texts.statements.csv}
        </a>
        <a href={`/v1/moderation/statements.ndjson?${file}`} download>
          {texts.statements.lines}
        </a>
      </p>
      {problem !== undefined && <p class="told warning">{problem}</p>}
      {data && (
        <Table
          caption={texts.areas.statements}
          head={[
            texts.statements.action,
            texts.statements.applies,
            texts.statements.rules,
            texts.statements.appealUntil,
            texts.areas.comment,
          ]}
          rows={data.statements.map(({ action, annulled, appliesFrom, rules, redress, comment }) => [
            annulled ? `${action}, ${texts.statements.annulled}` : action,
            moment(appliesFrom),
            rules.map(({ title }) => title).join(', '),
            redress.appealUntil === null ? '–' : moment(redress.appealUntil),
            <a href={linkTo({ area: 'comment', one: comment })}>{comment.slice(0, 8)}</a>,
          ])}
        />
      )}
      {data?.next && (
        <a href={linkTo({ area: 'statements', filter: { ...filter, cursor: data.next } })}>{texts.more}</a>
      )}
    </>
  )
}
