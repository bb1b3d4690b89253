import type { Field } from './field.ts'
import { make, show } from './make.ts'
import { newKey, type Outcome, send } from './service.ts'
import type { Talk } from './talk.ts'

/** A form that sends something to the service. */
export interface Sending {
  form: HTMLFormElement
  /** where the button is; what else may be pressed goes beside it */
  foot: HTMLElement
}

interface Sent {
  /** what the button says */
  label: string
  address: string
  /** by the JSON Pointer that problems have; the first one is where a fault of nothing else is mended */
  fields: Record<string, Field>
  content: HTMLElement[]
  /** what is sent; read when it is, so that whoever adds to it may take time */
  body: () => object | Promise<object>
  /** what is wrong before anything is sent: the field's pointer and words */
  refuse?: () => { pointer: string; words: string } | undefined
  accepted: (receipt: string) => void
}

/**
 * Sends what a form holds. The same words are the same request however often they are tried, so a second try makes no
 * second comment; the key of it is kept by nothing but this form. What was typed stays until it is accepted.
 */
export function sending(talk: Talk, sent: Sent): Sending {
  const { label, fields } = sent
  const submit = make('button', { type: 'submit', class: 'send', part: 'button send' }, label)
  const foot = make('p', { class: 'foot' }, submit)
  const problem = make('div', {
    class: 'problem',
    part: 'problem',
    role: 'alert',
    tabindex: -1,
    hidden: true,
  })
  const form = make('form', { novalidate: true, part: 'form' }, problem, ...sent.content, foot)
  let last = { words: '', key: '' }
  let isBusy = false

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!isBusy) void run()
  })

  async function run(): Promise<void> {
    clear()
    const refused = sent.refuse?.()
    if (refused) {
      complain(refused.words, null, refused.pointer)
      return
    }
    busy(true)
    const outcome = await post()
    busy(false)
    if ('receipt' in outcome) sent.accepted(outcome.receipt)
    else tell(outcome)
  }

  async function post(): Promise<Outcome> {
    const body = await sent.body()
    const words = JSON.stringify(body)
    if (words !== last.words) last = { words, key: newKey() }
    return send(sent.address, body, last.key)
  }

  // Not disabled: whoever pressed it would lose the place where they are.
  function busy(is: boolean): void {
    isBusy = is
    submit.setAttribute('aria-disabled', String(is))
    submit.textContent = is ? talk.say('form.sending') : label
    if (is) talk.announce(talk.say('form.sending'))
  }

  function tell({ code, pointer }: { code: string; pointer: string | undefined }): void {
    const { problems } = talk.face
    const known = problems[code] ?? problems['other'] ?? { what: code, mend: null }
    const offline = { what: talk.say('form.offline'), mend: talk.say('form.offlineMend') }
    const { what, mend } = code === 'offline' ? offline : known
    complain(what, mend, pointer)
    talk.tell('postbag-failed', { code })
  }

  /** Says what is wrong at the top of the form, and beside the field where it can be mended. */
  function complain(what: string, mend: string | null, pointer: string | undefined): void {
    const wrong = pointer === undefined ? undefined : fields[pointer]
    wrong?.fault(what)
    const said = wrong ? linkTo(wrong, what) : what
    problem.replaceChildren(
      make('p', { class: 'title' }, talk.say('page.error')),
      make('p', {}, said),
      ...(mend ? [make('p', {}, mend)] : []),
    )
    show(problem, true)
    problem.focus()
  }

  function clear(): void {
    show(problem, false)
    for (const one of Object.values(fields)) one.fault(null)
  }

  return { form, foot }
}

function linkTo({ control }: Field, words: string): HTMLElement {
  const link = make('a', { href: `#${control.id}` }, words)
  // An address cannot lead into a shadow root.
  link.addEventListener('click', (event) => {
    event.preventDefault()
    control.focus()
  })
  return link
}
