import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { answerTo, api } from '../api/client.ts'
import type { Site } from '../api/shapes.ts'
import { SiteHeading, useSite } from '../parts/one-site.tsx'
import { fieldOf, SendForm, useSending } from '../parts/sending.tsx'
import { texts } from '../texts.ts'

/** The settings of a site, each with what it does. */
export function Sites(): VNode {
  const site = useSite()
  return (
    <>
      <SiteHeading site={site} />
      {site && <Settings key={site.key} first={site} />}
    </>
  )
}

const edits = ['full', 'removals', 'off'] as const
const times = ['minute', 'hour', 'day'] as const
const directions = ['ltr', 'rtl'] as const

/** Numbers, and whether each may be empty. */
const numbers = [
  { name: 'publishDelay', isOptional: false },
  { name: 'publishEvery', isOptional: true },
  { name: 'replyDepth', isOptional: false },
  { name: 'closeAfter', isOptional: true },
  { name: 'expireAfter', isOptional: true },
  { name: 'appealDays', isOptional: false },
  { name: 'retentionDays', isOptional: false },
] as const

function Settings({ first }: { first: Site }): VNode {
  const { send, isBusy, problem } = useSending()
  const pausing = useSending()
  const [site, setSite] = useState(first)
  const { key, paused, ...settings } = site
  const params = { path: { site: key } }

  function save(fields: FormData): void {
    const chosen = <Value extends string>(name: string, values: readonly Value[], otherwise: Value): Value =>
      values.find((one) => one === fieldOf(fields, name)) ?? otherwise
    const count = (name: string) => {
      const written = fieldOf(fields, name)
      return written === '' ? null : Number(written)
    }
    const body = {
      ...settings,
      name: fieldOf(fields, 'name'),
      language: fieldOf(fields, 'language'),
      direction: chosen('direction', directions, settings.direction),
      edits: chosen('edits', edits, settings.edits),
      times: chosen('times', times, settings.times),
      origins: fieldOf(fields, 'origins').split(/\s+/).filter(Boolean),
      notice: fieldOf(fields, 'notice') || null,
      dangerPath: fieldOf(fields, 'dangerPath') || null,
      automaticArticles: fields.has('automaticArticles'),
      publishDelay: count('publishDelay') ?? settings.publishDelay,
      publishEvery: count('publishEvery'),
      replyDepth: count('replyDepth') ?? settings.replyDepth,
      closeAfter: count('closeAfter'),
      expireAfter: count('expireAfter'),
      appealDays: count('appealDays') ?? settings.appealDays,
      retentionDays: count('retentionDays') ?? settings.retentionDays,
    }
    void send(() => answerTo(api.PUT('/v1/sites/{site}', { params, body })), setSite)
  }

  return (
    <>
      <p class="told">
        {paused ? texts.sites.paused : texts.sites.open}{' '}
        <button
          type="button"
          onClick={() =>
            void pausing.send(
              () => answerTo(api.PUT('/v1/sites/{site}/pause', { params, body: { paused: !paused } })),
              (now) => setSite({ ...site, paused: now.paused }),
            )
          }
        >
          {paused ? texts.sites.reopen : texts.sites.pause}
        </button>
      </p>
      <SendForm label={texts.save} problem={problem} isBusy={isBusy} onSend={save}>
        <Field name="name" value={settings.name} />
        <Field name="language" value={settings.language} />
        <Select name="direction" value={settings.direction} values={directions} />
        <Select name="edits" value={settings.edits} values={edits} />
        {numbers.map(({ name, isOptional }) => (
          <Field name={name} value={String(settings[name] ?? '')} type="number" isRequired={!isOptional} />
        ))}
        <Select name="times" value={settings.times} values={times} />
        <Lines name="origins" value={settings.origins.join('\n')} />
        <Lines name="notice" value={settings.notice ?? ''} />
        <Lines name="dangerPath" value={settings.dangerPath ?? ''} />
        <label class="check">
          <input type="checkbox" name="automaticArticles" defaultChecked={settings.automaticArticles} />
          {texts.sites.fields.automaticArticles}
        </label>
      </SendForm>
    </>
  )
}

type FieldName = keyof typeof texts.sites.fields

function Field({
  name,
  value,
  type = 'text',
  isRequired = true,
}: {
  name: FieldName
  value: string
  type?: 'text' | 'number'
  isRequired?: boolean
}): VNode {
  return (
    <label>
      {texts.sites.fields[name]}
      {type === 'number' ? (
        <input name={name} type="number" min={0} defaultValue={value} required={isRequired} />
      ) : (
        <input name={name} dir="auto" defaultValue={value} required={isRequired} />
      )}
    </label>
  )
}

function Lines({ name, value }: { name: FieldName; value: string }): VNode {
  return (
    <label>
      {texts.sites.fields[name]}
      <textarea name={name} rows={2} dir="auto" defaultValue={value} />
    </label>
  )
}

function Select({
  name,
  value,
  values,
}: {
  name: FieldName
  value: string
  values: readonly (keyof typeof texts.sites.values)[]
}): VNode {
  return (
    <label>
      {texts.sites.fields[name]}
      <select name={name} defaultValue={value}>
        {values.map((one) => (
          <option value={one} selected={one === value}>
            {texts.sites.values[one]}
          </option>
        ))}
      </select>
    </label>
  )
}
