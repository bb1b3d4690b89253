import type { EmbedComment } from '../pages/embed/view.ts'
import { commentForm } from './comment-form.ts'
import { button, make } from './make.ts'
import { reportForm } from './report-form.ts'
import type { Talk } from './talk.ts'
import { wordsOf } from './words.ts'

/** A comment as it stands in the list. */
export interface Item {
  element: HTMLLIElement
  comment: EmbedComment
  /** how deep it lies; 0 at the top */
  depth: number
  /** shows what it has become */
  become: (comment: EmbedComment) => void
}

/** What a form within a comment does when it is done with. */
interface Ways {
  close: () => void
  put: (receipt: HTMLElement) => void
}

/** A place in the list for a comment; `parent` is what it answers, where that is in the list. */
export function item(talk: Talk, comment: EmbedComment, parent: Item | undefined): Item {
  const depth = comment.parent === undefined ? 0 : (parent?.depth ?? 0) + 1
  const element = make('li', {
    id: comment.id,
    class: depth > 0 ? 'comment reply' : 'comment',
    part: depth > 0 ? 'comment reply' : 'comment',
    tabindex: -1,
  })
  // One answer that follows another is told whom it answers; the first ones stand below what they answer.
  const answered = depth > 1 ? parent : undefined
  const opened = make('div')
  const body = make('div', { class: 'body' })
  element.append(body, opened)
  const made: Item = { element, comment, depth, become }
  become(comment)
  return made

  // What is being written in answer to it stays.
  function become(now: EmbedComment): void {
    made.comment = now
    body.replaceChildren(...(now.gone || now.text === null ? goneParts(talk) : shownParts(now)))
  }

  function shownParts(now: EmbedComment): HTMLElement[] {
    const by = byline(talk, now)
    return [
      by,
      ...(answered ? [inAnswerTo(talk, answered)] : []),
      make('div', { class: 'words', part: 'text', lang: now.language }, ...wordsOf(now.text ?? '')),
      ...(now.note === undefined ? [] : [make('p', { class: 'quiet', part: 'edited' }, now.note)]),
      make('p', { class: 'actions', part: 'actions' }, ...actionsOf(now.id, by.id)),
    ]
  }

  function actionsOf(id: string, by: string): HTMLButtonElement[] {
    const { isOpen, face } = talk
    const reply =
      isOpen && depth < face.replyDepth
        ? [opener('comment.reply', (ways) => commentForm(talk, { parent: id, ...ways }))]
        : []
    return [...reply, opener('comment.report', (ways) => reportForm(talk, id, ways))]

    function opener(
      key: 'comment.reply' | 'comment.report',
      form: (ways: Ways) => { element: HTMLElement; focus: () => void },
    ): HTMLButtonElement {
      const opens = button(talk.say(key), 'action', () => {
        const isThere = opens.getAttribute('aria-expanded') === 'true'
        for (const other of opens.parentElement?.children ?? []) other.setAttribute('aria-expanded', 'false')
        opened.replaceChildren()
        if (isThere) return
        const written = form({ close, put })
        opens.setAttribute('aria-expanded', 'true')
        opened.append(written.element)
        written.focus()
      })
      const close = () => {
        opened.replaceChildren()
        opens.setAttribute('aria-expanded', 'false')
        opens.focus()
      }
      const put = (receipt: HTMLElement) => {
        close()
        opened.before(receipt)
      }
      opens.setAttribute('aria-expanded', 'false')
      opens.setAttribute('aria-describedby', by)
      return opens
    }
  }
}

function goneParts({ say }: Talk): HTMLElement[] {
  return [make('p', { class: 'quiet', part: 'gone' }, say('comment.gone'))]
}

function byline(talk: Talk, { id, name, staff, publishedAt, when }: EmbedComment): HTMLElement {
  const page = new URL(talk.link(talk.face.addresses.page))
  page.pathname += `/comments/${id}`
  return make(
    'p',
    { class: 'by', id: talk.id() },
    name === null
      ? make('span', { class: 'quiet', part: 'name' }, talk.say('comment.unnamed'))
      : make('bdi', { class: 'name', part: 'name' }, name),
    ' ',
    staff && make('strong', { part: 'staff' }, talk.say('comment.staff')),
    ' ',
    make(
      'a',
      { class: 'quiet', href: page.href, part: 'time' },
      make('time', { datetime: publishedAt }, when),
    ),
  )
}

function inAnswerTo({ say }: Talk, { comment, element }: Item): HTMLElement {
  const link = make('a', { href: `#${comment.id}` }, make('bdi', {}, comment.name ?? say('comment.unnamed')))
  link.addEventListener('click', (event) => {
    event.preventDefault()
    element.focus()
  })
  return make('p', { class: 'quiet', part: 'answers' }, say('comment.inAnswerTo'), ' ', link)
}
