import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { answerTo, api } from '../api/client.ts'
import { useAnswer } from '../frame/asked.ts'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import { linkTo } from '../frame/place.ts'
import { SiteHeading, useSite } from '../parts/one-site.tsx'
import { useSending } from '../parts/sending.tsx'
import { Table } from '../parts/table.tsx'
import { moment } from '../seeing/ages.ts'
import { texts } from '../texts.ts'

/** Every sealed move of a site, newest state of the chain, and whether it is whole. */
export function Log(): VNode {
  const { place } = useBench()
  const { filter } = useHeld(place)
  const site = useSite()
  const query = { site: site?.key ?? '', limit: 50, ...(filter.cursor && { cursor: filter.cursor }) }
  const { data, problem } = useAnswer(
    () => answerTo(api.GET('/v1/moderation/log', { params: { query } })),
    JSON.stringify(query),
  )
  return (
    <>
      <SiteHeading site={site} />
      {site && <Verify key={site.key} site={site.key} />}
      {problem !== undefined && <p class="told warning">{problem}</p>}
      {data && (
        <Table
          caption={texts.areas.log}
          head={[
            texts.log.position,
            texts.log.at,
            texts.log.move,
            texts.log.by,
            texts.log.from,
            texts.log.to,
            texts.log.rules,
            texts.areas.comment,
          ]}
          rows={data.moves.map(({ position, at, action, by, from, to, rules, comment }) => [
            position,
            <time dateTime={at}>{moment(at)}</time>,
            action,
            <bdi>{by ?? texts.theReader}</bdi>,
            from,
            to,
            rules.join(', '),
            <a href={linkTo({ area: 'comment', one: comment })}>{comment.slice(0, 8)}</a>,
          ])}
        />
      )}
      {data?.next && (
        <a href={linkTo({ area: 'log', filter: { ...filter, cursor: data.next } })}>{texts.more}</a>
      )}
    </>
  )
}

/** Verifies the chain part by part, until its end or the first breach. */
function Verify({ site }: { site: string }): VNode {
  const { send, isBusy, problem } = useSending()
  const [said, setSaid] = useState<string>()

  function verify(cursor: string | undefined, before: number): void {
    const query = { site, ...(cursor !== undefined && { cursor }) }
    void send(
      () => answerTo(api.GET('/v1/moderation/log/verification', { params: { query } })),
      ({ verified, firstBad, unsealed, next }) => {
        const count = before + verified
        if (firstBad) setSaid(texts.log.bad(firstBad.breach))
        else if (next !== null) setSaid(texts.log.more)
        else
          setSaid(
            `${texts.log.verified(count)} ${unsealed.moves > 0 ? texts.log.unsealed(unsealed.moves) : ''}`,
          )
        if (!firstBad && next !== null) setTimeout(() => verify(next, count))
      },
      texts.log.verify,
    )
  }

  return (
    <p class="buttons">
      <button type="button" onClick={() => verify(undefined, 0)} aria-disabled={isBusy}>
        {texts.log.verify}
      </button>
      <span role="status">{problem ?? said}</span>
    </p>
  )
}
