import type { Readable } from 'node:stream'
import { articlePath, commentPath } from '../../reading/addresses.ts'
import type { PublishedList } from '../../reading/list.ts'
import type { Site } from '../../sites/site.ts'
import { commentsOf } from '../article.tsx'
import { filled, hole, part } from '../layout.tsx'
import type { Voice } from '../voice.ts'

interface Fragment {
  site: Site
  list: PublishedList
  voice: Voice
  baseUrl: string
}

/**
 * What is published under an article, as a part of the publisher's own page: put there by the publisher's server (ESI, SSI),
 * read without script, and replaced by the embed where that runs.
 */
export function commentsFragment({ site, list, voice, baseUrl }: Fragment): Readable {
  const page = `${baseUrl}${articlePath(site.key, list.article.key)}`
  const frame = part(
    <div lang={voice.language} dir={voice.direction}>
      <h2>{voice.say('list.title', { count: list.article.count })}</h2>
      {list.comments.length === 0 && <p>{voice.say('list.empty')}</p>}
      <ol dangerouslySetInnerHTML={hole} />
      <p>
        {list.next && (
          <>
            <a href={voice.link(`${page}#comments`, { cursor: list.next })}>{voice.say('list.older')}</a>
            {' · '}
          </>
        )}
        <a href={voice.link(`${page}#form`)}>{voice.say(list.article.open ? 'form.title' : 'form.closed')}</a>
      </p>
    </div>,
  )
  const replyTo = list.article.open && site.replyDepth > 0 ? page : null
  const addressOf = (id: string) => `${baseUrl}${commentPath(site.key, list.article.key, id)}`
  return filled(frame, commentsOf(list.comments, { voice, times: site.times, replyTo }, addressOf))
}
