import type { VNode } from 'preact'
import { answerTo, api } from '../api/client.ts'
import { useAnswer } from '../frame/asked.ts'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { linkTo } from '../frame/place.ts'
import { Choice } from '../queue/filter-bar.tsx'
import { moment } from '../seeing/ages.ts'
import { Words } from '../seeing/words.tsx'
import { texts } from '../texts.ts'
import { Resolve } from './resolve.tsx'

/** What readers report about published comments. */
export function Reports(): VNode {
  const { place } = useBench()
  const { one } = useHeld(place)
  return one === undefined ? <ReportList /> : <OneReport id={one} />
}

function ReportList(): VNode {
  const { place, go } = useBench()
  const { filter } = useHeld(place)
  const status = filter.state === 'resolved' ? 'resolved' : 'open'
  const { site, cursor } = filter
  const query = { status, limit: 25, ...(site && { site }), ...(cursor && { cursor }) } as const
  const { data, problem } = useAnswer(
    () => answerTo(api.GET('/v1/moderation/reports', { params: { query } })),
    JSON.stringify(query),
  )
  return (
    <>
      <h1 tabIndex={-1}>{texts.areas.reports}</h1>
      <div class="filters">
        <Choice
          label={texts.filters.state}
          value={status}
          all={null}
          options={[
            ['open', texts.objections.open],
            ['resolved', texts.objections.resolved],
          ]}
          onChoose={(state) => go({ area: 'reports', filter: { ...filter, state, cursor: '' } })}
        />
      </div>
      {problem !== undefined && <p class="told warning">{problem}</p>}
      {data?.reports.length === 0 && <p class="quiet">{texts.none}</p>}
      <ul class="list">
        {data?.reports.map(({ id, kind, rule, law, danger, receivedAt, reported, comment, outcome, by }) => (
          <li key={id}>
            <div>
              <p class="facts">
                <a href={linkTo({ area: 'reports', one: id })}>
                  {kind === 'rule'
                    ? `${texts.objections.rule} ${rule}`
                    : `${texts.objections.law} ${law ?? ''}`}
                </a>
                {danger && <strong>{texts.objections.danger}</strong>}
                <time dateTime={receivedAt}>{moment(receivedAt)}</time>
                {outcome !== null && (
                  <span>
                    {outcome} <bdi>{by}</bdi>
                  </span>
                )}
              </p>
              <Words text={reported.text ?? ''} language={comment.language} />
            </div>
          </li>
        ))}
      </ul>
      {data?.next && (
        <a href={linkTo({ area: 'reports', filter: { ...filter, cursor: data.next } })}>
          {texts.lists.further}
        </a>
      )}
    </>
  )
}

function OneReport({ id }: { id: string }): VNode {
  const { go } = useBench()
  const params = { path: { id } }
  const { data, problem, again } = useAnswer(
    () => answerTo(api.GET('/v1/moderation/reports/{id}', { params })),
    id,
  )
  return (
    <>
      <h1 tabIndex={-1}>{texts.objections.report}</h1>
      {problem !== undefined && <p class="told warning">{problem}</p>}
      {data && (
        <>
          <p class="facts">
            <span>
              {data.kind === 'rule'
                ? `${texts.objections.rule} ${data.rule}`
                : `${texts.objections.law} ${data.law ?? ''} ${data.country ?? ''}`}
            </span>
            <time dateTime={data.receivedAt}>{moment(data.receivedAt)}</time>
            <a href={linkTo({ area: 'comment', one: data.comment.id })}>{texts.areas.comment}</a>
          </p>
          {data.danger && <p class="told warning">{texts.objections.danger}</p>}
          <h2>{texts.objections.says}</h2>
          <p class="words" dir="auto">
            {data.explanation ?? texts.none}
          </p>
          <h2>{texts.objections.reported}</h2>
          <Words text={data.reported.text ?? ''} language={data.comment.language} />
          {data.status === 'open' ? (
            <Resolve
              comment={data.comment}
              outcomes={[
                { name: 'keep', label: texts.objections.keep },
                { name: 'unpublish', label: texts.objections.unpublish, permits: 'unpublish' },
                { name: 'edit', label: texts.objections.edit, permits: 'edit', writes: true },
              ]}
              onSend={async ({ outcome, ...body }) =>
                outcome === 'keep' || outcome === 'unpublish' || outcome === 'edit'
                  ? answerTo(
                      api.POST('/v1/moderation/reports/{id}/resolution', {
                        params,
                        body: {
                          ...body,
                          outcome,
                          ...(outcome !== 'keep' && { version: data.comment.version }),
                        },
                      }),
                    )
                  : { kind: 'lost', retryAfter: 0 }
              }
              onDone={() => go({ area: 'reports' })}
              onRefused={again}
            />
          ) : (
            <p>
              {data.outcome} · <bdi>{data.by}</bdi> · <bdi>{data.answer}</bdi>
            </p>
          )}
        </>
      )}
    </>
  )
}
