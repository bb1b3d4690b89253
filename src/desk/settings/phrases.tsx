import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { answerTo, api } from '../api/client.ts'
import type { Phrase } from '../api/shapes.ts'
import { useAnswer } from '../frame/asked.ts'
import { SiteHeading, useSite } from '../parts/one-site.tsx'
import { SendForm, useSending } from '../parts/sending.tsx'
import { texts } from '../texts.ts'

const severities = ['info', 'notice', 'warning'] as const

/** The phrases that a site looks for. They mark, and warn; they never decide. */
export function Phrases(): VNode {
  const site = useSite()
  const path = { site: site?.key ?? '' }
  const { data, problem } = useAnswer(
    () => answerTo(api.GET('/v1/sites/{site}/phrases', { params: { path } })),
    path.site,
  )
  return (
    <>
      <SiteHeading site={site} />
      <p class="hint">{texts.phrases.told}</p>
      {problem !== undefined && <p class="told warning">{problem}</p>}
      {data && (
        <>
          <p>
            <a href={`/v1/sites/${path.site}/phrases.csv`} download>
              {texts.transparency.csv}
            </a>
          </p>
          <Editor key={path.site} site={path.site} listed={data.phrases} />
        </>
      )}
    </>
  )
}

function Editor({ site, listed }: { site: string; listed: readonly Phrase[] }): VNode {
  const { send, isBusy, problem } = useSending()
  const [phrases, setPhrases] = useState<readonly Phrase[]>(listed)
  useEffect(() => setPhrases(listed), [listed])
  const change = (at: number, by: Partial<Phrase>) =>
    setPhrases(phrases.map((one, place) => (place === at ? { ...one, ...by } : one)))

  function save(): void {
    const params = { path: { site } }
    const body = { phrases: phrases.filter(({ phrase }) => phrase.trim() !== '') }
    void send(
      () => answerTo(api.PUT('/v1/sites/{site}/phrases', { params, body })),
      (saved) => setPhrases(saved.phrases),
    )
  }

  return (
    <SendForm label={texts.save} problem={problem} isBusy={isBusy} onSend={save}>
      {phrases.map(({ phrase, severity = 'notice', note = '' }, at) => (
        <fieldset class="row">
          <label>
            {texts.phrases.phrase}
            <input
              dir="auto"
              value={phrase}
              onInput={({ currentTarget }) => change(at, { phrase: currentTarget.value })}
            />
          </label>
          <label>
            {texts.phrases.severity}
            <select
              value={severity}
              onChange={({ currentTarget }) =>
                change(at, { severity: severities.find((one) => one === currentTarget.value) ?? 'notice' })
              }
            >
              {severities.map((one) => (
                <option value={one}>{texts.phrases.severities[one]}</option>
              ))}
            </select>
          </label>
          <label>
            {texts.phrases.note}
            <input
              dir="auto"
              value={note}
              onInput={({ currentTarget }) => change(at, { note: currentTarget.value })}
            />
          </label>
          <button
            type="button"
            class="quiet"
            onClick={() => setPhrases(phrases.filter((_one, place) => place !== at))}
          >
            {texts.terms.remove}
          </button>
        </fieldset>
      ))}
      <p>
        <button type="button" onClick={() => setPhrases([...phrases, { phrase: '', severity: 'notice' }])}>
          {texts.phrases.add}
        </button>
      </p>
    </SendForm>
  )
}
