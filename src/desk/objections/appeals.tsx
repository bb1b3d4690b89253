import type { VNode } from 'preact'
import { answerTo, api } from '../api/client.ts'
import type { Appeal, CommentToJudge } from '../api/shapes.ts'
import { useAnswer } from '../frame/asked.ts'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { linkTo } from '../frame/place.ts'
import { Choice } from '../queue/filter-bar.tsx'
import { moment } from '../seeing/ages.ts'
import { Words } from '../seeing/words.tsx'
import { didOf, texts } from '../texts.ts'
import { Resolve } from './resolve.tsx'

/** What readers, and whoever reported, say against decisions; another person than who decided answers it. */
export function Appeals(): VNode {
  const { place } = useBench()
  const { one } = useHeld(place)
  return one === undefined ? <AppealList /> : <OneAppeal id={one} />
}

const states = ['open', 'decided', 'lapsed'] as const

function AppealList(): VNode {
  const { place, go } = useBench()
  const { filter } = useHeld(place)
  const status = states.find((one) => one === filter.state) ?? 'open'
  const { site, cursor } = filter
  const query = { status, limit: 25, ...(site && { site }), ...(cursor && { cursor }) }
  const { data, problem } = useAnswer(
    () => answerTo(api.GET('/v1/moderation/appeals', { params: { query } })),
    JSON.stringify(query),
  )
  return (
    <>
      <h1 tabIndex={-1}>{texts.areas.appeals}</h1>
      <div class="filters">
        <Choice
          label={texts.filters.state}
          value={status}
          all={null}
          options={states.map((one) => [one, texts.objections[one]])}
          onChoose={(state) => go({ area: 'appeals', filter: { ...filter, state, cursor: '' } })}
        />
      </div>
      {problem !== undefined && <p class="told warning">{problem}</p>}
      {data?.appeals.length === 0 && <p class="quiet">{texts.none}</p>}
      <ul class="list">
        {data?.appeals.map(({ id, filedAt, text, language, against, outcome }) => (
          <li key={id}>
            <div>
              <p class="facts">
                <a href={linkTo({ area: 'appeals', one: id })}>
                  <bdi>{against.by}</bdi>{' '}
                  {against.action === 'keep' ? texts.objections.kept : didOf(against.action)}
                </a>
                <time dateTime={filedAt}>{moment(filedAt)}</time>
                {outcome && <span>{texts.objections[outcome]}</span>}
              </p>
              <Words text={text ?? ''} language={language} />
            </div>
          </li>
        ))}
      </ul>
      {data?.next && (
        <a href={linkTo({ area: 'appeals', filter: { ...filter, cursor: data.next } })}>
          {texts.lists.further}
        </a>
      )}
    </>
  )
}

function OneAppeal({ id }: { id: string }): VNode {
  const { work } = useBench()
  const { data, problem, again } = useAnswer(async () => {
    const appeal = await answerTo(api.GET('/v1/moderation/appeals/{id}', { params: { path: { id } } }))
    if (appeal.kind !== 'given') return appeal
    const path = { id: appeal.data.comment }
    const comment = await work.heard(answerTo(api.GET('/v1/moderation/comments/{id}', { params: { path } })))
    if (comment.kind !== 'given') return comment
    return { kind: 'given', data: { appeal: appeal.data, comment: comment.data } }
  }, id)
  return (
    <>
      <h1 tabIndex={-1}>{texts.objections.appeal}</h1>
      {problem !== undefined && <p class="told warning">{problem}</p>}
      {data && <AppealShown {...data} again={again} />}
    </>
  )
}

interface AppealShownProps {
  appeal: Appeal
  comment: CommentToJudge
  again: () => void
}

function AppealShown({ appeal, comment, again }: AppealShownProps): VNode {
  const { go } = useBench()
  const { against, text, language, report, status } = appeal
  const params = { path: { id: appeal.id } }
  return (
    <>
      <p class="facts">
        <span>
          <bdi>{against.by}</bdi> {against.action === 'keep' ? texts.objections.kept : didOf(against.action)}
        </span>
        <time dateTime={against.at}>{moment(against.at)}</time>
        {against.rules.map(({ title }) => (
          <bdi>{title}</bdi>
        ))}
        <a href={linkTo({ area: 'comment', one: appeal.comment })}>{texts.areas.comment}</a>
      </p>
      {against.reason !== null && (
        <p class="quiet">
          {texts.deciding.reason}: <bdi>{against.reason}</bdi>
        </p>
      )}
      <h2>{texts.objections.says}</h2>
      <Words text={text ?? ''} language={language} />
      {report && (
        <>
          <h2>{texts.objections.report}</h2>
          <p dir="auto">{report.explanation}</p>
        </>
      )}
      <h2>{texts.areas.comment}</h2>
      <Words text={comment.text ?? ''} language={comment.language} />
      {comment.submitted && comment.submitted.text !== comment.text && (
        <>
          <h2>{texts.objections.submitted}</h2>
          <Words text={comment.submitted.text} language={comment.language} />
        </>
      )}
      {status === 'open' ? (
        <Resolve
          comment={comment}
          outcomes={[
            { name: 'upheld', label: texts.objections.upheld },
            {
              name: 'reversed',
              label: texts.objections.reversed,
              ...(against.action === 'keep' && { permits: 'unpublish' as const }),
            },
            {
              name: 'partly_reversed',
              label: texts.objections.partly_reversed,
              permits: 'edit',
              writes: true,
            },
          ]}
          onSend={async ({ outcome, ...body }) =>
            outcome === 'upheld' || outcome === 'reversed' || outcome === 'partly_reversed'
              ? answerTo(
                  api.POST('/v1/moderation/appeals/{id}/resolution', { params, body: { ...body, outcome } }),
                )
              : { kind: 'lost', retryAfter: 0 }
          }
          onDone={() => go({ area: 'appeals' })}
          onRefused={again}
        />
      ) : (
        <p>
          {appeal.outcome && texts.objections[appeal.outcome]} · <bdi>{appeal.by}</bdi> ·{' '}
          <bdi>{appeal.explanation}</bdi>
        </p>
      )}
    </>
  )
}
