import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { answerTo, api } from '../api/client.ts'
import type { Terms as PublishedTerms, Rule } from '../api/shapes.ts'
import { useAnswer } from '../frame/asked.ts'
import { SiteHeading, useSite } from '../parts/one-site.tsx'
import { SendForm, useSending } from '../parts/sending.tsx'
import { Choice } from '../queue/filter-bar.tsx'
import { languageName, moment } from '../seeing/ages.ts'
import { texts } from '../texts.ts'
import { RuleFields } from './rule-fields.tsx'

/** The terms of a site: every version as it was published, and the next one while it is written, with its preview. */
export function Terms(): VNode {
  const site = useSite()
  const path = { site: site?.key ?? '' }
  const { data, problem, again } = useAnswer(
    () => answerTo(api.GET('/v1/sites/{site}/terms', { params: { path } })),
    path.site,
  )
  return (
    <>
      <SiteHeading site={site} />
      {problem !== undefined && <p class="told warning">{problem}</p>}
      {data && (
        <>
          <Versions site={path.site} newest={data.version} />
          <Editor key={`${path.site} ${data.version}`} site={path.site} terms={data} onPublished={again} />
        </>
      )}
    </>
  )
}

function Versions({ site, newest }: { site: string; newest: number }): VNode {
  const [version, setVersion] = useState(newest)
  const path = { site, version }
  const { data } = useAnswer(
    () => answerTo(api.GET('/v1/sites/{site}/terms/{version}', { params: { path } })),
    `${site} ${version}`,
  )
  const numbers = Array.from({ length: newest }, (_, at) => String(newest - at))
  return (
    <details>
      <summary>{texts.terms.versions(newest)}</summary>
      <Choice
        label={texts.terms.version}
        value={String(version)}
        all={null}
        options={numbers.map((one) => [one, one])}
        onChoose={(one) => setVersion(Number(one))}
      />
      {data && (
        <>
          <p class="quiet">
            {moment(data.publishedAt)} · {languageName(data.language)}
          </p>
          <Preview introduction={data.introduction} rules={data.rules} language={data.language} />
        </>
      )}
    </details>
  )
}

function Editor({
  site,
  terms,
  onPublished,
}: {
  site: string
  terms: PublishedTerms
  onPublished: () => void
}): VNode {
  const { send, isBusy, problem } = useSending()
  const [introduction, setIntroduction] = useState(terms.introduction)
  const [rules, setRules] = useState<Rule[]>(terms.rules)
  useEffect(() => {
    setIntroduction(terms.introduction)
    setRules(terms.rules)
  }, [terms])
  const { language } = terms

  function publish(): void {
    const body = { language, introduction, rules }
    const params = { path: { site } }
    void send(
      () => answerTo(api.POST('/v1/sites/{site}/terms', { params, body })),
      onPublished,
      texts.terms.published,
    )
  }

  return (
    <SendForm label={texts.terms.publish} problem={problem} isBusy={isBusy} onSend={publish}>
      <h2>{texts.terms.next}</h2>
      <p class="hint">{texts.terms.told}</p>
      <label>
        {texts.terms.introduction}
        <textarea
          rows={3}
          dir="auto"
          lang={language}
          value={introduction}
          onInput={({ currentTarget }) => setIntroduction(currentTarget.value)}
        />
      </label>
      {rules.map((rule, at) => (
        <RuleFields
          rule={rule}
          language={language}
          onChange={(changed) => setRules(rules.map((one, place) => (place === at ? changed : one)))}
          onRemove={() => setRules(rules.filter((_one, place) => place !== at))}
        />
      ))}
      <p>
        <button type="button" onClick={() => setRules([...rules, emptyRule])}>
          {texts.terms.add}
        </button>
      </p>
      <details>
        <summary>{texts.terms.preview}</summary>
        <Preview introduction={introduction} rules={rules} language={language} />
      </details>
    </SendForm>
  )
}

const emptyRule: Rule = {
  code: '',
  title: '',
  text: '',
  permits: ['edit', 'reject', 'return', 'unpublish'],
  needsSecond: false,
  category: 'other',
  keywords: [],
}

/** As readers see it. */
function Preview({
  introduction,
  rules,
  language,
}: {
  introduction: string
  rules: readonly Rule[]
  language: string
}): VNode {
  return (
    <div lang={language} dir="auto">
      <p>{introduction}</p>
      <ol>
        {rules.map(({ title, text }) => (
          <li>
            <strong>{title}</strong>
            <p>{text}</p>
          </li>
        ))}
      </ol>
    </div>
  )
}
