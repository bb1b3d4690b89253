import { counter } from './counter.ts'
import { draftOf } from './draft.ts'
import { field } from './field.ts'
import { button, make } from './make.ts'
import { receiptBox } from './receipt.ts'
import { sending } from './sending.ts'
import type { Place } from './service.ts'
import type { Talk } from './talk.ts'

/** The comment that is answered, and what to do when nobody wants to any more. */
interface Answering {
  parent: string
  close: () => void
  /** puts the receipt where it stays, whatever is opened next */
  put: (receipt: HTMLElement) => void
}

/** What a reader writes a comment with, or an answer to one. */
export function commentForm(talk: Talk, answering?: Answering): { element: HTMLElement; focus: () => void } {
  const { face, place } = talk
  const parent = answering?.parent
  const draft = draftOf(['postbag', place.service, place.site, place.article, parent].join(' '))
  const { text: kept = '', name: keptName = '' } = draft.read()

  const area = make('textarea', { rows: 5, dir: 'auto', required: true })
  const text = field(talk, talk.say('form.textLabel'), area, talk.say('form.textHint'))
  const name = field(
    talk,
    talk.say('form.nameLabel'),
    make('input', { dir: 'auto', autocomplete: 'off' }),
    talk.say('form.nameHint'),
  )
  const { seen, heard, update } = counter(talk, area)
  area.value = kept
  name.control.value = keptName
  if (kept !== '') update()

  const element = make('div', { class: 'write', part: 'write' })
  const { form, foot } = sending(talk, {
    label: talk.say('form.send'),
    address: `${place.service}v1/sites/${place.site}/comments?${new URLSearchParams({ article: place.article })}`,
    fields: { '#/text': text, '#/name': name, '#/parent': text },
    content: [
      make('h3', {}, talk.say(parent ? 'form.replyTitle' : 'form.title')),
      noticeOf(talk),
      ...text.parts,
      seen,
      heard,
      ...name.parts,
    ],
    async body() {
      const words = {
        text: area.value,
        ...(name.control.value !== '' && { name: name.control.value }),
        ...(parent && { parent }),
      }
      if (!face.proof) return words
      // A page's policy may have no room for it: what comes without waits longer, and is taken.
      return { ...words, proof: await proofFor(place, words).catch(() => undefined) }
    },
    accepted(receipt) {
      const words = { text: area.value, name: name.control.value }
      draft.drop()
      form.reset()
      update()
      const box = receiptBox(talk, {
        title: talk.say('sent.title'),
        next: talk.say('sent.waits'),
        keep: talk.say('sent.keep'),
        receipt,
        words,
      })
      if (answering) answering.put(box)
      else form.before(box)
      talk.tell('postbag-sent', { kind: parent ? 'reply' : 'comment' })
    },
  })
  form.addEventListener('input', () => draft.keep({ text: area.value, name: name.control.value }))
  if (answering) foot.append(button(talk.say('form.cancel'), 'button', answering.close))
  element.append(form)
  return { element, focus: () => area.focus() }

  function noticeOf({ say, link }: Talk): HTMLElement {
    const { notice, noticeLanguage, addresses } = face
    return make(
      'p',
      { class: 'notice', part: 'notice' },
      make('bdi', { lang: noticeLanguage }, notice),
      ' ',
      make('a', { href: link(addresses.terms), target: '_blank', rel: 'noopener' }, say('form.terms')),
      ' · ',
      make(
        'a',
        { href: link(addresses.receipt), target: '_blank', rel: 'noopener' },
        say('form.haveReceipt'),
      ),
    )
  }
}

/** Does the work that a few sites ask for, by a program that is loaded where one does. */
async function proofFor(place: Place, words: object): Promise<string | undefined> {
  const program: typeof import('./proof.ts') = await import(`${place.service}proof.js`)
  return program.proofFor(place, words)
}
