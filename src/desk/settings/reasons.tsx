import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { answerTo, api } from '../api/client.ts'
import type { SavedReason } from '../api/shapes.ts'
import { useAnswer } from '../frame/asked.ts'
import { SiteHeading, useSite } from '../parts/one-site.tsx'
import { SendForm, useSending } from '../parts/sending.tsx'
import { texts } from '../texts.ts'

/** Reasons that moderators begin with. */
export function Reasons(): VNode {
  const site = useSite()
  const query = { site: site?.key ?? '' }
  const { data, problem } = useAnswer(
    () => answerTo(api.GET('/v1/moderation/saved-reasons', { params: { query } })),
    query.site,
  )
  return (
    <>
      <SiteHeading site={site} />
      <p class="hint">{texts.reasons.told}</p>
      {problem !== undefined && <p class="told warning">{problem}</p>}
      {data && <Editor key={query.site} site={query.site} listed={data.reasons} />}
    </>
  )
}

function Editor({ site, listed }: { site: string; listed: readonly SavedReason[] }): VNode {
  const { send, isBusy, problem } = useSending()
  const [reasons, setReasons] = useState<readonly SavedReason[]>(listed)
  useEffect(() => setReasons(listed), [listed])
  const terms = useAnswer(
    () => answerTo(api.GET('/v1/sites/{site}/terms', { params: { path: { site } } })),
    site,
  )
  const change = (at: number, by: Partial<SavedReason>) =>
    setReasons(reasons.map((one, place) => (place === at ? { ...one, ...by } : one)))

  function save(): void {
    const params = { query: { site } }
    const body = { reasons: [...reasons] }
    void send(
      () => answerTo(api.PUT('/v1/moderation/saved-reasons', { params, body })),
      (saved) => setReasons(saved.reasons),
    )
  }

  return (
    <SendForm label={texts.save} problem={problem} isBusy={isBusy} onSend={save}>
      {reasons.map(({ title, text, rule }, at) => (
        <fieldset>
          <legend>{title || texts.reasons.fresh}</legend>
          <div class="columns">
            <label>
              {texts.terms.title}
              <input
                dir="auto"
                value={title}
                onInput={({ currentTarget }) => change(at, { title: currentTarget.value })}
              />
            </label>
            <label>
              {texts.filters.rule}
              <select
                value={rule ?? ''}
                onChange={({ currentTarget }) => change(at, { rule: currentTarget.value || null })}
              >
                <option value="">{texts.all}</option>
                {terms.data?.rules.map((one) => (
                  <option value={one.code}>{one.title}</option>
                ))}
              </select>
            </label>
          </div>
          <label>
            {texts.deciding.reason}
            <textarea
              rows={2}
              dir="auto"
              value={text}
              onInput={({ currentTarget }) => change(at, { text: currentTarget.value })}
            />
          </label>
          <button
            type="button"
            class="quiet"
            onClick={() => setReasons(reasons.filter((_one, place) => place !== at))}
          >
            {texts.terms.remove}
          </button>
        </fieldset>
      ))}
      <p>
        <button
          type="button"
          onClick={() => setReasons([...reasons, { title: '', text: '', rule: null, language: null }])}
        >
          {texts.reasons.add}
        </button>
      </p>
    </SendForm>
  )
}
