import type { VNode } from 'preact'
import { answerTo, api } from '../api/client.ts'
import { useAnswer } from '../frame/asked.ts'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { type Filter, linkTo, statuses } from '../frame/place.ts'
import { statusOf, texts } from '../texts.ts'
import { CommentList } from './comment-list.tsx'

const fields = [
  { name: 'q', label: texts.filters.words, type: 'search' },
  { name: 'name', label: texts.filters.name, type: 'text' },
  { name: 'article', label: texts.filters.article, type: 'text' },
  { name: 'rule', label: texts.filters.rule, type: 'text' },
  { name: 'moderator', label: texts.filters.moderator, type: 'text' },
  { name: 'language', label: texts.filters.language, type: 'text' },
  { name: 'from', label: texts.filters.from, type: 'date' },
  { name: 'to', label: texts.filters.to, type: 'date' },
] as const

/** Finds comments in any state. What is looked for stands behind the # of the address, and goes in a body, not a URL. */
export function Search(): VNode {
  const { place, go, sites } = useBench()
  const { filter } = useHeld(place)
  const isAsked = Object.keys(filter).length > 0

  function search(event: Event): void {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const sent = new FormData(event.currentTarget)
    const wanted: Filter = {}
    for (const name of [...fields.map((field) => field.name), 'site' as const]) {
      const value = sent.get(name)
      if (typeof value === 'string' && value.trim() !== '') wanted[name] = value.trim()
    }
    const status = statuses.find((one) => one === sent.get('status'))
    go({ area: 'search', filter: { ...wanted, ...(status && { status }) } })
  }

  return (
    <>
      <h1 tabIndex={-1}>{texts.areas.search}</h1>
      <form class="wide" role="search" onSubmit={search}>
        <div class="columns">
          {fields.map(({ name, label, type }) => (
            <label>
              {label}
              {type === 'date' ? (
                <input name={name} type="date" value={filter[name] ?? ''} />
              ) : (
                <input name={name} type="search" dir="auto" value={filter[name] ?? ''} autocomplete="off" />
              )}
            </label>
          ))}
          <label>
            {texts.filters.status}
            <select name="status" value={filter.status ?? ''}>
              <option value="">{texts.all}</option>
              {statuses.map((status) => (
                <option value={status}>{statusOf(status)}</option>
              ))}
            </select>
          </label>
          <label>
            {texts.filters.site}
            <select name="site" value={filter.site ?? ''}>
              <option value="">{texts.all}</option>
              {sites.map(({ key, name }) => (
                <option value={key}>{name}</option>
              ))}
            </select>
          </label>
        </div>
        <p class="buttons">
          <button type="submit" class="main">
            {texts.areas.search}
          </button>
        </p>
      </form>
      {isAsked && <Results filter={filter} />}
    </>
  )
}

function Results({ filter }: { filter: Filter }): VNode {
  const { signal: _signal, state: _state, ...body } = filter
  const asked = useAnswer(
    () => answerTo(api.POST('/v1/moderation/searches', { body: { ...body, limit: 25 } })),
    JSON.stringify(filter),
  )
  const { data, problem, again } = asked
  return (
    <section aria-label={texts.lists.found}>
      <h2>{texts.lists.found}</h2>
      {problem !== undefined && (
        <p class="told warning" role="alert">
          {problem}
        </p>
      )}
      {data === undefined && problem === undefined && <p>{texts.loadingPart}</p>}
      {data && <CommentList comments={data.comments} onDecided={again} />}
      {data?.next && (
        <a href={linkTo({ area: 'search', filter: { ...filter, cursor: data.next } })}>
          {texts.lists.further}
        </a>
      )}
    </section>
  )
}
