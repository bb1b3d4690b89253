import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { api } from '../api/client.ts'
import { CommandButton } from '../keys/command-button.tsx'
import { texts } from '../texts.ts'
import { isEditor, useBench } from './bench.ts'
import { useHeld } from './held-state.ts'
import { type Area, linkTo } from './place.ts'

const everybodys: Area[] = ['queue', 'list', 'search']
const editors: Area[] = ['reports', 'appeals']
const editorsMore: Area[] = ['statistics', 'log', 'statements', 'transparency', 'terms', 'phrases', 'reasons']
const admins: Area[] = ['sites', 'people', 'keys']

/** Who is here, and where one can go. */
export function Places({ onKeys, onSkip }: { onKeys: () => void; onSkip: () => void }): VNode {
  const { me, place, drafts } = useBench()
  const { area } = useHeld(place)
  const more = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    if (more.current) more.current.open = false
  }, [area])
  const link = (to: Area) => (
    <li>
      <a href={linkTo({ area: to })} {...(to === area && { 'aria-current': 'page' as const })}>
        {texts.areas[to]}
      </a>
    </li>
  )
  const mainOnes = [...everybodys, ...(isEditor(me) ? editors : [])]
  const others = [...(isEditor(me) ? editorsMore : []), ...(me.admin ? admins : []), 'me' as const]

  /** Nothing of a reader's stays on this machine, and others get what was held. */
  async function leave(event: Event): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget
    drafts.eraseAll()
    await api.DELETE('/v1/moderation/claims').catch(() => undefined)
    if (form instanceof HTMLFormElement) form.submit()
  }

  return (
    <header class="places">
      <a
        class="skip"
        href={linkTo({ area })}
        onClick={(event) => {
          event.preventDefault()
          onSkip()
        }}
      >
        {texts.skipToWork}
      </a>
      <strong>{texts.title}</strong>
      <nav aria-label={texts.commands.places}>
        <ul>
          {mainOnes.map(link)}
          <li>
            <details ref={more}>
              <summary>{texts.more}</summary>
              <ul>{others.map(link)}</ul>
            </details>
          </li>
        </ul>
      </nav>
      <span class="who">
        <bdi>{me.person?.pseudonym}</bdi>
      </span>
      <CommandButton command="keys" onPress={onKeys} />
      <form method="post" action="/desk/sign-out" onSubmit={(event) => void leave(event)}>
        <button type="submit">{texts.signOut}</button>
      </form>
    </header>
  )
}
