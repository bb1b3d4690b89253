import { randomBytes } from 'node:crypto'
import type { VNode } from 'preact'
import { articlePath } from '../reading/addresses.ts'
import type { Site } from '../sites/site.ts'
import { ErrorSummary, fieldText } from './layout.tsx'
import { receiptPath } from './receipt-path.ts'
import { termsPath } from './terms.tsx'
import type { Told } from './told.ts'
import type { Voice } from './voice.ts'

/** What the form holds: a nonce that makes sending it twice harmless, and what was typed before an error. */
export interface FormState {
  nonce: string
  text: string
  name: string
  parent: string | null
  /** `field` is null where none of them is wrong */
  problem?: { field: 'text' | 'name' | 'parent' | null; told: Told }
}

/** Stands for the nonce of a form that is rendered for everybody; nobody can know it, and so no text of anybody's has it. */
export const anyNonce = `nonce-${randomBytes(16).toString('hex')}`

/** What a reader writes a comment with. */
export function Form({
  site,
  article,
  slow,
  form,
  voice,
}: {
  site: Site
  article: string
  /** in how many minutes each sender may send one comment, if an editor has slowed it down */
  slow: number | undefined
  form: FormState
  voice: Voice
}): VNode {
  const { problem } = form
  return (
    <form
      method="post"
      action={voice.link(`${articlePath(site.key, article)}/comments#form`)}
      id="form"
      class="comment-form"
      novalidate
    >
      <h2>{voice.say(form.parent ? 'form.replyTitle' : 'form.title')}</h2>
      {problem && (
        <ErrorSummary
          heading={voice.say('page.error')}
          field={problem.field}
          detail={problem.told.what}
          mend={problem.told.mend}
        />
      )}
      <p id="notice">
        {site.notice === null ? voice.say('form.notice') : <bdi lang={site.language}>{site.notice}</bdi>}{' '}
        <a href={voice.link(termsPath(site.key))}>{voice.say('form.terms')}</a> ·{' '}
        <a href={voice.link(receiptPath(site.key))}>{voice.say('form.haveReceipt')}</a>
      </p>
      {slow !== undefined && <p class="signal">{voice.say('form.slow', { minutes: slow })}</p>}
      <input type="hidden" name="nonce" value={form.nonce} />
      {site.floods.honeypot && <Unseen voice={voice} />}
      {form.parent && (
        <p id="parent">
          <input type="hidden" name="parent" value={form.parent} />
          {voice.compose<VNode>('form.answering', {
            link: (words) => <a href={`#${form.parent}`}>{words}</a>,
          })}
        </p>
      )}
      <label for="text">{voice.say('form.textLabel')}</label>
      <p class="hint" id="text-hint">
        {voice.say('form.textHint', { most: site.limits.textGraphemes })}
      </p>
      <textarea
        id="text"
        name="text"
        rows={7}
        dir="auto"
        required
        aria-describedby="notice text-hint"
        aria-invalid={problem?.field === 'text' ? 'true' : undefined}
      >
        {fieldText(form.text)}
      </textarea>
      <label for="name">{voice.say('form.nameLabel')}</label>
      <p class="hint" id="name-hint">
        {voice.say('form.nameHint')}
      </p>
      <input
        id="name"
        name="name"
        dir="auto"
        autocomplete="off"
        value={form.name}
        aria-describedby="name-hint"
        aria-invalid={problem?.field === 'name' ? 'true' : undefined}
      />
      <button type="submit">{voice.say('form.send')}</button>
    </form>
  )
}

/**
 * A field that people do not see, reach or have read to them; programs fill in what they find. Without our style sheet
 * its label says what to do, and no browser fills in a field of this name.
 */
function Unseen({ voice }: { voice: Voice }): VNode {
  return (
    <p class="leave" aria-hidden="true">
      <label for={unseenField}>{voice.say('form.leaveEmpty')}</label>
      <input id={unseenField} name={unseenField} tabIndex={-1} autocomplete="off" />
    </p>
  )
}

/** No part of an address, of which browsers know what to fill in. */
const unseenField = 'subject'
