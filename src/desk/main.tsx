import { render } from 'preact'
import { answerTo, api } from './api/client.ts'
import type { Me, Site } from './api/shapes.ts'
import { type Bench, BenchProvider } from './frame/bench.ts'
import { Desk } from './frame/desk.tsx'
import { heldState } from './frame/held-state.ts'
import { isPlace, linkTo, type Place, placeIn } from './frame/place.ts'
import { preferencesIn, preferencesText } from './frame/preferences.ts'
import { speaker } from './frame/voice.tsx'
import { listenForKeys } from './keys/listen.ts'
import { openDetails } from './queue/details.ts'
import { draftsOn } from './queue/drafts.ts'
import { openWork } from './queue/open-work.ts'
import { sentShelf } from './queue/sent-shelf.ts'
import { service } from './queue/service.ts'
import { texts } from './texts.ts'

const preferencesKey = 'postbag.desk.preferences'
const personKey = 'postbag.desk.person'
const sentKey = 'postbag.desk.sent'
const openedKey = 'postbag.desk.opened'
/** Written by the page on which one signs in. */
const placeKey = 'postbag.desk.place'

/** Milliseconds between two renewals of what is held, which lasts five minutes; and between two looks at an empty queue. */
const every = { renewal: 100_000, look: 10_000 }

void open()

/** Opens the desk, or gives way to the page on which one signs in. */
async function open(): Promise<void> {
  const asked = [answerTo(api.GET('/v1/me')), answerTo(api.GET('/v1/sites'))] as const
  const [me, sites] = await Promise.all(asked)
  if (me.kind === 'signed_out') location.reload()
  else if (me.kind === 'given' && sites.kind === 'given') begin(me.data, sites.data.sites)
  else setTimeout(() => void open(), 2_000)
}

function begin(me: Me, sites: readonly Site[]): void {
  const drafts = draftsOn(sessionStorage)
  const person = me.person?.id ?? ''
  if (sessionStorage.getItem(personKey) !== person) {
    drafts.eraseAll()
    sessionStorage.removeItem(sentKey)
  }
  sessionStorage.setItem(personKey, person)
  const preferences = heldState(preferencesIn(localStorage.getItem(preferencesKey)))
  preferences.watch(() => localStorage.setItem(preferencesKey, preferencesText(preferences.get())))
  const opened = heldState(Number(sessionStorage.getItem(openedKey) ?? 0))
  opened.watch(() => sessionStorage.setItem(openedKey, String(opened.get())))

  const { said, say } = speaker()
  const work = openWork({
    service,
    drafts,
    shelf: sentShelf(sessionStorage),
    pseudonym: me.person?.pseudonym ?? '',
    undoTime: (site) => (sites.find(({ key }) => key === site)?.publishDelay ?? 0) * 1_000,
    now: () => performance.now(),
    later: (milliseconds, what) => void setTimeout(what, milliseconds),
    soon,
    say,
    onSignedOut: () => say(texts.session.heading),
  })
  const place = watchPlace()
  const bench: Bench = {
    me,
    sites,
    work,
    details: openDetails(work.heard),
    drafts,
    preferences,
    place,
    say,
    go: ({ area, one, filter }) => {
      location.hash = linkTo({ area, ...(one !== undefined && { one }), ...(filter && { filter }) })
    },
    now: () => performance.now(),
    time: () => performance.timeOrigin + performance.now(),
    opened,
  }
  listenForKeys(preferences.get)
  const root = document.createElement('div')
  root.id = 'desk'
  document.body.replaceChildren(root)
  render(
    <BenchProvider value={bench}>
      <Desk said={said} onOther={() => location.reload()} />
    </BenchProvider>,
    root,
  )
  const { area, filter } = place.get()
  void work.begin(area === 'queue' ? filter : {})
  setInterval(() => void (document.visibilityState === 'visible' && work.renew()), every.renewal)
  setInterval(() => {
    const { held, coming } = work.held.get()
    if (held.length === 0 && coming === 0 && document.visibilityState === 'visible') void work.fill()
  }, every.look)
}

/** Behind the next frame; at once where nothing is painted. */
function soon(what: () => void): void {
  if (document.visibilityState === 'hidden') what()
  else requestAnimationFrame(() => setTimeout(what))
}

/** Where one is stands in the address, behind the #, and survives signing in. */
function watchPlace() {
  const kept = sessionStorage.getItem(placeKey)
  sessionStorage.removeItem(placeKey)
  const isFresh = location.hash === '' || !isPlace(location.hash)
  if (isFresh) history.replaceState(null, '', kept !== null && isPlace(kept) ? `/desk${kept}` : '/desk')
  const place = heldState<Place>(placeIn(location.hash))
  window.addEventListener('hashchange', () => place.change(() => placeIn(location.hash)))
  return place
}
