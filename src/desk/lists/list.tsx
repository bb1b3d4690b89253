import type { VNode } from 'preact'
import { type Answer, answerTo, api } from '../api/client.ts'
import type { Comment } from '../api/shapes.ts'
import { useAnswer } from '../frame/asked.ts'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { type Filter, linkTo, statuses } from '../frame/place.ts'
import { Choice, FilterBar } from '../queue/filter-bar.tsx'
import { statusOf, texts } from '../texts.ts'
import { Cluster } from './cluster.tsx'
import { CommentList } from './comment-list.tsx'

interface Page {
  comments: Comment[]
  next: string | null
}

/** What waits, or is in another state, in its order; or the comments that say the same. */
export function List(): VNode {
  const { place } = useBench()
  const { one } = useHeld(place)
  return one === undefined ? <Page /> : <Cluster clusterKey={one} />
}

function Page(): VNode {
  const { place, go } = useBench()
  const { filter } = useHeld(place)
  const { data, problem, again } = useAnswer(() => pageOf(filter), JSON.stringify(filter))
  const options = [
    ['mine', texts.lists.mine] as const,
    ...statuses.map((status) => [status, statusOf(status)] as const),
  ]
  return (
    <>
      <h1 tabIndex={-1}>{texts.areas.list}</h1>
      <div class="filters">
        <FilterBar />
        <Choice
          label={texts.filters.status}
          value={filter.state ?? filter.status}
          options={options}
          all={texts.filters.waiting}
          onChoose={(chosen) => {
            const { status: _status, state: _state, cursor: _cursor, ...rest } = filter
            const status = statuses.find((known) => known === chosen)
            go({
              area: 'list',
              filter: { ...rest, ...(status && { status }), ...(chosen === 'mine' && { state: 'mine' }) },
            })
          }}
        />
      </div>
      {problem !== undefined && <p class="told warning">{problem}</p>}
      {data === undefined && problem === undefined && <p>{texts.loadingPart}</p>}
      {data && <CommentList comments={data.comments} onDecided={again} />}
      {data?.next && (
        <a href={linkTo({ area: 'list', filter: { ...filter, cursor: data.next } })}>{texts.lists.further}</a>
      )}
    </>
  )
}

async function pageOf({ site, language, signal, status, state, cursor }: Filter): Promise<Answer<Page>> {
  if (state === 'mine') {
    const held = await answerTo(api.GET('/v1/moderation/claims'))
    return held.kind === 'given'
      ? { kind: 'given', data: { comments: held.data.comments, next: null } }
      : held
  }
  const query = {
    limit: 25,
    ...(site !== undefined && { site }),
    ...(language !== undefined && { language }),
    ...(signal && { signal }),
    ...(status && { status }),
    ...(cursor !== undefined && { cursor }),
  }
  return answerTo(api.GET('/v1/moderation/queue', { params: { query } }))
}
