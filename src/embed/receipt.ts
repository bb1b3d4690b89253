import { make } from './make.ts'
import type { Talk } from './talk.ts'
import { wordsOf } from './words.ts'

interface Receipt {
  title: string
  /** what happens next */
  next?: string
  keep: string
  receipt: string
  /** what was sent, as it will be seen */
  words?: { name: string; text: string }
}

/**
 * The receipt, large, to be written down. It is nowhere but here: whoever leaves the page without it has lost it, so
 * the page where it is used opens beside this one.
 */
export function receiptBox(talk: Talk, { title, next, keep, receipt, words }: Receipt): HTMLElement {
  const heading = make('h3', { tabindex: -1 }, title)
  const box = make(
    'div',
    { class: 'receipt', part: 'receipt' },
    heading,
    next !== undefined && make('p', {}, next),
    words &&
      make(
        'div',
        { class: 'waiting', part: 'waiting' },
        make('p', { class: 'by' }, make('bdi', {}, words.name || talk.say('comment.unnamed'))),
        make('div', { class: 'words' }, ...wordsOf(words.text)),
        make('p', { class: 'quiet' }, talk.say('own.pending')),
      ),
    make('h4', {}, talk.say('sent.receiptTitle')),
    make('p', { class: 'code', part: 'code' }, make('code', { dir: 'ltr', translate: 'no' }, receipt)),
    make('p', {}, keep),
    make(
      'p',
      {},
      make(
        'a',
        { href: talk.link(talk.face.addresses.receipt), target: '_blank', rel: 'noopener noreferrer' },
        talk.say('sent.see'),
      ),
    ),
  )
  setTimeout(() => heading.focus())
  return box
}
