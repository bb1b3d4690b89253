import { field, tick } from './field.ts'
import { button, make, show } from './make.ts'
import { receiptBox } from './receipt.ts'
import { sending } from './sending.ts'
import type { Talk } from './talk.ts'

/** The value of the choice that is no rule of the terms; no rule has a code like this. */
const law = '-'

/** What a reader objects to a published comment with: under a rule of the terms, or under a law. */
export function reportForm(
  talk: Talk,
  comment: string,
  { close, put }: { close: () => void; put: (receipt: HTMLElement) => void },
): { element: HTMLElement; focus: () => void } {
  const { say, face, place } = talk
  const choice = make(
    'select',
    {},
    ...face.rules.map(({ code, title }) => make('option', { value: code }, title)),
    make('option', { value: law }, say('report.law')),
  )
  const why = field(talk, say('report.why'), choice)
  const country = field(
    talk,
    say('report.country'),
    make('input', { maxlength: 2, size: 4, autocomplete: 'off', class: 'short' }),
  )
  const which = field(talk, say('report.lawName'), make('input', { dir: 'auto', maxlength: 500 }))
  const faith = tick(talk, say('report.goodFaith'))
  const byLaw = make('div', { hidden: true }, ...country.parts, ...which.parts, ...faith.parts)
  const explanation = field(
    talk,
    say('report.explanation'),
    make('textarea', { rows: 3, dir: 'auto', maxlength: 4_000, required: true }),
  )
  const danger = tick(talk, say('report.danger'))
  const isLaw = () => choice.value === law
  choice.addEventListener('change', () => show(byLaw, isLaw()))

  const element = make('div', { class: 'write', part: 'write' })
  const { form, foot } = sending(talk, {
    label: say('report.send'),
    address: `${place.service}v1/sites/${place.site}/comments/${comment}/reports`,
    fields: { '#/explanation': explanation, '#/country': country, '#/rule': why },
    content: [
      make('h3', {}, say('report.title')),
      ...why.parts,
      byLaw,
      ...explanation.parts,
      ...danger.parts,
    ],
    refuse() {
      const code = country.control.value.toUpperCase()
      if (isLaw() && !(faith.control.checked && /^[A-Z]{2}$/.test(code)))
        return { pointer: '#/country', words: say('report.lawFault') }
      if (explanation.control.value.trim() === '')
        return { pointer: '#/explanation', words: face.problems['text_empty']?.what ?? '' }
      return undefined
    },
    body: () => ({
      ...(isLaw()
        ? {
            kind: 'law',
            country: country.control.value.toUpperCase(),
            ...(which.control.value.trim() !== '' && { law: which.control.value }),
            goodFaith: true,
          }
        : { kind: 'rule', rule: choice.value }),
      explanation: explanation.control.value,
      danger: danger.control.checked,
    }),
    accepted(receipt) {
      put(receiptBox(talk, { title: say('report.sent'), keep: say('report.keep'), receipt }))
      talk.tell('postbag-sent', { kind: 'report' })
    },
  })
  foot.append(button(say('form.cancel'), 'button', close))
  element.append(form)
  return { element, focus: () => choice.focus() }
}
